"""Problems whose slots are all alike: optimal in weight and fairness, in polynomial time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Ints, ints
from matchmaking.scheduling.engine.budget import Budget
from matchmaking.scheduling.engine.colouring import coloured
from matchmaking.scheduling.engine.kempe import gaps
from matchmaking.scheduling.engine.seating import tables_for
from matchmaking.scheduling.engine.selection import fairest, heaviest
from matchmaking.scheduling.engine.staying import most_staying
from matchmaking.scheduling.engine.tidy import least_gaps
from matchmaking.scheduling.engine.timetable import NOBODY, Rules, Timetable, timetable_of
from matchmaking.scheduling.engine.uniform import Uniform
from matchmaking.scheduling.problem import Assignment, in_order

SWEEPS = 1000
SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Answer:
    """Meetings, their starts and tables; how many of the four objectives are proved, in order."""

    meeting: Ints
    start: Ints
    table: Ints
    value: int
    unfairness: int
    bound: int
    proved: int = 0

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        rows = zip(self.meeting.tolist(), self.start.tolist(), self.table.tolist(), strict=True)
        return in_order(Assignment(*row) for row in rows)


def answer(uniform: Uniform, budget: Budget, seed: int, publish: Callable[[Answer], None]) -> None:
    """Publishes a first answer at once, then better ones."""
    publish(_answer(uniform, _greedy(uniform), int(uniform.weight.sum())))
    selection = fairest(uniform, heaviest(uniform))
    slot = coloured(uniform, selection.held, seed)
    best = replace(_answer(uniform, slot, selection.bound), proved=2)
    publish(best)
    if budget.is_spent:
        return
    table = _timetable(uniform, slot)
    start = least_gaps(table, budget=budget.part(SHARE), seed=seed, sweeps=SWEEPS)
    best = _seated(uniform, replace(best, start=start[best.meeting]))
    publish(best)
    table = _timetable(uniform, start[uniform.meeting])
    start = most_staying(table, budget=budget.part(SHARE), seed=seed)
    other = _seated(uniform, replace(best, start=start[best.meeting]))
    if _table_changes(uniform, other) < _table_changes(uniform, best):
        publish(other)


def _seated(uniform: Uniform, answer: Answer) -> Answer:
    """At tables where companies stay."""
    meetings = answer.meeting.tolist()
    tables = tables_for(
        uniform.problem, dict(zip(meetings, answer.start.tolist(), strict=True)), {}
    )
    seated = replace(answer, table=ints([tables[meeting] for meeting in meetings]))
    slot = np.full(len(uniform.meeting), NOBODY, dtype=np.int64)
    slot[np.searchsorted(uniform.meeting, answer.meeting)] = answer.start
    if gaps(_timetable(uniform, slot)):
        return seated
    return replace(seated, proved=3 if _table_changes(uniform, seated) else 4)


def _table_changes(uniform: Uniform, answer: Answer) -> int:
    number = np.searchsorted(uniform.meeting, answer.meeting)
    company = np.concatenate([uniform.left[number], uniform.right[number]])
    start, table = np.tile(answer.start, 2), np.tile(answer.table, 2)
    day = company * len(uniform.problem.blocks) + ints(uniform.problem.block_of_slot)[start]
    order = np.lexsort((table, start, day))
    return int(((np.diff(day[order]) == 0) & (np.diff(table[order]) != 0)).sum())


def _greedy(uniform: Uniform) -> Ints:
    """A slot for each candidate that finds one, the heaviest first, each as early as it can."""
    slot = np.full(len(uniform.meeting), NOBODY, dtype=np.int64)
    everywhere = sum(1 << each for each in uniform.slots.tolist())
    lines, limit = uniform.lines.tolist(), uniform.limit.tolist()
    room = [everywhere] * uniform.companies
    used: dict[tuple[int, int], int] = {}
    held = [0] * uniform.problem.slots
    open_slots = everywhere if uniform.tables else 0
    left, right = uniform.left.tolist(), uniform.right.tolist()
    for each in np.argsort(-uniform.weight, kind="stable").tolist():
        pair = left[each], right[each]
        common = room[pair[0]] & room[pair[1]] & open_slots
        if not common:
            continue
        bit = common & -common
        slot[each] = found = bit.bit_length() - 1
        held[found] += 1
        open_slots &= ~bit if held[found] >= uniform.tables else -1
        for company in pair:
            used[company, found] = used.get((company, found), 0) + 1
            limit[company] -= 1
            room[company] &= ~bit if used[company, found] >= lines[company] else -1
            room[company] &= -1 if limit[company] else 0
    return slot


def _answer(uniform: Uniform, slot: Ints, bound: int) -> Answer:
    """These candidates at these slots, at tables in the order of their numbers."""
    held: Bools = slot != NOBODY
    meeting, start = uniform.meeting[held], slot[held]
    order = np.argsort(start, kind="stable")
    place = np.empty_like(start)
    place[order] = np.arange(len(start)) - np.searchsorted(start[order], start[order])
    companies = np.concatenate([uniform.left[held], uniform.right[held]])
    missing = uniform.target - np.bincount(companies, minlength=uniform.companies)
    return Answer(
        meeting=meeting,
        start=start,
        table=ints(uniform.problem.common_tables)[place],
        value=int(uniform.weight[held].sum()),
        unfairness=int((np.maximum(0, missing) ** 2).sum()),
        bound=bound,
    )


def _timetable(uniform: Uniform, slot: Ints) -> Timetable:
    problem = uniform.problem
    meetings = len(problem.meetings)
    start = np.full(meetings, NOBODY, dtype=np.int64)
    start[uniform.meeting] = slot
    capacity = np.zeros((1, problem.slots), dtype=np.int64)
    capacity[:, uniform.slots] = uniform.tables
    rules = Rules(
        duration=np.ones(meetings, dtype=np.int64),
        kinds=np.ones((1, meetings), dtype=bool),
        capacity=capacity,
        booth=np.full(meetings, NOBODY, dtype=np.int64),
        home=np.full(meetings, NOBODY, dtype=np.int64),
        orders=ints([]).reshape(2, 0),
    )
    return timetable_of(problem, rules, start)
