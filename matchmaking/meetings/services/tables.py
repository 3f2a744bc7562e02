"""Tables: which are in use, and which belong to a booth."""

from sqlalchemy import func, select

from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import Booth, Event
from matchmaking.meetings.models import Meeting, MeetingStatus, MeetingTable
from matchmaking.meetings.services.grid import TablesInUse


class BoothHasTable(DomainError):
    code = "booth_has_table"
    message = _l("Booth %(booth)s has a table already.")


def use(table: MeetingTable, *, is_usable: bool) -> None:
    """Put a table into use, outages and all, or out of it.

    Raises TablesInUse while meetings are booked there.
    """
    if not is_usable and _is_booked(table):
        raise TablesInUse(table, number=table.number)
    if table.is_usable is not is_usable or (is_usable and table.outages):
        table.is_usable = is_usable
        table.outages = []
        audit.record("table.used" if is_usable else "table.put_away", table, number=table.number)
        db.session.flush()


def add_booth_table(event: Event, booth: Booth) -> MeetingTable:
    """A table at a booth: the company that stands there meets at it, and nobody else."""
    held = select(MeetingTable).where(MeetingTable.booth_id == booth.id)
    if db.session.scalar(held):
        raise BoothHasTable(booth=booth.number)
    highest = select(func.max(MeetingTable.number)).where(MeetingTable.event_id == event.id)
    number = (db.session.scalar(highest) or 0) + 1
    table = MeetingTable(event_id=event.id, booth_id=booth.id, hall_id=booth.hall_id, number=number)
    db.session.add(table)
    db.session.flush()
    audit.record("table.added", table, number=number, booth=booth.number)
    return table


def _is_booked(table: MeetingTable) -> bool:
    booked = select(Meeting.id).where(
        Meeting.table_id == table.id, Meeting.status == MeetingStatus.SCHEDULED
    )
    return db.session.scalar(booked.limit(1)) is not None
