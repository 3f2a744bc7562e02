"""Booking, moving and cancelling meetings.

The occupancy table refuses what must not be: its primary key (slot, resource) admits one
meeting. The two companies' rows are locked first, in order, so that their limits hold
too; a table or interpreter lost to another booking in the same instant is chosen anew.
"""

import uuid

from sqlalchemy import func, or_, select

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
from matchmaking.meetings.services import errors, news, requests
from matchmaking.meetings.services.moving import Target, lock_companies, rearrange, take
from matchmaking.meetings.services.places import release


def book(
    companies: tuple[Company, Company],
    slot: Slot,
    *,
    table: MeetingTable | None = None,
    request: MeetingRequest | None = None,
    origin: MeetingOrigin = MeetingOrigin.INSTANT,
    length: int = 1,
    tells: bool = True,
) -> Meeting:
    """Book a meeting now; all of its rows or none. Raises a MeetingError, with alternatives."""
    a, b = companies
    event = a.event
    if origin is MeetingOrigin.INSTANT and not event.instant_booking:
        raise errors.InstantBookingOff(event)
    lock_companies(companies)
    refuse_meeting(event, companies)
    meeting = Meeting(
        event_id=event.id,
        request=request,
        company_a_id=a.id,
        company_b_id=b.id,
        length=length,
        origin=origin,
        is_pinned=origin is not MeetingOrigin.SCHEDULE,
    )
    take(meeting, companies, Target(meeting, slot, table))
    audit.record("meeting.booked", meeting, slot=slot.starts_at.isoformat())
    if tells:
        news.meeting_changed("meeting_booked", meeting)
    return meeting


def move(meeting: Meeting, slot: Slot, *, table: MeetingTable | None = None) -> Meeting:
    """Put a meeting elsewhere. A refused move changes nothing. Raises a MeetingError."""
    rearrange(Target(meeting, slot, table, meeting.interpreter))
    news.meeting_changed("meeting_moved", meeting)
    return meeting


def swap(first: Meeting, second: Meeting) -> None:
    """Exchange the times and tables of two meetings, or change nothing. Raises a MeetingError."""
    rearrange(Target(first, second.slot, second.table), Target(second, first.slot, first.table))
    for meeting in (first, second):
        news.meeting_changed("meeting_moved", meeting)


def cancel(meeting: Meeting, *, reason: str = "", tells: bool = True) -> Meeting:
    """Free what the meeting holds and keep its row. Raises AlreadyCancelled."""
    lock_companies((meeting.company_a, meeting.company_b))
    db.session.refresh(meeting)
    if meeting.status is MeetingStatus.CANCELLED:
        raise errors.AlreadyCancelled(meeting)
    release(meeting)
    meeting.status = MeetingStatus.CANCELLED
    meeting.cancelled_at = meeting.changed_at = clock.now()
    meeting.sequence += 1
    audit.record("meeting.cancelled", meeting, reason=reason)
    if tells:
        news.meeting_changed("meeting_cancelled", meeting)
    return meeting


def call_off(meeting: Meeting, company: Company, *, reason: str = "") -> Meeting:
    """One of its companies does not want it: cancel it, and no schedule places it again.

    They meet only if one of them asks anew or books a time. Raises AlreadyCancelled.
    """
    cancel(meeting, reason=reason)
    requests.end_between(company, meeting.partner_of(company.id))
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


def refuse_meeting(event: Event, companies: tuple[Company, Company]) -> None:
    """Raise the MeetingError that keeps these two from meeting at any time."""
    _refuse_pair(event, *companies)
    _refuse_limits(event, companies)


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
