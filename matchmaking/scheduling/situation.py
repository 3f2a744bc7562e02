"""What is free in a schedule, as bits: bit `s` of a mask stands for slot, or start, `s`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matchmaking.scheduling.problem import Assignment, Meeting, Problem


def mask_of(slots: Iterable[int]) -> int:
    mask = 0
    for slot in slots:
        mask |= 1 << slot
    return mask


def slots_of(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def runs(mask: int, length: int) -> int:
    """The starts of runs of this many slots that are all in the mask."""
    starts = mask
    for offset in range(1, length):
        starts &= mask >> offset
    return starts


@dataclass(slots=True)
class Situation:
    """`available` and `full` are masks by company, `interpreter_free` by interpreter.

    `table_free` is a mask by booth, and under `None` of the slots with a common table free.
    """

    problem: Problem
    available: list[int]
    full: list[int]
    held: list[int]
    at: defaultdict[tuple[int, int], set[int]]
    common_left: list[int]
    table_free: dict[int | None, int]
    interpreter_free: list[int]
    speaking: defaultdict[str, list[int]]
    precedences: defaultdict[int, list[tuple[int, int]]]
    placed: dict[int, Assignment]

    def open_lines(self, company: int) -> int:
        return self.available[company] & ~self.full[company]

    def table_starts(self, meeting: Meeting) -> int:
        places = self.problem.booths_of(meeting) or (None,)
        starts = 0
        for place in places:
            starts |= runs(self.table_free[place], meeting.duration)
        return starts

    def interpreter_starts(self, meeting: Meeting) -> int:
        if meeting.language is None:
            return -1
        starts = 0
        for number in self.speaking[meeting.language]:
            starts |= runs(self.interpreter_free[number], meeting.duration)
        return starts

    def ordered_starts(self, number: int) -> int:
        """Starts at which no precedence with a placed meeting would be broken."""
        starts = -1
        for before, after in self.precedences[number]:
            if after == number and before in self.placed:
                row = self.placed[before]
                end = row.start + self.problem.meetings[before].duration
                starts &= ~((1 << end) - 1)
            if before == number and after in self.placed:
                last = self.placed[after].start - self.problem.meetings[number].duration
                starts &= (1 << max(0, last + 1)) - 1
        return starts

    def is_at_its_limit(self, company: int) -> bool:
        return self.held[company] >= self.problem.participants[company].max_meetings


def situation_of(problem: Problem, assignments: Iterable[Assignment]) -> Situation:
    everywhere = (1 << problem.slots) - 1
    speaking: defaultdict[str, list[int]] = defaultdict(list)
    for number, person in enumerate(problem.interpreters):
        for language in person.languages:
            speaking[language].append(number)
    precedences: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair in problem.precedences:
        for number in pair:
            precedences[number].append(pair)
    common = len(problem.common_tables)
    situation = Situation(
        problem=problem,
        available=[int(company.available[::-1] or "0", 2) for company in problem.participants],
        full=[0 if company.parallel else everywhere for company in problem.participants],
        held=[0] * len(problem.participants),
        at=defaultdict(set),
        common_left=[common] * problem.slots,
        table_free=dict.fromkeys(problem.booths, everywhere) | {None: everywhere if common else 0},
        interpreter_free=[int(person.available[::-1] or "0", 2) for person in problem.interpreters],
        speaking=speaking,
        precedences=precedences,
        placed={},
    )
    for row in assignments:
        add(situation, row)
    return situation


def add(situation: Situation, row: Assignment) -> None:
    situation.placed[row.meeting] = row
    _count(situation, row, 1)


def remove(situation: Situation, row: Assignment) -> None:
    del situation.placed[row.meeting]
    _count(situation, row, -1)


def _count(situation: Situation, row: Assignment, more: int) -> None:
    problem = situation.problem
    meeting = problem.meetings[row.meeting]
    slots = mask_of(meeting.slots_from(row.start))
    for company in meeting.companies:
        situation.held[company] += more
        for slot in slots_of(slots):
            holders = situation.at[company, slot]
            (holders.add if more > 0 else holders.discard)(row.meeting)
            is_full = len(holders) >= problem.participants[company].parallel
            situation.full[company] = _with_bit(situation.full[company], slot, is_full)
    if row.table in problem.booths:
        situation.table_free[row.table] = _without(situation.table_free[row.table], slots, more)
    else:
        for slot in slots_of(slots):
            situation.common_left[slot] -= more
            is_left = situation.common_left[slot] > 0
            situation.table_free[None] = _with_bit(situation.table_free[None], slot, is_left)
    if 0 <= row.interpreter < len(problem.interpreters):
        free = situation.interpreter_free[row.interpreter]
        situation.interpreter_free[row.interpreter] = _without(free, slots, more)


def _with_bit(mask: int, slot: int, is_set: bool) -> int:
    return mask | 1 << slot if is_set else mask & ~(1 << slot)


def _without(mask: int, slots: int, more: int) -> int:
    return mask & ~slots if more > 0 else mask | slots
