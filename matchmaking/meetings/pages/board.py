"""The schedule in force, as the board shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matchmaking.events.models import Event
from matchmaking.meetings.models import Meeting, Slot
from matchmaking.meetings.queries.grid import interpreters_of, slots_of, tables_of
from matchmaking.meetings.queries.meetings import agreed_requests, meetings_at
from matchmaking.meetings.queries.runs import meetings_by_slot


@dataclass(frozen=True)
class Row:
    """A slot and the meetings that begin in it, by table."""

    slot: Slot
    meetings: Sequence[Meeting]


@dataclass(frozen=True)
class Board:
    """`days` are (day, rows); `waiting` counts agreed requests without a meeting."""

    days: list[tuple[date, list[Row]]]
    placed: int
    waiting: int
    places: int
    tables: int
    interpreters: int


def board_of(event: Event) -> Board:
    """The board of an event; the number of queries does not grow with its meetings."""
    slots = slots_of(event)
    meetings = meetings_at(event)
    tables = [table for table in tables_of(event) if table.is_usable]
    met = {one.pair for one in meetings}
    agreed = agreed_requests(event)
    return Board(
        days=_days(event, slots, meetings),
        placed=len(meetings),
        waiting=sum(request.pair not in met for request in agreed),
        places=len(slots) * len(tables),
        tables=len(tables),
        interpreters=len(interpreters_of(event)),
    )


def _days(
    event: Event, slots: Sequence[Slot], meetings: Sequence[Meeting]
) -> list[tuple[date, list[Row]]]:
    by_slot = meetings_by_slot(meetings)
    days: dict[date, list[Row]] = {}
    for slot in slots:
        held = sorted(by_slot.get(slot.id, []), key=lambda meeting: meeting.table.number)
        day = slot.starts_at.astimezone(event.zone).date()
        days.setdefault(day, []).append(Row(slot, held))
    return list(days.items())
