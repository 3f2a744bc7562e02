"""What one more table or interpreter would do for all the requests that wait, taken together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from matchmaking.scheduling.problem import (
    Assignment,
    Interpreter,
    Problem,
    Remedy,
    Subject,
)
from matchmaking.scheduling.seats import rows_that_fit
from matchmaking.scheduling.situation import Situation, add, mask_of, remove, situation_of


@dataclass(frozen=True, slots=True)
class Relief:
    """`change` is an `add_table` or `add_interpreter`; nothing else of the schedule moves.

    `placed` are the meetings it would place: at table `problem.tables`, or with interpreter
    `len(problem.interpreters)`, which is the new one. `weight` is theirs.
    """

    change: Remedy
    placed: tuple[Assignment, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class _Another:
    """A table (`language` is `None`) or an interpreter that is there in no slot yet.

    `alone` is the number it would have if it were the only one that is added.
    """

    number: int
    alone: int
    language: str | None


def reliefs(
    problem: Problem, assignments: Iterable[Assignment], *, most: int = 12
) -> tuple[Relief, ...]:
    """For each block and for the whole day, one more of each; the best first."""
    languages = sorted({one.language for one in problem.meetings if one.language})
    situation = situation_of(_with_others(problem, languages), assignments)
    waiting = _waiting(situation)
    people = len(problem.interpreters)
    others = [_Another(problem.tables, problem.tables, None)]
    others += [_Another(people + extra, people, one) for extra, one in enumerate(languages)]
    found = [
        relief
        for another in others
        for run in _runs(problem)
        if (relief := _relief(situation, another, run, waiting))
    ]
    unlike = {relief.placed: relief for relief in reversed(found)}
    return tuple(sorted(unlike.values(), key=_order)[:most])


def _order(relief: Relief) -> tuple[int, int, str]:
    return -relief.weight, len(relief.change.subjects), str(relief.change)


def _with_others(problem: Problem, languages: Iterable[str]) -> Problem:
    """One more table, and one more interpreter of each language, who are never there."""
    always, never = "1" * problem.slots, "0" * problem.slots
    tables = problem.table_available or (always,) * problem.tables
    return replace(
        problem,
        tables=problem.tables + 1,
        table_available=(*tables, never),
        interpreters=(
            *problem.interpreters,
            *(Interpreter((language,), never) for language in languages),
        ),
    )


def _runs(problem: Problem) -> list[range]:
    """What is left of each block, and all that is left of the day."""
    blocks = [range(max(first, problem.now), last + 1) for first, last in problem.blocks]
    left = [block for block in blocks if block]
    if len(left) > 1:
        left.append(range(left[0].start, left[-1].stop))
    return left


def _waiting(situation: Situation) -> list[int]:
    """Requests that are not placed and do not fit as it is, the weightiest first."""
    meetings = situation.problem.meetings
    waiting = [
        number
        for number in range(len(meetings))
        if number not in situation.placed and next(rows_that_fit(situation, number), None) is None
    ]
    return sorted(waiting, key=lambda one: (-meetings[one].weight, one))


def _relief(
    situation: Situation, another: _Another, run: range, waiting: Iterable[int]
) -> Relief | None:
    """What it places if it is there through this run; the slots are those it is used in."""
    problem = situation.problem
    _be_there(situation, another, mask_of(run))
    placed = list(_placed_with(situation, another, waiting))
    for row in placed:
        remove(situation, row)
    _be_there(situation, another, 0)
    if not placed:
        return None
    ends = [row.start + problem.meetings[row.meeting].duration for row in placed]
    slots = (Subject("slot", slot) for slot in range(min(row.start for row in placed), max(ends)))
    if another.language is None:
        change = Remedy("add_table", tuple(slots))
    else:
        change = Remedy("add_interpreter", (Subject("language", another.language), *slots))
        placed = [replace(row, interpreter=another.alone) for row in placed]
    weight = sum(problem.meetings[row.meeting].weight for row in placed)
    return Relief(change, tuple(placed), weight)


def _be_there(situation: Situation, another: _Another, slots: int) -> None:
    if another.language is None:
        situation.table_free[another.number] = slots
    else:
        situation.interpreter_free[another.number] = slots
    situation.known_starts.clear()


def _placed_with(
    situation: Situation, another: _Another, waiting: Iterable[int]
) -> Iterator[Assignment]:
    meetings = situation.problem.meetings
    for number in waiting:
        if another.language in (None, meetings[number].language):
            row = next(rows_that_fit(situation, number), None)
            if row is not None:
                add(situation, row)
                yield row
