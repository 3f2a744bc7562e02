"""A plan while it is being tidied: who is busy when, how full everything is, what a move would do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from matchmaking.scheduling.engine.arrays import Ints
from matchmaking.scheduling.engine.plan import UNPLACED, Field, Plan


@dataclass(frozen=True, slots=True)
class Move:
    meeting: int
    leave: int
    take: int


@dataclass(slots=True)
class Diary:
    """`times[c][s]` counts the meetings of company `c` in slot `s`; `busy[c]` has a bit for each.

    `at[c][s]` is the meeting, for companies that hold one at a time.
    """

    field: Field
    chosen: list[int]
    load: list[int]
    capacity: list[int]
    start: list[int]
    companies: list[tuple[int, int]]
    free: list[int]
    busy: list[int]
    times: list[list[int]]
    at: list[dict[int, int]]
    block_mask: list[int]
    keys: Ints

    def uses(self, option: int) -> list[int]:
        packing = self.field.packing
        used: list[int] = packing.uses[packing.first[option] : packing.first[option + 1]].tolist()
        return used

    def slots(self, meeting: int, option: int) -> range:
        start = self.start[option]
        return range(start, start + int(self.field.durations[meeting]))

    def option_at(self, meeting: int, start: int) -> int:
        """The meeting's option at another start and the place it has now, or `UNPLACED`."""
        place = int(self.field.packing.options.place[self.chosen[meeting]])
        key = _key(self.field, meeting, start, place)
        found = int(np.searchsorted(self.keys, key))
        return found if found < len(self.keys) and self.keys[found] == key else UNPLACED


def diary_of(field: Field, plan: Plan) -> Diary:
    packing, problem = field.packing, field.problem
    options = packing.options
    diary = Diary(
        field=field,
        chosen=plan.chosen.tolist(),
        load=packing.load(plan.options).tolist(),
        capacity=packing.capacity.tolist(),
        start=options.start.tolist(),
        companies=[meeting.companies for meeting in problem.meetings],
        free=[int(company.available[::-1] or "0", 2) for company in problem.participants],
        busy=[0] * len(problem.participants),
        times=[[0] * problem.slots for _ in problem.participants],
        at=[{} for _ in problem.participants],
        block_mask=[
            (1 << last + 1) - (1 << first)
            for first, last in sorted(problem.blocks)
            for _ in range(first, last + 1)
        ],
        keys=_key(field, options.meeting, options.start, options.place),
    )
    for held in problem.past:
        _write(diary, held.meeting, problem.meetings[held.meeting].slots_from(held.start))
    for meeting in np.flatnonzero(plan.placed).tolist():
        _write(diary, meeting, diary.slots(meeting, diary.chosen[meeting]))
    return diary


def _key(field: Field, meeting: Any, start: Any, place: Any) -> Any:
    """A number that grows in the order of the options."""
    return (meeting * field.problem.slots + start) * (field.problem.tables + 1) + place + 1


def _write(diary: Diary, meeting: int, slots: Iterable[int]) -> None:
    for company in diary.companies[meeting]:
        for slot in slots:
            diary.times[company][slot] += 1
            diary.busy[company] |= 1 << slot
            diary.at[company][slot] = meeting


def _erase(diary: Diary, meeting: int, slots: Iterable[int]) -> None:
    for company in diary.companies[meeting]:
        for slot in slots:
            diary.times[company][slot] -= 1
            if not diary.times[company][slot]:
                diary.busy[company] &= ~(1 << slot)
            if diary.at[company].get(slot) == meeting:
                del diary.at[company][slot]


def apply(diary: Diary, moves: Iterable[Move]) -> None:
    for move in moves:
        _erase(diary, move.meeting, diary.slots(move.meeting, move.leave))
        for resource in diary.uses(move.leave):
            diary.load[resource] -= 1
    for move in moves:
        _write(diary, move.meeting, diary.slots(move.meeting, move.take))
        for resource in diary.uses(move.take):
            diary.load[resource] += 1
        diary.chosen[move.meeting] = move.take


def fits(diary: Diary, moves: Iterable[Move]) -> bool:
    change: Counter[int] = Counter()
    for move in moves:
        change.update(diary.uses(move.take))
        change.subtract(diary.uses(move.leave))
    return all(
        diary.load[resource] + more <= diary.capacity[resource]
        for resource, more in change.items()
        if more > 0
    )


def more_gaps(diary: Diary, moves: Iterable[Move]) -> int:
    """How many gaps these moves would add; negative where they close some."""
    change: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for move in moves:
        for company in diary.companies[move.meeting]:
            change[company].subtract(diary.slots(move.meeting, move.leave))
            change[company].update(diary.slots(move.meeting, move.take))
    return sum(_more_gaps_of(diary, company, slots) for company, slots in change.items())


def _more_gaps_of(diary: Diary, company: int, change: Counter[int]) -> int:
    before = after = diary.busy[company]
    for slot, more in change.items():
        bit = 1 << slot
        after = after | bit if diary.times[company][slot] + more else after & ~bit
    if before == after:
        return 0
    free = diary.free[company]
    masks = {diary.block_mask[slot] for slot in change}
    return sum(
        idle_runs(free & mask, after & mask) - idle_runs(free & mask, before & mask)
        for mask in masks
    )


@lru_cache(maxsize=1 << 18)
def idle_runs(free: int, busy: int) -> int:
    """Runs of bits of `free` and not of `busy`, between the first and last bit of `busy`."""
    if not busy:
        return 0
    between = (1 << busy.bit_length()) - (busy & -busy)
    idle = free & ~busy & between
    return (idle & ~(idle << 1)).bit_count()


def gap_count(field: Field, plan: Plan) -> int:
    diary = diary_of(field, plan)
    return sum(
        idle_runs(free & mask, busy & mask)
        for free, busy in zip(diary.free, diary.busy, strict=True)
        for mask in set(diary.block_mask)
    )
