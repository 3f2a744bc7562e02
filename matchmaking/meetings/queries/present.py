"""The schedule in force as the scheduler would write it."""

from collections.abc import Iterator

from matchmaking.events.models import Event
from matchmaking.meetings.queries.meetings import meetings_at
from matchmaking.meetings.queries.problem import EventProblem
from matchmaking.scheduling.problem import NO_INTERPRETER, Assignment


def seats_at(event: Event, asked: EventProblem) -> list[Assignment]:
    """Where the meetings of this problem are held now, stand-ins among them."""
    held = [
        Assignment(index, (asked.problem.meetings[index].starts or (0,))[0], table)
        for index, table in asked.fixed.items()
    ]
    return [*held, *_moveable(event, asked)]


def _moveable(event: Event, asked: EventProblem) -> Iterator[Assignment]:
    """Meetings that nobody asks for, or at a table out of use, are not the scheduler's."""
    request = asked.pairs
    slot = {one: n for n, one in enumerate(asked.slots)}
    table = {one: n for n, one in enumerate(asked.tables)}
    interpreter = {one: n for n, one in enumerate(asked.interpreters)}
    for meeting in meetings_at(event):
        if meeting.pair in request and meeting.table_id in table:
            yield Assignment(
                request[meeting.pair],
                slot[meeting.slot_id],
                table[meeting.table_id],
                interpreter.get(meeting.interpreter_id, NO_INTERPRETER)
                if meeting.interpreter_id
                else NO_INTERPRETER,
            )
