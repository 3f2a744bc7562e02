"""What happens on the day: each takes a problem and gives the problem it leaves.

    problem = begun(problem, published, now=5)
    problem = absent(problem, [17], slots=range(5, problem.slots))
    choices = repairs(problem)

`slots` are those that are lost: from one on, `range(slot, problem.slots)`; for a company
that is late, `range(now, arrival)`; for a longer session, the slots it now takes. All
numbers stay what they are; what is new follows what there was.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from statistics import median

from matchmaking.scheduling.problem import Assignment, Meeting, Participant, Previous, Problem


def begun(
    problem: Problem, schedule: Iterable[Assignment], *, now: int, move_cost: int | None = None
) -> Problem:
    """The problem once this schedule is published and the slots before `now` are over.

    `move_cost` is what a move must at least be worth; half a usual meeting if it is not said.
    """
    if move_cost is None:
        move_cost = round(median(one.weight for one in problem.meetings) / 2) if schedule else 0
    return replace(problem, previous=Previous(tuple(schedule), now, max(1, move_cost)))


def absent(problem: Problem, companies: Iterable[int], *, slots: Iterable[int]) -> Problem:
    """These companies cannot meet anybody in these slots."""
    lost = frozenset(slots)
    there = list(problem.participants)
    for number in companies:
        there[number] = replace(there[number], available=_without(there[number].available, lost))
    return replace(problem, participants=tuple(there))


def interpreters_absent(
    problem: Problem, interpreters: Iterable[int], *, slots: Iterable[int]
) -> Problem:
    lost = frozenset(slots)
    there = list(problem.interpreters)
    for number in interpreters:
        there[number] = replace(there[number], available=_without(there[number].available, lost))
    return replace(problem, interpreters=tuple(there))


def tables_lost(problem: Problem, tables: Iterable[int], *, slots: Iterable[int]) -> Problem:
    lost = frozenset(slots)
    usable = list(problem.table_available or ("1" * problem.slots,) * problem.tables)
    for table in tables:
        usable[table] = _without(usable[table], lost)
    return replace(problem, table_available=tuple(usable))


def with_companies(problem: Problem, companies: Iterable[Participant]) -> Problem:
    return replace(problem, participants=(*problem.participants, *companies))


def with_requests(problem: Problem, meetings: Iterable[Meeting]) -> Problem:
    return replace(problem, meetings=(*problem.meetings, *meetings))


def withdrawn(problem: Problem, meetings: Iterable[int]) -> Problem:
    """These meetings may start nowhere any more; what of them is past stays."""
    left = list(problem.meetings)
    for number in meetings:
        left[number] = replace(left[number], starts=())
    return replace(problem, meetings=tuple(left))


def _without(available: str, lost: frozenset[int]) -> str:
    return "".join("0" if slot in lost else mark for slot, mark in enumerate(available))
