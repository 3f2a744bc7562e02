"""Which table each meeting is held at, once it is known when it is held.

Slot by slot, a meeting would best stay where one of its companies already sits. As
many as possible are given such a table, by matching; the others take what is left,
preferably tables that nobody will want to stay at. Meetings being intervals, and no
slot overfull, a table is always left.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute

import numpy as np

from matchmaking.scheduling.engine.matching import Matching
from matchmaking.scheduling.engine.options import COMMON
from matchmaking.scheduling.engine.plan import Field, Plan
from matchmaking.scheduling.problem import Assignment, Problem, in_order


@dataclass(slots=True)
class Hall:
    """A block as it goes by: until when each table is taken, where each company last sat."""

    problem: Problem
    usual: dict[int, int]
    meetings_left: Counter[int]
    taken_until: dict[int, int] = attribute(default_factory=dict)
    last_table: dict[int, int] = attribute(default_factory=dict)

    def free_tables(self, slot: int) -> list[int]:
        taken = self.taken_until
        return [table for table in self.problem.common_tables if taken.get(table, 0) <= slot]

    def can_be_at(self, meeting: int, table: int, start: int) -> bool:
        problem = self.problem
        return problem.is_table_available(table, problem.meetings[meeting].slots_from(start))

    def seat(self, meeting: int, table: int, start: int) -> None:
        each = self.problem.meetings[meeting]
        self.taken_until[table] = max(start + each.duration, self.taken_until.get(table, 0))
        for company in each.companies:
            self.last_table[company] = table
            self.meetings_left[company] -= 1


def assignments_of(
    field: Field, plan: Plan, tables: dict[int, int] | None = None
) -> tuple[Assignment, ...]:
    """The plan's meetings at these tables or at good ones, with the past, in order of starts."""
    placed = np.flatnonzero(plan.placed)
    options = field.packing.options
    starts = dict(zip(placed.tolist(), options.start[plan.chosen[placed]].tolist(), strict=True))
    places = options.place[plan.chosen[placed]]
    booked = placed[places != COMMON].tolist()
    at_booth = dict(zip(booked, places[places != COMMON].tolist(), strict=True))
    tables = tables or tables_for(field.problem, starts, at_booth)
    rows = [
        Assignment(meeting, starts[meeting], table, int(plan.interpreter[meeting]))
        for meeting, table in tables.items()
    ]
    return in_order((*field.problem.past, *rows))


def tables_for(
    problem: Problem, starts: Mapping[int, int], at_booth: Mapping[int, int]
) -> dict[int, int]:
    """A table for each of these meetings; those at a booth are given with it."""
    blocks: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for meeting, start in starts.items():
        blocks[problem.block_of_slot[start]][meeting] = start
    tables: dict[int, int] = {}
    for block in blocks.values():
        tables |= _tables_of_block(problem, block, at_booth)
    return tables


def _tables_of_block(
    problem: Problem, starts: dict[int, int], at_booth: Mapping[int, int]
) -> dict[int, int]:
    previous = problem.previous.schedule if problem.previous else ()
    block = problem.block_of_slot[next(iter(starts.values()))]
    history = [row for row in problem.past if _reaches(problem, row, block)]
    history.sort(key=lambda row: (row.start, row.table))
    hall = Hall(
        problem=problem,
        usual={row.meeting: row.table for row in previous if starts.get(row.meeting) == row.start},
        meetings_left=Counter(
            company
            for meeting in (*starts, *(row.meeting for row in history))
            for company in problem.meetings[meeting].companies
        ),
    )
    for row in history:
        hall.seat(row.meeting, row.table, row.start)
    in_slot: defaultdict[int, list[int]] = defaultdict(list)
    for meeting in sorted(starts):
        in_slot[starts[meeting]].append(meeting)
    tables: dict[int, int] = {}
    for slot, meetings in sorted(in_slot.items()):
        booked = {meeting: at_booth[meeting] for meeting in meetings if meeting in at_booth}
        seated = booked | _seated(hall, [one for one in meetings if one not in booked], slot)
        for meeting, table in sorted(seated.items(), key=lambda row: row[1]):
            hall.seat(meeting, table, slot)
        tables |= seated
    return tables


def _reaches(problem: Problem, row: Assignment, block: int) -> bool:
    """What was published may cross the border between two blocks if these have changed since."""
    slots = problem.meetings[row.meeting].slots_from(row.start)
    return any(problem.block_of_slot[slot] == block for slot in slots)


def _seated(hall: Hall, meetings: list[int], slot: int) -> dict[int, int]:
    """A common table for each of the meetings that start in this slot."""
    free = hall.free_tables(slot)
    staying = _matched(_wishes(hall, meetings, set(free), slot))
    waiting = [meeting for meeting in meetings if meeting not in staying]
    return staying | _rest_shared_out(hall, waiting, set(free) - set(staying.values()), slot)


def _matched(wishes: dict[int, list[int]]) -> dict[int, int]:
    """As many meetings as possible at tables they wish for."""
    matching = Matching(wishes, dict.fromkeys(wishes, range(1)))
    for meeting in wishes:
        matching.seat(meeting)
    return matching.seat_of


def _wishes(hall: Hall, meetings: Iterable[int], free: set[int], slot: int) -> dict[int, list[int]]:
    """The free tables at which a company of the meeting sat last."""
    wishes = {}
    for meeting in meetings:
        companies = hall.problem.meetings[meeting].companies
        tables = {hall.last_table[one] for one in companies if one in hall.last_table} & free
        tables = {table for table in tables if hall.can_be_at(meeting, table, slot)}
        usual = hall.usual.get(meeting)
        wishes[meeting] = sorted(tables, key=lambda table: (table != usual, table))
    return wishes


def _rest_shared_out(hall: Hall, meetings: list[int], free: set[int], slot: int) -> dict[int, int]:
    """Each meeting's table of before, or one that nobody wants to stay at, or any."""
    shared = {}
    for meeting in meetings:
        usual = hall.usual.get(meeting)
        if usual in free and hall.can_be_at(meeting, usual, slot):
            shared[meeting] = usual
            free.remove(usual)
    wanted = {table for one, table in hall.last_table.items() if hall.meetings_left[one] > 0}
    waiting = [meeting for meeting in meetings if meeting not in shared]
    tables = sorted(free, key=lambda table: (table in wanted, table))
    if hall.problem.table_available:
        able = {one: [t for t in tables if hall.can_be_at(one, t, slot)] for one in waiting}
        return shared | _matched(able)
    return shared | dict(zip(waiting, tables, strict=False))
