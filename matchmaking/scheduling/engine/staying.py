"""Fewer changes of table: times at which companies can stay where they sit.

Between two slots that follow each other, meetings that share a line form chains. Of a
chain of `n` meetings, at most half, rounded down, can pass their table on, each to the
next in the chain, and seating finds that many. So chains of an even number are wanted:
some chains between two slots are exchanged at random, and taken back if that was worse.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matchmaking.scheduling.engine.arrays import Ints
from matchmaking.scheduling.engine.budget import Budget
from matchmaking.scheduling.engine.kempe import NEVER, chains_between, chosen, exchange, labels
from matchmaking.scheduling.engine.timetable import NOBODY, Timetable

PATIENCE = 200
TRIALS_A_PAIR = 4
AT_A_TIME = 0.1


def most_staying(table: Timetable, *, budget: Budget, seed: int) -> Ints:
    """Starts that cost no gap more and let more companies stay."""
    draw = np.random.default_rng(seed)
    staying = {
        slot: _staying(table, slot)
        for slot in range(table.slots - 1)
        if table.block_of[slot] == table.block_of[slot + 1]
    }
    idle = 0
    while staying and idle < PATIENCE and not budget.is_spent:
        budget.spend()
        idle = 0 if _try_a_pair(table, staying, draw) else idle + 1
    return table.start


def _try_a_pair(table: Timetable, staying: dict[int, int], draw: np.random.Generator) -> bool:
    """Whether exchanging some chains of two slots let more companies stay."""
    one, other = sorted(draw.choice(table.slots, 2, replace=False).tolist())
    everybody = np.ones(table.times.shape[1], dtype=bool)
    chains = chains_between(table, one, other, everybody)
    if chains is None:
        return False
    around = [slot for slot in {one - 1, one, other - 1, other} if slot in staying]
    share = max(AT_A_TIME, 2 / len(chains.cost))
    for _ in range(TRIALS_A_PAIR):
        tried = draw.random(len(chains.cost)) < share
        taken = chosen(table, chains, np.where(tried, 0.0, -NEVER))
        before = _follow_ups(table, one, other) - sum(staying[slot] for slot in around)
        exchange(table, chains, taken)
        now = {slot: _staying(table, slot) for slot in around}
        after = _follow_ups(table, one, other) - sum(now.values())
        if after <= before and taken.any():
            staying.update(now)
            return after < before
        exchange(table, replace(chains, demand=-chains.demand), taken)
    return False


def _staying(table: Timetable, slot: int) -> int:
    """How many companies can keep their table from this slot to the next."""
    chain = labels(table.partner[slot], table.partner[slot + 1])
    busy = [np.flatnonzero(table.meeting[each] != NOBODY) for each in (slot, slot + 1)]
    meetings = np.bincount(chain[np.concatenate(busy)]) // 2
    return int((meetings // 2).sum())


def _follow_ups(table: Timetable, one: int, other: int) -> int:
    """Meetings that follow another of the same company in the blocks of these slots."""
    total = 0
    for block in {int(table.block_of[one]), int(table.block_of[other])}:
        first = table.block_of.searchsorted(block)
        last = table.block_of.searchsorted(block, side="right")
        times = table.times[first:last]
        total += int(times.sum()) - int((times > 0).any(axis=0).sum())
    return total
