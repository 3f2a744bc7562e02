"""Which table each meeting is held at, once it is known when it is held.

Slot by slot, a meeting would best stay where one of its companies already sits. As
many as possible are given such a table, by matching; the others take what is left,
preferably tables that nobody will want to stay at. Meetings being intervals, and no
slot overfull, a table is always left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as attribute

import numpy as np

from matchmaking.scheduling.engine.matching import Matching
from matchmaking.scheduling.engine.options import COMMON
from matchmaking.scheduling.engine.plan import Field, Plan
from matchmaking.scheduling.problem import Assignment


@dataclass(slots=True)
class Hall:
    """A block as it goes by: until when each table is taken, where each company last sat."""

    field: Field
    usual: dict[int, int]
    meetings_left: Counter[int]
    taken_until: dict[int, int] = attribute(default_factory=dict)
    last_table: dict[int, int] = attribute(default_factory=dict)

    def free_tables(self, slot: int) -> list[int]:
        common = self.field.problem.common_tables
        return [table for table in common if self.taken_until.get(table, 0) <= slot]

    def seat(self, meeting: int, table: int, start: int) -> None:
        each = self.field.problem.meetings[meeting]
        self.taken_until[table] = start + each.duration
        for company in each.companies:
            self.last_table[company] = table
            self.meetings_left[company] -= 1


def assignments_of(
    field: Field, plan: Plan, tables: dict[int, int] | None = None
) -> tuple[Assignment, ...]:
    """The plan's meetings at these tables or at good ones, with the past, in order of starts."""
    rows = [
        Assignment(meeting, field.start(plan, meeting), table, int(plan.interpreter[meeting]))
        for meeting, table in (tables or _tables(field, plan)).items()
    ]
    return tuple(
        sorted((*field.problem.past, *rows), key=lambda row: (row.start, row.table, row.meeting))
    )


def _tables(field: Field, plan: Plan) -> dict[int, int]:
    problem = field.problem
    blocks: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for meeting in np.flatnonzero(plan.placed).tolist():
        start = field.start(plan, meeting)
        blocks[problem.block_of_slot[start]][meeting] = start
    tables: dict[int, int] = {}
    for starts in blocks.values():
        tables |= _tables_of_block(field, plan, starts)
    return tables


def _tables_of_block(field: Field, plan: Plan, starts: dict[int, int]) -> dict[int, int]:
    problem = field.problem
    previous = problem.previous.schedule if problem.previous else ()
    block = problem.block_of_slot[next(iter(starts.values()))]
    history = [row for row in problem.past if problem.block_of_slot[row.start] == block]
    history.sort(key=lambda row: (row.start, row.table))
    hall = Hall(
        field=field,
        usual={row.meeting: row.table for row in previous if starts.get(row.meeting) == row.start},
        meetings_left=Counter(
            company
            for meeting in (*starts, *(row.meeting for row in history))
            for company in problem.meetings[meeting].companies
        ),
    )
    for row in history:
        hall.seat(row.meeting, row.table, row.start)
    tables: dict[int, int] = {}
    for slot in sorted(set(starts.values())):
        meetings = sorted(meeting for meeting, start in starts.items() if start == slot)
        seated = _seated(hall, plan, meetings, slot)
        for meeting, table in sorted(seated.items(), key=lambda row: row[1]):
            hall.seat(meeting, table, slot)
        tables |= seated
    return tables


def _seated(hall: Hall, plan: Plan, meetings: Iterable[int], slot: int) -> dict[int, int]:
    """A table for each meeting that starts in this slot."""
    places = hall.field.packing.options.place
    at_booth = {
        meeting: int(places[plan.chosen[meeting]])
        for meeting in meetings
        if places[plan.chosen[meeting]] != COMMON
    }
    others = [meeting for meeting in meetings if meeting not in at_booth]
    free = hall.free_tables(slot)
    wishes = Matching(_wishes(hall, others, set(free)), dict.fromkeys(others, range(1)))
    for meeting in others:
        wishes.seat(meeting)
    staying = wishes.seat_of
    waiting = [meeting for meeting in others if meeting not in staying]
    rest = _rest_shared_out(hall, waiting, set(free) - set(staying.values()))
    return at_booth | staying | rest


def _wishes(hall: Hall, meetings: Iterable[int], free: set[int]) -> dict[int, list[int]]:
    """The free tables at which a company of the meeting sat last."""
    wishes = {}
    for meeting in meetings:
        companies = hall.field.problem.meetings[meeting].companies
        tables = {hall.last_table[one] for one in companies if one in hall.last_table} & free
        usual = hall.usual.get(meeting)
        wishes[meeting] = sorted(tables, key=lambda table: (table != usual, table))
    return wishes


def _rest_shared_out(hall: Hall, meetings: list[int], free: set[int]) -> dict[int, int]:
    """Each meeting's table of before, or one that nobody wants to stay at, or any."""
    shared = {}
    for meeting in meetings:
        usual = hall.usual.get(meeting)
        if usual in free:
            shared[meeting] = usual
            free.remove(usual)
    wanted = {table for one, table in hall.last_table.items() if hall.meetings_left[one] > 0}
    waiting = [meeting for meeting in meetings if meeting not in shared]
    tables = sorted(free, key=lambda table: (table in wanted, table))
    return shared | dict(zip(waiting, tables, strict=False))
