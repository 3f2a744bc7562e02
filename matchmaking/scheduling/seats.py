"""Tables and interpreters for meetings whose starts are known, as they were before if possible."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from math import inf

from matchmaking.scheduling.engine.matching import Matching
from matchmaking.scheduling.problem import NO_INTERPRETER, Assignment, Problem, in_order
from matchmaking.scheduling.situation import (
    Situation,
    add,
    mask_of,
    runs,
    situation_of,
    slots_of,
)
from matchmaking.scheduling.starts import Starts, starts_of


def seated(problem: Problem, starts: Mapping[int, int]) -> tuple[Assignment, ...]:
    """The past, and the meetings that start then: `starts[meeting]` is a slot.

    Meetings that start when they did keep their table and interpreter wherever these are
    still to be had. A meeting for which no table or interpreter is left is left out; where
    all meetings are one slot long, that happens only if there is none.
    """
    left = situation_of(problem, problem.past)
    usual = {row.meeting: row for row in problem.published if starts.get(row.meeting) == row.start}
    tables = _tables(left, starts, {number: row.table for number, row in usual.items()})
    people = _people(left, starts, {number: row.interpreter for number, row in usual.items()})
    rows = (
        Assignment(number, start, tables[number], people.get(number, NO_INTERPRETER))
        for number, start in starts.items()
        if number in tables and (number in people or problem.meetings[number].language is None)
    )
    return in_order((*problem.past, *rows))


def _tables(left: Situation, starts: Mapping[int, int], usual: dict[int, int]) -> dict[int, int]:
    """Where it was, or where one of its companies sits anyway, or anywhere."""
    problem = left.problem
    sits: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for number, table in usual.items():
        for company in problem.meetings[number].companies:
            sits[company, problem.block_of_slot[starts[number]]].append(table)

    @cache
    def open_tables(start: int, duration: int, booths: tuple[int, ...]) -> list[int]:
        slots = mask_of(range(start, start + duration))
        return _open(left.table_free, booths or problem.common_tables, slots)

    able = {}
    for number, start in starts.items():
        meeting = problem.meetings[number]
        open_then = open_tables(start, meeting.duration, problem.booths_of(meeting))
        block = problem.block_of_slot[start]
        liked = {table for company in meeting.companies for table in sits[company, block]}
        liked.discard(usual.get(number, -1))
        wished = [usual[number], *sorted(liked)] if number in usual else sorted(liked)
        able[number] = [table for table in wished if table in open_then] + open_then
    return _matched(problem, starts, able, usual)


def _people(left: Situation, starts: Mapping[int, int], usual: dict[int, int]) -> dict[int, int]:
    able = {}
    for number, start in starts.items():
        meeting = left.problem.meetings[number]
        if meeting.language is not None:
            slots = mask_of(meeting.slots_from(start))
            speaking = left.speaking[meeting.language]
            wished = [usual[number]] if usual.get(number) in speaking else []
            able[number] = _open(left.interpreter_free, [*wished, *speaking], slots)
    return _matched(left.problem, starts, able, usual)


def _open(free: Sequence[int], seats: Iterable[int], slots: int) -> list[int]:
    return [seat for seat in seats if free[seat] & slots == slots]


def _matched(
    problem: Problem,
    starts: Mapping[int, int],
    able: dict[int, list[int]],
    usual: Mapping[int, int],
) -> dict[int, int]:
    """Those who can keep their seat first, then the longest; each displaces as few as it can."""
    keeping = [number for number, seats in able.items() if usual.get(number) in seats[:1]]
    kept = frozenset(keeping)
    others = (number for number in able if number not in kept)
    longest_first = sorted(others, key=lambda number: -problem.meetings[number].duration)
    slots = {number: problem.meetings[number].slots_from(starts[number]) for number in able}
    matching = Matching(able, slots)
    for number in (*keeping, *longest_first):
        matching.seat(number)
    return matching.seat_of


def with_more(
    problem: Problem, rows: Sequence[Assignment], meetings: Iterable[int]
) -> tuple[Assignment, ...]:
    """The schedule and, of these meetings, each that fits into it as it is, the weightiest first."""
    situation = situation_of(problem, rows)
    return in_order((*rows, *place_more(situation, meetings)))


def place_more(
    situation: Situation, meetings: Iterable[int], *, until: float = inf
) -> list[Assignment]:
    """Place each of these meetings that fits, the weightiest first, until a moment of `monotonic`."""
    weight = {number: situation.problem.meetings[number].weight for number in meetings}
    waiting = sorted(weight.keys() - situation.placed.keys(), key=lambda one: (-weight[one], one))
    found = []
    for number in waiting:
        if time.monotonic() > until:
            break
        row = next(rows_that_fit(situation, number), None)
        if row is not None:
            add(situation, row)
            found.append(row)
    return found


def rows_that_fit(situation: Situation, number: int) -> Iterator[Assignment]:
    """A row for each start at which this meeting could be added, everything else staying."""
    starts = starts_of(situation, number)
    if any(situation.is_at_its_limit(company) for company in starts.meeting.companies):
        return
    for start in slots_of(starts.fitting):
        table = _first(
            situation.table_free, situation.problem.places_of(starts.meeting), starts, start
        )
        person = NO_INTERPRETER
        if starts.meeting.language is not None:
            speaking = situation.speaking[starts.meeting.language]
            person = _first(situation.interpreter_free, speaking, starts, start)
        yield Assignment(number, start, table, person)


def _first(free: Sequence[int], seats: Iterable[int], starts: Starts, start: int) -> int:
    duration = starts.meeting.duration
    return next(seat for seat in seats if runs(free[seat], duration) >> start & 1)
