"""What is to be scheduled and what came of it: plain frozen values, no rules of the solver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

NO_INTERPRETER = -1
OBJECTIVES = ("value", "unfairness", "gaps", "table_changes")


@dataclass(frozen=True, slots=True)
class Participant:
    """A company. `available` has one character a slot: `1` where it can be met."""

    side: str
    available: str
    max_meetings: int
    parallel: int = 1
    booth: int | None = None

    @property
    def free_slots(self) -> int:
        return self.available.count("1")


@dataclass(frozen=True, slots=True)
class Interpreter:
    languages: tuple[str, ...]
    available: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """A request that waits for a slot: companies `a` and `b` want to meet.

    `starts` are the slots it may start in, `None` for any. `language` is the one
    an interpreter is needed for, `None` where nobody is.
    """

    a: int
    b: int
    weight: int
    duration: int = 1
    language: str | None = None
    starts: tuple[int, ...] | None = None

    @property
    def companies(self) -> tuple[int, int]:
        return self.a, self.b

    def slots_from(self, start: int) -> range:
        return range(start, start + self.duration)


@dataclass(frozen=True, slots=True)
class Assignment:
    meeting: int
    start: int
    table: int
    interpreter: int = NO_INTERPRETER


def in_order(rows: Iterable[Assignment]) -> tuple[Assignment, ...]:
    return tuple(sorted(rows, key=lambda row: (row.start, row.table, row.meeting)))


@dataclass(frozen=True, slots=True)
class Previous:
    """The published schedule that a repair starts from; what starts before `now` is history."""

    schedule: tuple[Assignment, ...]
    now: int
    move_cost: int


@dataclass(frozen=True)
class Problem:
    """One event's meetings to place. Slots, tables and all lists count from 0.

    `blocks` are the first and last slot of each uninterrupted run of slots.
    `table_available` is like a company's `available`, one string a table; without any,
    every table can be used in every slot.
    """

    slots: int
    blocks: tuple[tuple[int, int], ...]
    tables: int
    participants: tuple[Participant, ...]
    interpreters: tuple[Interpreter, ...]
    meetings: tuple[Meeting, ...]
    precedences: tuple[tuple[int, int], ...] = ()
    previous: Previous | None = None
    name: str = ""
    table_available: tuple[str, ...] = ()

    @property
    def now(self) -> int:
        return self.previous.now if self.previous else 0

    @property
    def published(self) -> tuple[Assignment, ...]:
        """The schedule that a repair starts from; none where there is nothing to repair."""
        return self.previous.schedule if self.previous else ()

    @cached_property
    def past(self) -> tuple[Assignment, ...]:
        """What has already started and therefore stays as it is."""
        return tuple(held for held in self.published if held.start < self.now)

    @cached_property
    def block_of_slot(self) -> tuple[int, ...]:
        return tuple(
            number
            for number, (first, last) in enumerate(sorted(self.blocks))
            for _ in range(first, last + 1)
        )

    @cached_property
    def booths(self) -> frozenset[int]:
        """Tables that are some company's own."""
        return frozenset(
            company.booth for company in self.participants if company.booth is not None
        )

    @cached_property
    def common_tables(self) -> tuple[int, ...]:
        """Tables that are nobody's booth; of those that are alike, no more than all meetings could use.

        Those that the published schedule uses are all among them.
        """
        used = {row.table for row in self.published if 0 <= row.table < self.tables}
        alike: defaultdict[str, list[int]] = defaultdict(list)
        if self.table_available:
            for table, marks in enumerate(self.table_available):
                alike[marks].append(table)
        kinds: Iterable[Iterable[int]] = alike.values() or [range(self.tables)]
        enough = (
            islice((table for table in kind if table not in self.booths), len(self.meetings))
            for kind in kinds
        )
        return tuple(sorted(used.difference(self.booths).union(*enough)))

    def booths_of(self, meeting: Meeting) -> tuple[int, ...]:
        """The booths of its companies, of which one must be its table; empty where none has any."""
        owned = (self.participants[company].booth for company in meeting.companies)
        return tuple(sorted({booth for booth in owned if booth is not None}))

    def places_of(self, meeting: Meeting) -> tuple[int, ...]:
        """The tables it may be held at, whenever they can be used."""
        return self.booths_of(meeting) or self.common_tables

    def is_table_available(self, table: int, slots: range) -> bool:
        if not self.table_available:
            return True
        return "0" not in self.table_available[table][slots.start : slots.stop]

    def is_inside_a_block(self, start: int, duration: int) -> bool:
        last = start + duration - 1
        if start < 0 or last >= self.slots:
            return False
        return self.block_of_slot[start] == self.block_of_slot[last]


@dataclass(frozen=True, slots=True)
class Subject:
    """Something a sentence speaks of: `participant:4`, `meeting:17`, `slot:9`, `language:ko`."""

    kind: str
    key: int | str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


@dataclass(frozen=True, slots=True)
class Remedy:
    """One change that alone would let a meeting be placed while all else stays as it is.

    | action | subjects |
    | --- | --- |
    | `free` | a participant, then the slots it would have to be available in |
    | `add_line` | a participant, then the slots it would need one more person in |
    | `raise_limit` | the participant whose `max_meetings` would have to be one more |
    | `add_table` | the slots one more table is needed in |
    | `add_interpreter` | a language, then the slots one more interpreter is needed in |
    | `drop` | the meeting that would have to go |
    | `allow_start` | the meeting itself, then the slot it would have to be allowed to start in |
    | `add_slot` | the block that would have to be one slot longer |

    `add_table` and `add_interpreter` without slots mean the whole day; `add_slot` is only
    found among bottlenecks.
    """

    action: str
    subjects: tuple[Subject, ...]

    def __str__(self) -> str:
        who = " and ".join(str(subject) for subject in self.subjects if subject.kind != "slot")
        slots = ", ".join(str(subject.key) for subject in self.subjects if subject.kind == "slot")
        sentence = _REMEDIES[self.action].format(who=who)
        if not slots:
            return sentence
        return f"{sentence} in slot{'s' if ', ' in slots else ''} {slots}"


_REMEDIES = {
    "free": "free {who}",
    "add_line": "one more person for {who}",
    "raise_limit": "one more meeting for {who}",
    "add_table": "one more table",
    "add_interpreter": "one more interpreter of {who}",
    "drop": "drop {who}",
    "allow_start": "let {who} start",
    "add_slot": "one more slot in {who}",
}


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Why a meeting is not in the schedule; `explain.py` lists the reasons and their subjects.

    Each of the `remedies` alone would place it. Where there is none, all the changes in
    `together` would.
    """

    meeting: int
    reason: str
    subjects: tuple[Subject, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    together: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a running `solve` has come."""

    value: int
    bound: int
    seconds: float
    placed: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """`bound` is a proved upper bound on `value`.

    As many of the `OBJECTIVES`, in their order, as `proved_objectives` says are proved to be
    the best there is: of the first always, of each further one where those before it are.
    """

    assignments: tuple[Assignment, ...]
    value: int
    bound: int
    proved_objectives: int
    unfairness: int
    gaps: int
    table_changes: int
    moved: int
    unplaced: tuple[Unplaced, ...] = ()
    seconds: float = 0.0
    seed: int = 0

    @property
    def proved(self) -> bool:
        """Whether no schedule is better in any objective."""
        return self.proved_objectives == len(OBJECTIVES)

    @property
    def gap(self) -> float:
        """How much better, in parts of the bound, a schedule could be at the very most."""
        return (self.bound - self.value) / max(1, abs(self.bound))
