"""What is free in a schedule, as bits: bit `s` of a mask stands for slot, or start, `s`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from matchmaking.scheduling.problem import Assignment, Meeting, Problem


def mask_of(slots: Iterable[int]) -> int:
    mask = 0
    for slot in slots:
        mask |= 1 << slot
    return mask


def mask_of_marks(marks: str) -> int:
    """The slots that have a `1` in an `available`."""
    return int(marks[::-1] or "0", 2)


def slots_of(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def runs(mask: int, length: int) -> int:
    """The starts of runs of this many slots that are all in the mask."""
    starts = mask
    for offset in range(1, min(length, mask.bit_length() + 1)):
        starts &= mask >> offset
    return starts


def _any_run(free: Sequence[int], seats: Iterable[int], length: int) -> int:
    """The starts of runs of this many slots in which one of these seats is free."""
    starts = 0
    for seat in seats:
        starts |= runs(free[seat], length)
    return starts


@dataclass(slots=True)
class Situation:
    """`available` and `full` are masks by company, `interpreter_free` by interpreter.

    `table_free` is a mask by table. `known_starts` remembers, for a language and a duration,
    when somebody who speaks it is free for so long; and under `None` when a common table is.
    """

    problem: Problem
    available: list[int]
    full: list[int]
    held: list[int]
    at: defaultdict[tuple[int, int], set[int]]
    table_free: list[int]
    interpreter_free: list[int]
    speaking: defaultdict[str, list[int]]
    precedences: defaultdict[int, list[tuple[int, int]]]
    placed: dict[int, Assignment]
    known_starts: dict[tuple[str | None, int], int] = field(default_factory=dict)
    grids: dict[int, int] = field(default_factory=dict)

    def grid(self, duration: int) -> int:
        """The starts from which so many slots are inside a block, and not past."""
        if duration not in self.grids:
            blocks = ((1 << last + 1) - (1 << first) for first, last in self.problem.blocks)
            inside = sum(runs(block, duration) for block in blocks)
            self.grids[duration] = inside & ~((1 << self.problem.now) - 1)
        return self.grids[duration]

    def open_lines(self, company: int) -> int:
        return self.available[company] & ~self.full[company]

    def table_starts(self, meeting: Meeting) -> int:
        booths = self.problem.booths_of(meeting)
        if booths:
            return _any_run(self.table_free, booths, meeting.duration)
        key = None, meeting.duration
        if key not in self.known_starts:
            tables = self.problem.common_tables
            self.known_starts[key] = _any_run(self.table_free, tables, meeting.duration)
        return self.known_starts[key]

    def interpreter_starts(self, meeting: Meeting) -> int:
        if meeting.language is None:
            return -1
        key = meeting.language, meeting.duration
        if key not in self.known_starts:
            people = self.speaking[meeting.language]
            self.known_starts[key] = _any_run(self.interpreter_free, people, meeting.duration)
        return self.known_starts[key]

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
    situation = Situation(
        problem=problem,
        available=[mask_of_marks(company.available) for company in problem.participants],
        full=[0 if company.parallel else everywhere for company in problem.participants],
        held=[0] * len(problem.participants),
        at=defaultdict(set),
        table_free=[mask_of_marks(marks) for marks in problem.table_available]
        or [everywhere] * problem.tables,
        interpreter_free=[mask_of_marks(person.available) for person in problem.interpreters],
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


@contextmanager
def without(situation: Situation, row: Assignment) -> Iterator[None]:
    """The situation as it would be if this meeting were not held."""
    remembered = dict(situation.known_starts)
    remove(situation, row)
    yield
    add(situation, row)
    situation.known_starts = remembered


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
    if row.table < problem.tables:
        free = situation.table_free[row.table]
        situation.table_free[row.table] = _without(free, slots, more)
    if 0 <= row.interpreter < len(problem.interpreters):
        free = situation.interpreter_free[row.interpreter]
        situation.interpreter_free[row.interpreter] = _without(free, slots, more)
    if more > 0:
        situation.known_starts.clear()
    else:
        _know_what_is_freed(situation, row)


def _know_what_is_freed(situation: Situation, row: Assignment) -> None:
    problem = situation.problem
    free: dict[str | None, int] = {}
    if row.table in range(problem.tables) and row.table not in problem.booths:
        free[None] = situation.table_free[row.table]
    if row.interpreter in range(len(problem.interpreters)):
        mask = situation.interpreter_free[row.interpreter]
        free |= dict.fromkeys(problem.interpreters[row.interpreter].languages, mask)
    for what, duration in situation.known_starts:
        situation.known_starts[what, duration] |= runs(free.get(what, 0), duration)


def _with_bit(mask: int, slot: int, is_set: bool) -> int:
    return mask | 1 << slot if is_set else mask & ~(1 << slot)


def _without(mask: int, slots: int, more: int) -> int:
    return mask & ~slots if more > 0 else mask | slots
