"""A valid schedule at once: the weightiest meeting first, each where most tables are left.

Everything is a mask: the slots a company is open in, the tables and people free in a slot.
What is placed stays, so this takes a few microseconds a meeting.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from math import inf

from matchmaking.scheduling.problem import NO_INTERPRETER, Assignment, Problem, in_order
from matchmaking.scheduling.situation import Situation, mask_of, runs, situation_of, slots_of

AT_ONCE = 64


@dataclass(slots=True)
class Room:
    """What is still free, on top of what was from the outset.

    `open` are the slots in which a company can take one more meeting, `left` is how many it
    can take in all, `used` how many it has in a slot if it has several lines. `tables` and
    `people` are masks by slot, `common` and `speaking` of those who may serve.
    `seats` counts the common tables.
    """

    outset: Situation
    open: list[int]
    left: list[int]
    used: dict[tuple[int, int], int]
    tables: list[int]
    people: list[int]
    common: int
    speaking: dict[str, int]
    seats: list[int]

    @property
    def placed(self) -> dict[int, Assignment]:
        return self.outset.placed


def opening(
    problem: Problem,
    gain: Sequence[float] = (),
    *,
    until: float = inf,
    most: int | None = None,
) -> tuple[Assignment, ...]:
    """The past, what was published and fits, then whatever else fits, to a moment of `monotonic`.

    What gains most comes first: of weight in a slot, if no other `gain` is given. No more than
    so many meetings are looked at, if `most` is given.
    """
    room = _room(problem)
    queue = islice(_queue(problem, gain), most)
    while (batch := list(islice(queue, AT_ONCE))) and time.monotonic() < until:
        for number, published in batch:
            if number not in room.placed:
                _place(room, number, published)
    return in_order(room.placed.values())


def _queue(problem: Problem, gain: Sequence[float]) -> Iterator[tuple[int, Assignment | None]]:
    """Meetings in the order in which they are placed, with where they were published."""
    for row in problem.published:
        yield row.meeting, row
    gain = gain or [meeting.weight / meeting.duration for meeting in problem.meetings]
    for number in sorted(range(len(gain)), key=gain.__getitem__, reverse=True):
        yield number, None


def _room(problem: Problem) -> Room:
    outset = situation_of(problem, problem.past)
    limits = [company.max_meetings for company in problem.participants]
    left = [most - held for most, held in zip(limits, outset.held, strict=True)]
    usable = [*problem.common_tables, *problem.booths]
    room = Room(
        outset=outset,
        open=[outset.open_lines(one) if most > 0 else 0 for one, most in enumerate(left)],
        left=left,
        used={where: len(holders) for where, holders in outset.at.items()},
        tables=_by_slot(problem, usable, outset.table_free),
        people=_by_slot(problem, range(len(problem.interpreters)), outset.interpreter_free),
        common=mask_of(problem.common_tables),
        speaking={language: mask_of(people) for language, people in outset.speaking.items()},
        seats=[],
    )
    room.seats = [(tables & room.common).bit_count() for tables in room.tables]
    return room


def _by_slot(problem: Problem, numbers: Iterable[int], free: Sequence[int]) -> list[int]:
    """Masks of slots, by thing, turned into masks of these things, by slot."""
    turned = [0] * problem.slots
    for number in numbers:
        bit = 1 << number
        for slot in slots_of(free[number]):
            turned[slot] |= bit
    return turned


def _place(room: Room, number: int, published: Assignment | None) -> None:
    """At the start it was published for if there is one, else where most tables are left."""
    meeting = room.outset.problem.meetings[number]
    starts = runs(room.open[meeting.a] & room.open[meeting.b], meeting.duration)
    if not starts:
        return
    starts &= room.outset.grid(meeting.duration) & room.outset.ordered_starts(number)
    if meeting.starts is not None:
        starts &= mask_of(meeting.starts)
    if published is not None:
        starts &= 1 << published.start
    while starts:
        start = max(slots_of(starts), key=room.seats.__getitem__)
        row = _row(room, number, start, published)
        if row is not None:
            _take(room, row)
            return
        starts &= ~(1 << start)


def _row(room: Room, number: int, start: int, published: Assignment | None) -> Assignment | None:
    """The meeting at this start, where it was published to be if that is free."""
    problem = room.outset.problem
    meeting = problem.meetings[number]
    booths = problem.booths_of(meeting)
    tables = mask_of(booths) if booths else room.common
    people = -1 if meeting.language is None else room.speaking.get(meeting.language, 0)
    for slot in meeting.slots_from(start):
        tables &= room.tables[slot]
        people &= room.people[slot] if people > 0 else people
    if not tables or not people:
        return None
    person = NO_INTERPRETER
    if meeting.language is not None:
        person = _one_of(people, published.interpreter if published else NO_INTERPRETER)
    return Assignment(number, start, _one_of(tables, published.table if published else -1), person)


def _one_of(mask: int, wished: int) -> int:
    if wished >= 0 and mask >> wished & 1:
        return wished
    return (mask & -mask).bit_length() - 1


def _take(room: Room, row: Assignment) -> None:
    problem = room.outset.problem
    meeting = problem.meetings[row.meeting]
    room.placed[row.meeting] = row
    for slot in meeting.slots_from(row.start):
        room.tables[slot] &= ~(1 << row.table)
        room.seats[slot] -= room.common >> row.table & 1
        if row.interpreter != NO_INTERPRETER:
            room.people[slot] &= ~(1 << row.interpreter)
    for company in meeting.companies:
        room.left[company] -= 1
        lines = problem.participants[company].parallel
        for slot in meeting.slots_from(row.start):
            if lines > 1:
                room.used[company, slot] = room.used.get((company, slot), 0) + 1
            if lines == 1 or room.used[company, slot] >= lines:
                room.open[company] &= ~(1 << slot)
        if not room.left[company]:
            room.open[company] = 0
