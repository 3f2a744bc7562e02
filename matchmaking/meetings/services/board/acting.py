"""What the organizer does by hand: put a card, take it off, undo, tell the companies.

Nobody is mailed by a change itself. The companies concerned are told once the organizer
says so, of what is true then: a meeting put back where it was is no news.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matchmaking.companies.models import Company
from matchmaking.companies.queries import shown_order
from matchmaking.core import audit, clock
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.meetings.models import (
    BoardChange,
    Interpreter,
    Meeting,
    MeetingOrigin,
    MeetingStatus,
    MeetingTable,
    Slot,
)
from matchmaking.meetings.queries.board import untold
from matchmaking.meetings.services import booking, news
from matchmaking.meetings.services.board import refusals
from matchmaking.meetings.services.board.cells import Card
from matchmaking.meetings.services.moving import Target, lock_companies, rearrange, take
from matchmaking.meetings.services.places import release


@dataclass(frozen=True)
class Drop:
    """Where a card is put down, as the page showed it. `other` makes room and goes to `elsewhere`."""

    slot: Slot
    table: MeetingTable | None = None
    other: Meeting | None = None
    other_sequence: int = 0
    elsewhere: tuple[Slot, MeetingTable] | None = None


def put(card: Card, drop: Drop, *, sequence: int | None = None) -> BoardChange:
    """Put a card down: a meeting moves, a request is booked, another meeting makes room.

    All of it happens or nothing. `sequence` is what the page knew of the meeting. Raises a
    MeetingError, MeetingChanged, or BoardChanged when who should make room is not there now.
    """
    lock_companies([*card.companies, *_companies_of(drop.other)])
    other = _who_makes_room(drop)
    if card.meeting:
        return _move(card.meeting, drop, other, sequence)
    with db.session.begin_nested():
        before = [_state(other)] if other else []
        if other:
            release(other)
        meeting = booking.book(
            card.companies,
            drop.slot,
            table=drop.table,
            request=card.request,
            origin=MeetingOrigin.ORGANIZER,
            tells=False,
        )
        if other:
            rearrange(_target_of(other, drop))
    changed = [meeting, other] if other else [meeting]
    return _kept("booked", changed, [{"meeting": str(meeting.id), "slot": None}, *before])


def take_off(meeting: Meeting, *, sequence: int) -> BoardChange:
    """Take a meeting off the board; its request waits again. Raises a MeetingError."""
    _refuse_changed(meeting, sequence)
    before = _state(meeting)
    booking.cancel(meeting, reason="organizer", tells=False)
    return _kept("taken_off", [meeting], [before])


def undo(change: BoardChange) -> None:
    """Put everything back where it was. Raises CannotUndo when anything has changed since."""
    meetings = {str(one.id): one for one in _meetings(change)}
    lock_companies([c for one in meetings.values() for c in (one.company_a, one.company_b)])
    db.session.refresh(change)
    for meeting in meetings.values():
        db.session.refresh(meeting)
    stale = any(meetings[row["meeting"]].sequence != row["sequence"] for row in change.before)
    if change.undone_at or stale:
        raise refusals.CannotUndo(change)
    with db.session.begin_nested():
        release(*meetings.values())
        for row in change.before:
            _put_back(meetings[row["meeting"]], row)
    change.undone_at = clock.now()
    audit.record("schedule.undone", change)


def tell(event: Event) -> list[Company]:
    """Mail the companies whose meetings are not where they last heard; who was told."""
    meetings = untold(event)
    companies = {c.id: c for one in meetings for c in (one.company_a, one.company_b)}
    told = sorted(companies.values(), key=shown_order)
    for meeting in meetings:
        meeting.told = meeting.whereabouts
    mark = max((f"{one.id}:{one.sequence}" for one in meetings), default="")
    news.meetings_changed(mark, told)
    if told:
        audit.record("schedule.told", event, companies=len(told))
    return told


def _move(meeting: Meeting, drop: Drop, other: Meeting | None, sequence: int | None) -> BoardChange:
    _refuse_changed(meeting, sequence)
    before = [_state(one) for one in (meeting, other) if one]
    targets = [Target(meeting, drop.slot, drop.table, meeting.interpreter)]
    if other:
        targets.append(_target_of(other, drop))
    rearrange(*targets)
    return _kept("moved", [one.meeting for one in targets], before)


def _companies_of(other: Meeting | None) -> list[Company]:
    return [other.company_a, other.company_b] if other else []


def _who_makes_room(drop: Drop) -> Meeting | None:
    """Raises BoardChanged when that meeting is no longer where the page showed it."""
    if drop.other is None:
        return None
    db.session.refresh(drop.other)
    changed = drop.other.sequence != drop.other_sequence
    if changed or drop.other.is_pinned or drop.elsewhere is None:
        raise refusals.BoardChanged(drop.other)
    return drop.other


def _target_of(other: Meeting, drop: Drop) -> Target:
    slot, table = drop.elsewhere or (other.slot, other.table)
    return Target(other, slot, table, other.interpreter)


def _refuse_changed(meeting: Meeting, sequence: int | None) -> None:
    """Two organizers move one meeting: the second one looks again."""
    lock_companies((meeting.company_a, meeting.company_b))
    db.session.refresh(meeting)
    if sequence is not None and meeting.sequence != sequence:
        raise refusals.MeetingChanged(meeting)


def _state(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": str(meeting.id),
        "slot": str(meeting.slot_id) if meeting.status is MeetingStatus.SCHEDULED else None,
        "table": str(meeting.table_id),
        "interpreter": str(meeting.interpreter_id) if meeting.interpreter_id else None,
        "pinned": meeting.is_pinned,
    }


def _kept(kind: str, meetings: Sequence[Meeting], before: list[dict[str, Any]]) -> BoardChange:
    sequences = {str(meeting.id): meeting.sequence for meeting in meetings}
    change = BoardChange(
        event_id=meetings[0].event_id,
        kind=kind,
        before=[row | {"sequence": sequences[row["meeting"]]} for row in before],
        made_by_id=audit.acting_user_id(),
    )
    db.session.add(change)
    db.session.flush()
    return change


def _meetings(change: BoardChange) -> list[Meeting]:
    found = [db.session.get(Meeting, uuid.UUID(row["meeting"])) for row in change.before]
    if None in found:
        raise refusals.CannotUndo(change)
    return [meeting for meeting in found if meeting]


def _put_back(meeting: Meeting, row: dict[str, Any]) -> None:
    """Raises CannotUndo when its slot or table has gone, a MeetingError when it is taken."""
    meeting.sequence += 1
    meeting.changed_at = clock.now()
    if row["slot"] is None:
        meeting.status, meeting.cancelled_at = MeetingStatus.CANCELLED, clock.now()
        audit.record("meeting.cancelled", meeting, reason="undone")
        return
    slot = db.session.get(Slot, uuid.UUID(row["slot"]))
    table = db.session.get(MeetingTable, uuid.UUID(row["table"]))
    if slot is None or table is None:
        raise refusals.CannotUndo(meeting)
    key = row["interpreter"]
    interpreter = db.session.get(Interpreter, uuid.UUID(key)) if key else None
    meeting.status, meeting.cancelled_at = MeetingStatus.SCHEDULED, None
    companies = (meeting.company_a, meeting.company_b)
    take(meeting, companies, Target(meeting, slot, table, interpreter))
    meeting.is_pinned = row["pinned"]
    audit.record("meeting.moved", meeting, slot=slot.starts_at.isoformat())
