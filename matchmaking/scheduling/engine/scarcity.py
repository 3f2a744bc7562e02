"""What one more unit of everything scarce is worth, by a small linear program.

The program forgets when things are: each meeting is held as a part of itself, and its
companies, tables and interpreters have so many slots in all. Its duals are the prices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from matchmaking.scheduling.engine import linear
from matchmaking.scheduling.engine.arrays import Floats, Ints, ints
from matchmaking.scheduling.engine.languages import language_sets
from matchmaking.scheduling.engine.packing import packing_of
from matchmaking.scheduling.problem import Problem
from matchmaking.scheduling.situation import Situation, situation_of


@dataclass(frozen=True, slots=True)
class Scarcity:
    """Prices of one slot of a common table, of each company, of who speaks one of a set of
    languages; and of one more meeting for each company."""

    table: float
    company: tuple[float, ...]
    limit: tuple[float, ...]
    languages: dict[frozenset[str], float]

    def speaking(self, spoken: Iterable[str]) -> float:
        """Of one slot of an interpreter of these languages."""
        known = frozenset(spoken)
        return sum(price for one, price in self.languages.items() if one & known)


@dataclass(frozen=True, slots=True)
class _Demand:
    """How much of one thing each of these meetings needs, and how much there is."""

    meetings: Ints
    needs: Ints
    most: int


def scarcity_of(problem: Problem, *, seconds: float) -> Scarcity:
    left = situation_of(problem, problem.past)
    sets = language_sets(problem)
    demands = [
        _tables(left),
        *_companies(left),
        *_limits(left),
        *(_interpreters(left, one) for one in sets),
    ]
    count = len(problem.participants)
    found = _prices(problem, demands, seconds).tolist()
    return Scarcity(
        table=found[0],
        company=tuple(found[1 : 1 + count]),
        limit=tuple(found[1 + count : 1 + 2 * count]),
        languages=dict(zip(sets, found[1 + 2 * count :], strict=True)),
    )


def _prices(problem: Problem, demands: list[_Demand], seconds: float) -> Floats:
    packing = packing_of(problem)
    column = np.full(len(problem.meetings), -1)
    possible = np.flatnonzero(np.diff(packing.of_meeting))
    if not len(possible):
        return np.zeros(len(demands))
    column[possible] = np.arange(len(possible))
    row = np.repeat(np.arange(len(demands)), [len(one.meetings) for one in demands])
    meetings = np.concatenate([one.meetings for one in demands])
    needs = np.concatenate([one.needs for one in demands])
    kept = column[meetings] >= 0
    rows = linear.Rows(
        column=column[meetings[kept]],
        row=row[kept],
        factor=needs[kept].astype(np.float64),
        most=np.array([one.most for one in demands], dtype=np.float64),
    )
    gain = np.maximum.reduceat(packing.gain, packing.of_meeting[possible]).astype(np.float64)
    program = linear.program(gain, [rows])
    return linear.prices(program, seconds=seconds, interior=False)[: len(demands)]


def _slots_left(left: Situation, mask: int) -> int:
    return (mask >> left.problem.now).bit_count()


def _demand(left: Situation, meetings: Iterable[int], most: int, *, each: bool = False) -> _Demand:
    numbers = ints(list(meetings))
    durations = ints([left.problem.meetings[one].duration for one in numbers.tolist()])
    return _Demand(numbers, np.ones_like(durations) if each else durations, most)


def _tables(left: Situation) -> _Demand:
    problem = left.problem
    common = [number for number, one in enumerate(problem.meetings) if not problem.booths_of(one)]
    most = sum(_slots_left(left, left.table_free[table]) for table in problem.common_tables)
    return _demand(left, common, most)


def _meetings_of(problem: Problem) -> list[list[int]]:
    of_company: list[list[int]] = [[] for _ in problem.participants]
    for number, meeting in enumerate(problem.meetings):
        for company in meeting.companies:
            of_company[company].append(number)
    return of_company


def _companies(left: Situation) -> Iterator[_Demand]:
    for company, meetings in enumerate(_meetings_of(left.problem)):
        lines = left.problem.participants[company].parallel
        yield _demand(left, meetings, lines * _slots_left(left, left.open_lines(company)))


def _limits(left: Situation) -> Iterator[_Demand]:
    for company, meetings in enumerate(_meetings_of(left.problem)):
        most = left.problem.participants[company].max_meetings - left.held[company]
        yield _demand(left, meetings, max(0, most), each=True)


def _interpreters(left: Situation, languages: frozenset[str]) -> _Demand:
    meetings = [
        number for number, one in enumerate(left.problem.meetings) if one.language in languages
    ]
    people = {one for language in languages for one in left.speaking[language]}
    return _demand(
        left, meetings, sum(_slots_left(left, left.interpreter_free[one]) for one in people)
    )
