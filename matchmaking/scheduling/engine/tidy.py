"""Fewer gaps in the companies' days, without changing who meets whom.

Every pair of slots is gone through, and chains of meetings between them are exchanged
where that leaves fewer gaps, or as many (`kempe.py`). Now and then a little more is paid,
to get out of dead ends; the best timetable seen is kept. Longer meetings move one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Ints, ints
from matchmaking.scheduling.engine.budget import Budget
from matchmaking.scheduling.engine.interpreters import Interpreters, with_interpreters
from matchmaking.scheduling.engine.kempe import chains_between, chosen, exchange, gaps, idle_runs
from matchmaking.scheduling.engine.languages import interpreters_free, language_sets, speakers
from matchmaking.scheduling.engine.moving import move_long_meetings
from matchmaking.scheduling.engine.options import COMMON
from matchmaking.scheduling.engine.plan import UNPLACED, Field, Plan
from matchmaking.scheduling.engine.resources import tables_left
from matchmaking.scheduling.engine.staying import most_staying
from matchmaking.scheduling.engine.timetable import NOBODY, Rules, Timetable, timetable_of
from matchmaking.scheduling.problem import NO_INTERPRETER

STEPS_PER_SWEEP = 10
SIDEWAYS = 0.5
HEATS = (0.0, 0.0, 0.0, 0.1, 0.0, 0.1)
"""How much more than nothing a chain may cost on average, sweep by sweep and then over again."""
FEW = 500


def tidied(
    field: Field, interpreters: Interpreters, plan: Plan, *, budget: Budget, seed: int, sweeps: int
) -> Plan:
    """The plan with fewer gaps, or itself; companies, value and unfairness stay what they are."""
    places = _places(field, plan)
    table = timetable_of(field.problem, _rules(field, plan, places), _starts(field, plan))
    better = timetables(table, budget=budget, seed=seed, sweeps=sweeps)
    return _interpreted(field, interpreters, plan, places=places, starts=list(better)[1:])


def settled_down(
    field: Field, interpreters: Interpreters, plan: Plan, *, budget: Budget, seed: int
) -> Plan:
    """The plan at times that let more companies stay at their table, with no gap more, or itself."""
    places = _places(field, plan)
    table = timetable_of(field.problem, _rules(field, plan, places), _starts(field, plan))
    start = most_staying(table, budget=budget, seed=seed)
    return _interpreted(field, interpreters, plan, places=places, starts=[start])


def _interpreted(
    field: Field, interpreters: Interpreters, plan: Plan, *, places: _Places, starts: list[Ints]
) -> Plan:
    """The plan at the last of these starts for which there are interpreters, or itself."""
    for start in reversed(starts):
        option = places.option_at[np.arange(len(start)), start]
        moved = Plan(np.where(plan.placed, option, UNPLACED), plan.interpreter)
        found = with_interpreters(field, interpreters, moved, range(field.problem.slots))
        if np.array_equal(found.placed, plan.placed):
            return found
    return plan


def least_gaps(table: Timetable, *, budget: Budget, seed: int, sweeps: int) -> Ints:
    """The starts of the best timetable that was come by."""
    *_, best = timetables(table, budget=budget, seed=seed, sweeps=sweeps)
    return best


def timetables(table: Timetable, *, budget: Budget, seed: int, sweeps: int) -> Iterator[Ints]:
    """The starts as they are, then each time when they are as good or better."""
    draw = np.random.default_rng(seed)
    cost = _cost(table)
    yield table.start.copy()
    for sweep in range(sweeps):
        if budget.is_spent or not cost[1]:
            break
        budget.spend(STEPS_PER_SWEEP)
        _sweep(table, draw, budget, heat=HEATS[sweep % len(HEATS)])
        now = _cost(table)
        if now <= cost:
            yield table.start.copy()
            cost = now


def _sweep(table: Timetable, draw: np.random.Generator, budget: Budget, *, heat: float) -> None:
    """Go through all pairs of slots once."""
    pairs = list(combinations(range(table.slots), 2))
    draw.shuffle(pairs)
    for one, other in pairs:
        if budget.seconds <= 0 or budget.stop.is_set():
            return
        chains = chains_between(table, one, other, who=_who(table))
        if chains is not None:
            welcome = np.where(draw.random(len(chains.cost)) < SIDEWAYS, 0.0, -SIDEWAYS)
            if heat:
                welcome += draw.exponential(heat, len(welcome))
            exchange(table, chains, chosen(table, chains, welcome))
    move_long_meetings(table)


def _who(table: Timetable) -> Bools:
    """Companies whose chains are worth looking at: where there are many, those with a gap."""
    if len(table.company) <= FEW:
        return np.ones(table.times.shape[1], dtype=bool)
    waiting: Bools = np.any(
        [idle_runs(*masks) > 0 for masks in zip(table.free, table.busy, strict=True)], axis=0
    )
    return waiting


def _cost(table: Timetable) -> tuple[int, int]:
    """Meetings that are not where they were published, then gaps."""
    home = table.rules.home
    return int(((home != NOBODY) & (home != table.start)).sum()), gaps(table)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where each meeting is held, and its option at each start there, or `UNPLACED`."""

    place: Ints
    option_at: Ints


def _places(field: Field, plan: Plan) -> _Places:
    options = field.packing.options
    place = np.full(len(field.durations), COMMON, dtype=np.int64)
    place[plan.placed] = options.place[plan.options]
    there = np.flatnonzero(options.place == place[options.meeting])
    option_at = np.full((len(place), field.problem.slots), UNPLACED, dtype=np.int64)
    option_at[options.meeting[there], options.start[there]] = there
    return _Places(place, option_at)


def _starts(field: Field, plan: Plan) -> Ints:
    start = np.full(len(field.durations), NOBODY, dtype=np.int64)
    start[plan.placed] = field.packing.options.start[plan.options]
    return start


def _rules(field: Field, plan: Plan, places: _Places) -> Rules:
    problem = field.problem
    languages = [meeting.language for meeting in problem.meetings]
    sets = language_sets(problem)
    pinned = _pinned(field, plan)
    free = _not_pinned(field, plan, pinned)
    tables = tables_left(problem, problem.common_tables)
    may_start = places.option_at != UNPLACED
    may_start[pinned] = False
    may_start[pinned, field.packing.options.start[plan.chosen[pinned]]] = True
    return Rules(
        duration=field.durations,
        kinds=np.array(
            [
                places.place == COMMON,
                *([each in one for each in languages] & ~pinned for one in sets),
            ]
        ),
        capacity=ints(
            [tables.sum(axis=0), *(free[speakers(problem, one)].sum(axis=0) for one in sets)]
        ),
        booth=np.where(places.place == COMMON, NOBODY, places.place),
        home=_homes(field),
        orders=ints(problem.precedences).reshape(-1, 2).T,
        may_start=may_start,
    )


def _pinned(field: Field, plan: Plan) -> Bools:
    """Long meetings with an interpreter, who stay together where they are.

    What is left then are meetings of one slot, for which counting who is free is enough.
    """
    interpreted: Bools = plan.placed & (plan.interpreter != NO_INTERPRETER)
    return interpreted & (field.durations > 1)


def _not_pinned(field: Field, plan: Plan, pinned: Bools) -> Bools:
    """Interpreter by slot: free, and not in one of these meetings."""
    free = interpreters_free(field.problem)
    for meeting in np.flatnonzero(pinned).tolist():
        start = field.start(plan, meeting)
        free[plan.interpreter[meeting], start : start + field.durations[meeting]] = False
    return free


def _homes(field: Field) -> Ints:
    """The start at which a meeting is worth more than elsewhere, where there is one."""
    packing = field.packing
    weights = ints([meeting.weight for meeting in field.problem.meetings])
    dearer = np.flatnonzero(packing.gain > weights[packing.options.meeting])
    home = np.full(len(weights), NOBODY, dtype=np.int64)
    home[packing.options.meeting[dearer]] = packing.options.start[dearer]
    return home
