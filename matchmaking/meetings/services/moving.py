"""Putting meetings elsewhere: one, or several that make room for each other.

All of them are moved or none. The companies' rows are locked first, in order; the
occupancy table refuses what another booking took in the same instant.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from matchmaking.companies.models import Company
from matchmaking.core import audit, clock
from matchmaking.core.database import db
from matchmaking.meetings.models import (
    Interpreter,
    Meeting,
    MeetingStatus,
    MeetingTable,
    Slot,
)
from matchmaking.meetings.services import errors
from matchmaking.meetings.services.places import Place, find_place, free_slots, occupy, release

TRIES = 3


@dataclass(frozen=True)
class Target:
    """Where a meeting is to go. Without a table any free one will do; `interpreter` is rather kept."""

    meeting: Meeting
    slot: Slot
    table: MeetingTable | None = None
    interpreter: Interpreter | None = None


def rearrange(*targets: Target) -> None:
    """Free what the meetings hold, then take the new places. Raises a MeetingError."""
    lock_companies([c for one in targets for c in (one.meeting.company_a, one.meeting.company_b)])
    for one in targets:
        db.session.refresh(one.meeting)
        if one.meeting.status is MeetingStatus.CANCELLED:
            raise errors.AlreadyCancelled(one.meeting)
    with db.session.begin_nested():
        release(*(one.meeting for one in targets))
        for one in targets:
            _put(one)


def _put(target: Target) -> None:
    meeting = target.meeting
    take(meeting, (meeting.company_a, meeting.company_b), target)
    meeting.sequence += 1
    meeting.is_pinned = True
    meeting.changed_at = clock.now()
    audit.record("meeting.moved", meeting, slot=target.slot.starts_at.isoformat())


def lock_companies(companies: Sequence[Company]) -> None:
    ids = sorted({company.id for company in companies})
    db.session.execute(
        select(Company.id).where(Company.id.in_(ids)).order_by(Company.id).with_for_update()
    )


def take(meeting: Meeting, companies: tuple[Company, Company], target: Target) -> None:
    """Give the meeting its place, choosing again when another booking was faster."""
    for attempt in range(1, TRIES + 1):
        try:
            with db.session.begin_nested():
                if meeting.id:
                    release(meeting)
                place = find_place(
                    companies[0].event,
                    companies,
                    target.slot,
                    length=meeting.length or 1,
                    table=target.table,
                    interpreter=target.interpreter,
                )
                _write(meeting, place)
                occupy((meeting, place))
        except IntegrityError:
            if attempt == TRIES:
                alternatives = free_slots(*companies)
                raise errors.SlotTaken(target.slot, alternatives=alternatives) from None
            continue
        return


def _write(meeting: Meeting, place: Place) -> None:
    meeting.slot = place.slots[0]
    meeting.table = place.table
    meeting.interpreter = place.interpreter
    meeting.language = place.language
    db.session.add(meeting)
    db.session.flush()
