"""Reads about slots, tables and interpreters."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.meetings.models import Interpreter, MeetingTable, Slot


def slots_of(event: Event) -> Sequence[Slot]:
    """The event's slots in order of time."""
    query = select(Slot).where(Slot.event_id == event.id).order_by(Slot.starts_at)
    return db.session.scalars(query).all()


def tables_of(event: Event) -> Sequence[MeetingTable]:
    """The event's tables by number, those taken out of use too, with their outages."""
    query = (
        select(MeetingTable)
        .where(MeetingTable.event_id == event.id)
        .options(selectinload(MeetingTable.outages))
        .order_by(MeetingTable.number)
    )
    return db.session.scalars(query).all()


def interpreters_of(event: Event) -> Sequence[Interpreter]:
    """The event's interpreters by given name, with their hours."""
    query = (
        select(Interpreter)
        .where(Interpreter.event_id == event.id)
        .options(selectinload(Interpreter.hours))
        .order_by(Interpreter.sort_name)
    )
    return db.session.scalars(query).all()
