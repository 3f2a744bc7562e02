"""The slot grid and the tables: cut from the B2B sessions of the programme."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from sqlalchemy import func, select

from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import AgendaSession, Event
from matchmaking.meetings.models import Meeting, MeetingStatus, MeetingTable, Occupancy, Slot


class GridError(DomainError):
    """The slot grid cannot be cut this way."""


class SlotsInUse(GridError):
    code = "slots_in_use"
    message = _l(
        "%(count)d booked meetings lie in time slots this change would remove. "
        "Move or cancel them first."
    )


class SessionsOverlap(GridError):
    code = "sessions_overlap"
    message = _l(
        "Two meeting sessions overlap at %(time)s. Make them one session with more tables."
    )


class TablesInUse(GridError):
    code = "tables_in_use"
    message = _l("Meetings are booked at table %(number)d. Move or cancel them first.")


@dataclass(frozen=True)
class Cut:
    """A slot as it should be. `block` counts runs without a break over the whole event."""

    session: AgendaSession
    block: int
    starts_at: datetime
    ends_at: datetime


def rebuild_slots(event: Event) -> list[Slot]:
    """Make the event's slots and tables match its B2B sessions.

    Slots that stay where they are keep their rows, and so their meetings. Raises
    SlotsInUse, TablesInUse or SessionsOverlap, and then changes nothing.
    """
    cuts = list(_cuts(event))
    _refuse_overlap(event, cuts)
    existing = {
        (slot.starts_at, slot.ends_at): slot
        for slot in db.session.scalars(select(Slot).where(Slot.event_id == event.id))
    }
    wanted = {(cut.starts_at, cut.ends_at) for cut in cuts}
    _remove_slots([slot for key, slot in existing.items() if key not in wanted])
    slots = [_place(event, cut, existing) for cut in cuts]
    for number, slot in enumerate(slots):
        slot.number = number
    _fit_tables(event)
    db.session.flush()
    return slots


def _cuts(event: Event) -> Iterator[Cut]:
    query = select(AgendaSession).where(
        AgendaSession.event_id == event.id, AgendaSession.slot_minutes.is_not(None)
    )
    block = -1
    for session in db.session.scalars(query.order_by(AgendaSession.starts_at, AgendaSession.id)):
        previous_end = None
        for starts_at, ends_at in _pieces(session, event):
            if starts_at != previous_end:
                block += 1
            previous_end = ends_at
            yield Cut(session, block, starts_at, ends_at)


def _pieces(session: AgendaSession, event: Event) -> Iterator[tuple[datetime, datetime]]:
    """The session's slots, in order; one that would run into a break starts after it."""
    length = timedelta(minutes=session.slot_minutes or 0)
    breaks = _breaks(session, event)
    starts_at = session.starts_at
    while starts_at + length <= session.ends_at:
        clash = next((b for b in breaks if starts_at < b[1] and b[0] < starts_at + length), None)
        if clash:
            starts_at = clash[1]
            continue
        yield starts_at, starts_at + length
        starts_at += length


def _breaks(session: AgendaSession, event: Event) -> list[tuple[datetime, datetime]]:
    day = session.starts_at.astimezone(event.zone).date()
    return sorted(
        (
            datetime.combine(day, time.fromisoformat(start), event.zone),
            datetime.combine(day, time.fromisoformat(end), event.zone),
        )
        for start, end in session.breaks
        if time.fromisoformat(start) < time.fromisoformat(end)
    )


def _refuse_overlap(event: Event, cuts: list[Cut]) -> None:
    ordered = sorted(cuts, key=lambda cut: cut.starts_at)
    for earlier, later in pairwise(ordered):
        if later.starts_at < earlier.ends_at:
            raise SessionsOverlap(
                later.session, time=later.starts_at.astimezone(event.zone).strftime("%H:%M")
            )


def _remove_slots(slots: list[Slot]) -> None:
    ids = [slot.id for slot in slots]
    if not ids:
        return
    in_use = select(func.count(func.distinct(Occupancy.meeting_id))).where(
        Occupancy.slot_id.in_(ids)
    )
    if count := db.session.scalar(in_use):
        raise SlotsInUse(count=count)
    cancelled = select(Meeting).where(Meeting.slot_id.in_(ids))
    for meeting in db.session.scalars(cancelled):
        db.session.delete(meeting)
    db.session.flush()
    for slot in slots:
        db.session.delete(slot)
    db.session.flush()


def _place(event: Event, cut: Cut, existing: dict[tuple[datetime, datetime], Slot]) -> Slot:
    slot = existing.get((cut.starts_at, cut.ends_at))
    if slot is None:
        slot = Slot(event_id=event.id, starts_at=cut.starts_at, ends_at=cut.ends_at)
        db.session.add(slot)
    slot.session_id = cut.session.id
    slot.block = cut.block
    return slot


def _fit_tables(event: Event) -> None:
    """Tables 1 to N, where N is the most any B2B session has; booth tables come on top."""
    widest = select(func.max(AgendaSession.tables)).where(
        AgendaSession.event_id == event.id, AgendaSession.slot_minutes.is_not(None)
    )
    wanted = db.session.scalar(widest) or 0
    query = select(MeetingTable).where(
        MeetingTable.event_id == event.id, MeetingTable.booth_id.is_(None)
    )
    tables = {table.number: table for table in db.session.scalars(query)}
    for number in range(1, wanted + 1):
        if number not in tables:
            db.session.add(MeetingTable(event_id=event.id, number=number))
    for number, table in tables.items():
        if number > wanted:
            _remove_table(table)


def _remove_table(table: MeetingTable) -> None:
    meetings = db.session.scalars(select(Meeting).where(Meeting.table_id == table.id)).all()
    if any(meeting.status is MeetingStatus.SCHEDULED for meeting in meetings):
        raise TablesInUse(table, number=table.number)
    if meetings:
        table.is_usable = False
        return
    db.session.delete(table)
