"""Booking, moving and cancelling meetings.

The occupancy table refuses what must not be: its primary key (slot, resource) admits one
meeting. The two companies' rows are locked first, in order, so that their limits hold
too; a table or interpreter lost to another booking in the same instant is chosen anew.
"""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.exc import IntegrityError

from matchmaking.companies.models import Company
from matchmaking.core import audit, clock
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.meetings.models import (
    Meeting,
    MeetingOrigin,
    MeetingOutcome,
    MeetingRequest,
    MeetingStatus,
    MeetingTable,
    Slot,
)
from matchmaking.meetings.services import errors, news
from matchmaking.meetings.services.places import (
    Place,
    find_place,
    free_slots,
    occupy,
    release,
)

TRIES = 3


def book(
    companies: tuple[Company, Company],
    slot: Slot,
    *,
    table: MeetingTable | None = None,
    request: MeetingRequest | None = None,
    origin: MeetingOrigin = MeetingOrigin.INSTANT,
    length: int = 1,
) -> Meeting:
    """Book a meeting now; all of its rows or none. Raises a MeetingError, with alternatives."""
    a, b = companies
    event = a.event
    if origin is MeetingOrigin.INSTANT and not event.instant_booking:
        raise errors.InstantBookingOff(event)
    _lock(companies)
    _refuse_pair(event, a, b)
    _refuse_limits(event, companies)
    meeting = Meeting(
        event_id=event.id,
        request=request,
        company_a_id=a.id,
        company_b_id=b.id,
        length=length,
        origin=origin,
        is_pinned=origin is not MeetingOrigin.SCHEDULE,
    )
    _take(meeting, companies, slot, table=table)
    audit.record("meeting.booked", meeting, slot=slot.starts_at.isoformat())
    news.meeting_changed("meeting_booked", meeting)
    return meeting


def move(meeting: Meeting, slot: Slot, *, table: MeetingTable | None = None) -> Meeting:
    """Put a meeting elsewhere. A refused move changes nothing. Raises a MeetingError."""
    companies = (meeting.company_a, meeting.company_b)
    _lock(companies)
    if meeting.status is MeetingStatus.CANCELLED:
        raise errors.AlreadyCancelled(meeting)
    _take(meeting, companies, slot, table=table)
    meeting.sequence += 1
    meeting.is_pinned = True
    meeting.changed_at = clock.now()
    audit.record("meeting.moved", meeting, slot=slot.starts_at.isoformat())
    news.meeting_changed("meeting_moved", meeting)
    return meeting


def swap(first: Meeting, second: Meeting) -> None:
    """Exchange the times and tables of two meetings, or change nothing. Raises a MeetingError."""
    everyone = [first.company_a, first.company_b, second.company_a, second.company_b]
    _lock(everyone)
    wanted = (second.slot, second.table), (first.slot, first.table)
    with db.session.begin_nested():
        release(first, second)
        for meeting, (slot, table) in zip((first, second), wanted, strict=True):
            move(meeting, slot, table=table)


def cancel(meeting: Meeting, *, reason: str = "") -> Meeting:
    """Free what the meeting holds and keep its row. Raises AlreadyCancelled."""
    _lock((meeting.company_a, meeting.company_b))
    db.session.refresh(meeting)
    if meeting.status is MeetingStatus.CANCELLED:
        raise errors.AlreadyCancelled(meeting)
    release(meeting)
    meeting.status = MeetingStatus.CANCELLED
    meeting.cancelled_at = meeting.changed_at = clock.now()
    meeting.sequence += 1
    audit.record("meeting.cancelled", meeting, reason=reason)
    news.meeting_changed("meeting_cancelled", meeting)
    return meeting


def pin(meeting: Meeting, *, is_pinned: bool) -> None:
    """A pinned meeting stays where it is when the scheduler runs again."""
    meeting.is_pinned = is_pinned
    audit.record("meeting.pinned" if is_pinned else "meeting.unpinned", meeting)


def record_outcome(meeting: Meeting, outcome: MeetingOutcome, *, note: str = "") -> None:
    """Write down what came of the meeting. Raises AlreadyCancelled."""
    if meeting.status is MeetingStatus.CANCELLED:
        raise errors.AlreadyCancelled(meeting)
    meeting.outcome = outcome
    meeting.outcome_note = note
    audit.record("meeting.outcome", meeting, outcome=outcome.value)


def _lock(companies: Sequence[Company]) -> None:
    ids = sorted({company.id for company in companies})
    db.session.execute(
        select(Company.id).where(Company.id.in_(ids)).order_by(Company.id).with_for_update()
    )


def _refuse_pair(event: Event, a: Company, b: Company) -> None:
    if a.id == b.id:
        raise errors.SameCompany(a)
    if a.event_id != b.event_id:
        raise errors.OtherEvent(b)
    if a.side is b.side and not event.same_side_meetings:
        raise errors.SameSide(a, b)
    for company in (a, b):
        if not company.is_confirmed:
            raise errors.CompanyNotConfirmed(company, company=company.name)
    if meeting_between(a, b):
        raise errors.AlreadyMeeting(a, b)


def meeting_between(a: Company, b: Company) -> Meeting | None:
    """The scheduled meeting of two companies, if they have one."""
    pair = [a.id, b.id]
    query = select(Meeting).where(
        Meeting.company_a_id.in_(pair),
        Meeting.company_b_id.in_(pair),
        Meeting.status == MeetingStatus.SCHEDULED,
    )
    return db.session.scalar(query)


def _refuse_limits(event: Event, companies: tuple[Company, Company]) -> None:
    for company in companies:
        limit = meeting_limit(event, company)
        if meeting_count(company.id) >= limit:
            raise errors.LimitReached(company, company=company.name, limit=limit)


def meeting_limit(event: Event, company: Company) -> int:
    return event.meetings_per_company if company.max_meetings is None else company.max_meetings


def meeting_count(company_id: uuid.UUID) -> int:
    query = select(func.count(Meeting.id)).where(
        or_(Meeting.company_a_id == company_id, Meeting.company_b_id == company_id),
        Meeting.status == MeetingStatus.SCHEDULED,
    )
    return db.session.scalar(query) or 0


def _take(
    meeting: Meeting,
    companies: tuple[Company, Company],
    slot: Slot,
    *,
    table: MeetingTable | None,
) -> None:
    """Give the meeting its place at `slot`, choosing again when another booking was faster."""
    event = companies[0].event
    for attempt in range(1, TRIES + 1):
        try:
            with db.session.begin_nested():
                if meeting.id:
                    release(meeting)
                place = find_place(event, companies, slot, length=meeting.length or 1, table=table)
                _write(meeting, place)
                occupy((meeting, place))
        except IntegrityError:
            if attempt == TRIES:
                raise errors.SlotTaken(slot, alternatives=free_slots(*companies)) from None
            continue
        return


def _write(meeting: Meeting, place: Place) -> None:
    meeting.slot = place.slots[0]
    meeting.table = place.table
    meeting.interpreter = place.interpreter
    meeting.language = place.language
    db.session.add(meeting)
    db.session.flush()
