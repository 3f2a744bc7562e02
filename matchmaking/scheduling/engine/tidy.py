"""Fewer gaps in the companies' days, without changing who meets whom.

Between two slots, meetings that share a company form chains: every second meeting is
in the one slot, the others are in the other. Exchanging the two slots inside one chain
double-books nobody. Every pair of slots is gone through, and each chain is exchanged
where that leaves fewer gaps. Longer meetings are moved one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from random import Random

import numpy as np

from matchmaking.scheduling.engine.arrays import ints
from matchmaking.scheduling.engine.budget import Budget
from matchmaking.scheduling.engine.diary import Diary, Move, apply, diary_of, fits, more_gaps
from matchmaking.scheduling.engine.interpreters import Interpreters, with_interpreters
from matchmaking.scheduling.engine.plan import UNPLACED, Field, Plan

SIDEWAYS = 0.3
STEPS_PER_SWEEP = 10


def tidied(
    field: Field, interpreters: Interpreters, plan: Plan, *, budget: Budget, seed: int, sweeps: int
) -> Plan:
    """The plan with fewer gaps, or itself; companies, value and unfairness stay what they are."""
    draw = Random(seed)  # noqa: S311
    for sweep in range(sweeps):
        budget.spend(STEPS_PER_SWEEP)
        diary = diary_of(field, plan)
        closed = _sweep(diary, draw, budget, sideways=SIDEWAYS if sweep else 0.0)
        swept = Plan(ints(diary.chosen), plan.interpreter)
        swept = with_interpreters(field, interpreters, swept, range(field.problem.slots))
        if budget.is_spent or not np.array_equal(swept.placed, plan.placed):
            return swept if np.array_equal(swept.placed, plan.placed) else plan
        plan = swept
        if not closed and sweep:
            break
    return plan


def _sweep(diary: Diary, draw: Random, budget: Budget, *, sideways: float) -> int:
    """Go through all pairs of slots once; how many gaps were closed."""
    closed = 0
    pairs = list(combinations(range(diary.field.problem.now, diary.field.problem.slots), 2))
    draw.shuffle(pairs)
    for one, other in pairs:
        if budget.seconds <= 0 or budget.stop.is_set():
            break
        for moves in _chains(diary, one, other):
            closed += _take_if_better(diary, moves, accept_equal=draw.random() < sideways)
    for meeting in _long_meetings(diary):
        for moves in _elsewhere(diary, meeting):
            closed += _take_if_better(diary, moves, accept_equal=False)
    return closed


def _take_if_better(diary: Diary, moves: list[Move], *, accept_equal: bool) -> int:
    """Make the moves if they are for the better; how many gaps that closed."""
    gain = diary.field.packing.gain
    worth = sum(int(gain[move.take] - gain[move.leave]) for move in moves)
    if worth < 0:
        return 0
    more = more_gaps(diary, moves)
    welcome = worth > 0 or more < 0 or (more == 0 and accept_equal)
    if not welcome or not fits(diary, moves):
        return 0
    apply(diary, moves)
    return -more


def _chains(diary: Diary, one: int, other: int) -> Iterator[list[Move]]:
    field = diary.field
    chosen = ints(diary.chosen)
    starts = field.packing.options.start[chosen]
    here = (chosen != UNPLACED) & (field.durations == 1) & ((starts == one) | (starts == other))
    seen: set[int] = set()
    for meeting in np.flatnonzero(here).tolist():
        if meeting not in seen:
            chain = _chain_of(diary, meeting, one, other)
            seen.update(chain)
            moves = [_exchanged(diary, each, one, other) for each in chain]
            if all(move.take != UNPLACED for move in moves):
                yield moves


def _chain_of(diary: Diary, meeting: int, one: int, other: int) -> list[int]:
    """The meetings that must change slots with this one, because of a company they share."""
    chain, seen = [meeting], {meeting}
    for each in chain:
        for company in diary.companies[each]:
            if diary.field.problem.participants[company].parallel > 1:
                continue
            for slot in (one, other):
                partner = diary.at[company].get(slot)
                if partner is not None and partner not in seen:
                    seen.add(partner)
                    chain.append(partner)
    return chain


def _exchanged(diary: Diary, meeting: int, one: int, other: int) -> Move:
    """The meeting in the other slot, if it is one slot long and may be held there."""
    leave = diary.chosen[meeting]
    if leave == UNPLACED or diary.field.durations[meeting] > 1:
        return Move(meeting, leave, UNPLACED)
    target = other if diary.start[leave] == one else one
    return Move(meeting, leave, diary.option_at(meeting, target))


def _long_meetings(diary: Diary) -> list[int]:
    long = (diary.field.durations > 1) & (ints(diary.chosen) != UNPLACED)
    return [int(meeting) for meeting in np.flatnonzero(long)]


def _elsewhere(diary: Diary, meeting: int) -> Iterator[list[Move]]:
    of_meeting = diary.field.packing.of_meeting
    for option in range(int(of_meeting[meeting]), int(of_meeting[meeting + 1])):
        if option != diary.chosen[meeting]:
            yield [Move(meeting, diary.chosen[meeting], option)]
