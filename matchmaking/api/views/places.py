"""What a meeting needs: slots, tables, interpreters."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaking.api.access import READER
from matchmaking.api.endpoint import endpoint
from matchmaking.api.listing import listing
from matchmaking.api.schemas.base import Bilingual, ListQuery
from matchmaking.api.schemas.meetings import (
    Hours,
    InterpreterList,
    InterpreterOut,
    SlotList,
    SlotOut,
    TableList,
    TableOut,
)
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event
from matchmaking.events.queries import halls_of
from matchmaking.meetings.models import Interpreter, MeetingTable, Slot


@endpoint(
    "GET /events/<slug>/slots",
    topic="meetings",
    summary=_l("List the times to meet, in order"),
    access=READER,
    query=ListQuery,
    answer=SlotList,
)
def slots(event: Event, query: ListQuery) -> SlotList:
    found = select(Slot).where(Slot.event_id == event.id)
    return listing(found, (Slot.starts_at, Slot.id), query, _slots)


@endpoint(
    "GET /events/<slug>/tables",
    topic="meetings",
    summary=_l("List the tables by number"),
    access=READER,
    query=ListQuery,
    answer=TableList,
)
def tables(event: Event, query: ListQuery) -> TableList:
    rooms = {hall.id: Bilingual.of(hall.name) for hall in halls_of(event)}

    def shown(found: Sequence[MeetingTable]) -> list[TableOut]:
        return [
            TableOut(
                id=table.id,
                number=table.number,
                room=rooms.get(table.hall_id) if table.hall_id else None,
                is_usable=table.is_usable,
            )
            for table in found
        ]

    found = select(MeetingTable).where(MeetingTable.event_id == event.id)
    return listing(found, (MeetingTable.number, MeetingTable.id), query, shown)


@endpoint(
    "GET /events/<slug>/interpreters",
    topic="meetings",
    summary=_l("List the interpreters"),
    access=READER,
    query=ListQuery,
    answer=InterpreterList,
)
def interpreters(event: Event, query: ListQuery) -> InterpreterList:
    found = select(Interpreter).where(Interpreter.event_id == event.id)
    found = found.options(selectinload(Interpreter.hours))
    return listing(found, (Interpreter.id,), query, _interpreters)


def _slots(found: Sequence[Slot]) -> list[SlotOut]:
    return [
        SlotOut(
            id=slot.id,
            number=slot.number,
            block=slot.block,
            session=slot.session_id,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
        )
        for slot in found
    ]


def _interpreters(found: Sequence[Interpreter]) -> list[InterpreterOut]:
    return [
        InterpreterOut(
            id=one.id,
            full_name=one.full_name,
            languages=one.languages,
            hours=[Hours(starts_at=span.starts_at, ends_at=span.ends_at) for span in one.hours],
        )
        for one in found
    ]
