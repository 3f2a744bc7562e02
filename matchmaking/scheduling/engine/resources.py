"""What options use, and how much of it there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Ints, ints, spans
from matchmaking.scheduling.engine.languages import (
    interpreters_free,
    language_sets,
    speakers,
)
from matchmaking.scheduling.engine.options import COMMON, Options
from matchmaking.scheduling.problem import Problem


@dataclass(frozen=True, slots=True)
class Resources:
    """Option `option[k]` uses one unit of resource `used[k]`, of which there are `capacity`.

    `pool` groups resources that are the same thing in different slots; a conflict
    between two meetings is in no pool and has -1.
    """

    option: Ints
    used: Ints
    capacity: Ints
    pool: Ints


@dataclass(frozen=True, slots=True)
class _Demand:
    """Some options' demand: `capacity` units, numbered from 0, of pools numbered from 0."""

    option: Ints
    used: Ints
    capacity: Ints
    pool: Ints


def resources_of(problem: Problem, options: Options) -> Resources:
    demands = [
        _companies(problem, options),
        _common_tables(problem, options),
        _booths(problem, options),
        _interpreters(problem, options),
        _limits(problem, options),
        *_conflicts(problem, options),
    ]
    resource, pool = 0, 0
    used, pools = [], []
    for demand in demands:
        used.append(demand.used + resource)
        pools.append(np.where(demand.pool < 0, -1, demand.pool + pool))
        resource += len(demand.capacity)
        pool += int(demand.pool.max(initial=-1)) + 1
    return Resources(
        option=np.concatenate([demand.option for demand in demands]),
        used=np.concatenate(used),
        capacity=np.concatenate([demand.capacity for demand in demands]),
        pool=np.concatenate(pools),
    )


def _through_slots(problem: Problem, options: Options, chosen: Ints) -> tuple[Ints, Ints]:
    """These options and the slots they cover, as pairs."""
    durations = ints([meeting.duration for meeting in problem.meetings])
    length = durations[options.meeting[chosen]]
    return np.repeat(chosen, length), spans(options.start[chosen], length)


def _companies(problem: Problem, options: Options) -> _Demand:
    option, slot = _through_slots(problem, options, np.arange(len(options)))
    meeting = options.meeting[option]
    a = ints([each.a for each in problem.meetings])[meeting]
    b = ints([each.b for each in problem.meetings])[meeting]
    lines = ints([company.parallel for company in problem.participants])
    capacity = np.repeat(lines, problem.slots)
    for held in problem.past:
        each = problem.meetings[held.meeting]
        for taken in each.slots_from(held.start):
            for company in each.companies:
                if taken < problem.slots:
                    capacity[company * problem.slots + taken] -= 1
    return _Demand(
        option=np.concatenate([option, option]),
        used=np.concatenate([a * problem.slots + slot, b * problem.slots + slot]),
        capacity=np.maximum(capacity, 0),
        pool=np.repeat(np.arange(len(lines)), problem.slots),
    )


def _common_tables(problem: Problem, options: Options) -> _Demand:
    option, slot = _through_slots(problem, options, np.flatnonzero(options.place == COMMON))
    capacity = tables_left(problem, problem.common_tables).sum(axis=0, dtype=np.int64)
    return _Demand(option, slot, capacity, np.zeros(problem.slots, dtype=np.int64))


def _booths(problem: Problem, options: Options) -> _Demand:
    booths = sorted(problem.booths)
    option, slot = _through_slots(problem, options, np.flatnonzero(options.place != COMMON))
    number = np.searchsorted(booths, options.place[option])
    return _Demand(
        option=option,
        used=number * problem.slots + slot,
        capacity=tables_left(problem, booths).reshape(-1).astype(np.int64),
        pool=np.repeat(np.arange(len(booths)), problem.slots),
    )


def tables_left(problem: Problem, tables: Sequence[int]) -> Bools:
    """Table by slot: it can be used, and no meeting of the past goes on there."""
    left = np.ones((len(tables), problem.slots), dtype=bool)
    row = {table: number for number, table in enumerate(tables)}
    if problem.table_available:
        for table, number in row.items():
            left[number] = [mark == "1" for mark in problem.table_available[table]]
    for held in problem.past:
        if held.table in row:
            end = held.start + problem.meetings[held.meeting].duration
            left[row[held.table], held.start : end] = False
    return left


def _interpreters(problem: Problem, options: Options) -> _Demand:
    sets = language_sets(problem)
    free = interpreters_free(problem)
    languages = [meeting.language for meeting in problem.meetings]
    option: list[Ints] = [ints([])]
    used: list[Ints] = [ints([])]
    capacity: list[Ints] = [ints([])]
    for number, one in enumerate(sets):
        meant = np.array([language in one for language in languages], dtype=bool)
        these, slot = _through_slots(problem, options, np.flatnonzero(meant[options.meeting]))
        option.append(these)
        used.append(number * problem.slots + slot)
        capacity.append(free[speakers(problem, one)].sum(axis=0))
    return _Demand(
        option=np.concatenate(option),
        used=np.concatenate(used),
        capacity=np.concatenate(capacity),
        pool=np.repeat(np.arange(len(sets)), problem.slots),
    )


def _limits(problem: Problem, options: Options) -> _Demand:
    """Limits of the companies whose lines would let them hold more meetings."""
    capacity = ints([company.max_meetings for company in problem.participants])
    for held in problem.past:
        capacity[list(problem.meetings[held.meeting].companies)] -= 1
    lines = ints([company.parallel * company.free_slots for company in problem.participants])
    limited = np.flatnonzero(capacity < lines)
    number = np.full(len(capacity), -1)
    number[limited] = np.arange(len(limited))
    option, used = [], []
    for side in ("a", "b"):
        company = ints([getattr(meeting, side) for meeting in problem.meetings])
        its_limit = number[company[options.meeting]]
        option.append(np.flatnonzero(its_limit >= 0))
        used.append(its_limit[its_limit >= 0])
    return _Demand(
        option=np.concatenate(option),
        used=np.concatenate(used),
        capacity=np.maximum(capacity[limited], 0),
        pool=np.arange(len(limited)),
    )


def _conflicts(problem: Problem, options: Options) -> Iterator[_Demand]:
    """One unit for each start of the first meeting: it then, or later, or the second too early."""
    for before, after in problem.precedences:
        first = options.of(before)
        second = options.of(after)
        duration = problem.meetings[before].duration
        starts = np.unique(options.start[first])
        option, used = [ints([])], [ints([])]
        for number, start in enumerate(starts):
            late = first[options.start[first] >= start]
            early = second[options.start[second] < start + duration]
            option += [late, early]
            used.append(np.full(len(late) + len(early), number, dtype=np.int64))
        yield _Demand(
            option=np.concatenate(option),
            used=np.concatenate(used),
            capacity=np.ones(len(starts), dtype=np.int64),
            pool=np.full(len(starts), -1, dtype=np.int64),
        )
