"""Exchanging two slots along chains: fewer gaps, and nobody meets anybody else.

Between two slots, meetings that share a line form chains (Kempe 1879): every second
meeting is in the one slot, the others are in the other. Exchanging the two slots inside a
chain double-books nobody. All chains of a pair of slots are weighed at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Floats, Ints, ints
from matchmaking.scheduling.engine.timetable import NOBODY, Masks, Timetable

NEVER = 1e9


@dataclass(frozen=True, slots=True)
class Chains:
    """The chains between slots `one` and `other`.

    `chain` is by line, `NOBODY` for lines that are idle in both. `moving` are the meetings in
    either slot, `of` their chains. `cost` is by chain: the gaps that exchanging it would
    add, or `NEVER`. `demand[k]` is how many more things of kind `k` that would need in `one`,
    and fewer in `other`.
    """

    one: int
    other: int
    chain: Ints
    moving: Ints
    of: Ints
    cost: Floats
    demand: Ints


def chains_between(table: Timetable, one: int, other: int, who: Bools) -> Chains | None:
    """The chains that some of these companies are in, if there are any."""
    chain, count = _numbered(table, one, other, who)
    if not count:
        return None
    first, second = (
        lines[chain[lines] != NOBODY]
        for lines in (_each_once(table, one), _each_once(table, other))
    )
    moving = np.concatenate([table.meeting[one, first], table.meeting[other, second]])
    of = np.concatenate([chain[first], chain[second]])
    cost = _more_gaps(table, (one, other), chain, count)
    back = np.bincount(of, _returns(table, moving, one + other), minlength=count)
    cost -= back * table.slots * len(table.company)
    cost[back < 0] = NEVER
    cost[of[~_can_exchange(table, moving, one, other)]] = NEVER
    if table.has_booths:
        cost[_clashing(table, one, other, chain)] = NEVER
    cost[_disordered(table, moving, of, one + other)] = NEVER
    side = np.where(np.arange(len(moving)) < len(first), -1, 1)
    demand = [
        np.bincount(of[members[moving]], side[members[moving]], minlength=count)
        for members in table.rules.kinds
    ]
    return Chains(one, other, chain, moving, of, cost, ints(demand).reshape(-1, count))


def _numbered(table: Timetable, one: int, other: int, who: Bools) -> tuple[Ints, int]:
    """By line, the number of its chain, and how many chains there are."""
    label = labels(table.partner[one], table.partner[other])
    busy = (table.meeting[one] != NOBODY) | (table.meeting[other] != NOBODY)
    roots = np.zeros(len(label), dtype=bool)
    roots[label[busy & who[table.company]]] = True
    number = np.cumsum(roots) - 1
    return np.where(busy & roots[label], number[label], NOBODY), int(roots.sum())


def labels(one: Ints, other: Ints) -> Ints:
    """The least line of each line's chain.

    Going on to the partner in one slot, then to the partner in the other, comes past every
    second line of a chain, or past all; each round looks twice as far ahead as the last.
    """
    label = np.minimum(np.arange(len(one)), one)
    ahead = other[one]
    while True:
        label = np.minimum(label, label[ahead])
        if (label == label[one]).all() and (label == label[other]).all():
            return label
        ahead = ahead[ahead]


def _with_bit(masks: Masks, bit: int, is_set: Bools) -> Masks:
    return np.where(is_set, masks | bit, masks & ~bit)


def _each_once(table: Timetable, slot: int) -> Ints:
    """One line of each meeting of a slot."""
    partner = table.partner[slot]
    return np.flatnonzero(partner > np.arange(len(partner)))


def _can_exchange(table: Timetable, moving: Ints, one: int, other: int) -> Bools:
    can: Bools = table.moves[moving]
    if table.rules.may_start is not None:
        target = one + other - table.start[moving]
        can = can & table.rules.may_start[moving, np.clip(target, 0, table.slots - 1)]
    return can


def _clashing(table: Timetable, one: int, other: int, chain: Ints) -> Ints:
    """Chains that would come to a booth which is taken by a meeting of another chain."""
    lines = [_each_once(table, slot) for slot in (one, other)]
    meetings = [table.meeting[one, lines[0]], table.meeting[other, lines[1]]]
    booth, of = table.rules.booth[np.concatenate(meetings)], chain[np.concatenate(lines)]
    order = np.argsort(booth, kind="stable")
    booth, of = booth[order], of[order]
    clash = np.flatnonzero((booth[1:] == booth[:-1]) & (booth[1:] != NOBODY) & (of[1:] != of[:-1]))
    clashing: Ints = np.concatenate([of[clash], of[clash + 1]])
    return clashing[np.flatnonzero(clashing != NOBODY)]


def _disordered(table: Timetable, moving: Ints, of: Ints, both: int) -> Ints:
    """Chains whose exchange alone would put a meeting before another that must precede it."""
    if not table.rules.orders.size:
        return ints([])
    chain = np.full(len(table.start), NOBODY, dtype=np.int64)
    chain[moving] = of
    before, after = table.rules.orders
    placed = (table.start[before] != NOBODY) & (table.start[after] != NOBODY)
    before, after = before[placed], after[placed]
    found = []
    for moved in (before, after):
        start = [
            np.where(
                (chain[each] == chain[moved]) & (chain[moved] != NOBODY),
                both - table.start[each],
                table.start[each],
            )
            for each in (before, after)
        ]
        wrong = start[0] + table.rules.duration[before] > start[1]
        found.append(chain[moved[wrong & (chain[moved] != NOBODY)]])
    return np.concatenate(found)


def _returns(table: Timetable, moving: Ints, both: int) -> Ints:
    """1 for a meeting that would come back to where it was published, -1 for one that would leave."""
    home, start = table.rules.home[moving], table.start[moving]
    returns: Ints = 1 * (home == both - start) - 1 * (home == start)
    return returns


def _more_gaps(table: Timetable, pair: tuple[int, int], chain: Ints, count: int) -> Floats:
    one, other = pair
    here, there = table.meeting[one] != NOBODY, table.meeting[other] != NOBODY
    ends = np.flatnonzero((here != there) & (chain != NOBODY))
    company, of = table.company[ends], chain[ends]
    change = 1 * there[ends] - 1 * here[ends]
    if len(table.company) > table.times.shape[1]:
        both, where = np.unique(of * table.times.shape[1] + company, return_inverse=True)
        change = np.bincount(where, change, minlength=len(both)).astype(np.int64)
        of, company = np.divmod(both, table.times.shape[1])
    slots = ((one, change), (other, -change))
    more = np.zeros(len(company), dtype=np.int64)
    for block in {int(table.block_of[one]), int(table.block_of[other])}:
        free, before = table.free[block][company], table.busy[block][company]
        after = before
        for slot, by in slots:
            if table.block_of[slot] == block:
                after = _with_bit(after, table.bit[slot], table.times[slot, company] + by > 0)
        more += idle_runs(free, after) - idle_runs(free, before)
    return np.bincount(of, more, minlength=count).astype(np.float64)


def idle_runs(free: Masks, busy: Masks) -> Ints:
    """Of each pair of masks, the runs of bits that are free, between two that are busy."""
    up_to_last = busy
    reach = 1
    while (further := up_to_last >> reach).any():
        up_to_last = up_to_last | further
        reach *= 2
    between = up_to_last & ~((busy & -busy) - 1)
    idle = free & ~busy & between
    begins = idle & ~(idle << 1)
    runs: Ints = (_COUNT if begins.dtype == object else np.bitwise_count)(begins).astype(np.int64)
    return runs


_COUNT = np.frompyfunc(int.bit_count, 1, 1)


def gaps(table: Timetable) -> int:
    return int(sum(idle_runs(*masks).sum() for masks in zip(table.free, table.busy, strict=True)))


def exchange(table: Timetable, chains: Chains, taken: Bools) -> None:
    """Exchange the two slots in the chains that are taken."""
    one, other = chains.one, chains.other
    lines = np.flatnonzero((chains.chain != NOBODY) & taken[chains.chain])
    change = 1 * (table.meeting[other, lines] != NOBODY) - 1 * (table.meeting[one, lines] != NOBODY)
    company = table.company[lines]
    for slot, by in ((one, change), (other, -change)):
        np.add.at(table.times[slot], company, by)
        busy = table.busy[table.block_of[slot]]
        busy[company] = _with_bit(busy[company], table.bit[slot], table.times[slot, company] > 0)
    for grid in (table.meeting, table.partner):
        kept = grid[one, lines].copy()
        grid[one, lines] = grid[other, lines]
        grid[other, lines] = kept
    meetings = chains.moving[taken[chains.of]]
    table.start[meetings] = one + other - table.start[meetings]
    more = chains.demand[:, taken].sum(axis=1)
    table.load[:, one] += more
    table.load[:, other] -= more


def chosen(table: Timetable, chains: Chains, welcome: Floats) -> Bools:
    """Chains to exchange together: those that cost at most what is welcome, while there is room.

    Chains that need more tables in one slot go in pairs with chains that need fewer.
    """
    taken = np.zeros(len(chains.cost), dtype=bool)
    hopeful = chains.cost - welcome
    hopeful[_second_best(table, chains, hopeful)] = NEVER
    neutral = np.logical_not(chains.demand.any(axis=0))
    taken[neutral & (hopeful <= 0)] = True
    room = (table.rules.capacity - table.load)[:, [chains.one, chains.other]].T.tolist()
    demands = chains.demand.T.tolist()
    for bundle in _bundles(chains, hopeful, ~neutral):
        more = [sum(each) for each in zip(*(demands[chain] for chain in bundle), strict=True)]
        left = (
            [have - need for have, need in zip(room[0], more, strict=True)],
            [have + need for have, need in zip(room[1], more, strict=True)],
        )
        if min(left[0]) >= 0 and min(left[1]) >= 0:
            taken[bundle] = True
            room = left
    return taken


def _second_best(table: Timetable, chains: Chains, hopeful: Floats) -> Ints:
    """Chains of a company with several lines, but for its best: their costs do not add up."""
    if len(table.company) == table.times.shape[1]:
        return ints([])
    lines = np.flatnonzero(chains.chain != NOBODY)
    lines = lines[table.shared[lines]]
    rank = np.empty(len(hopeful), dtype=np.int64)
    rank[np.argsort(hopeful, kind="stable")] = np.arange(len(hopeful))
    best = np.full(table.times.shape[1], len(rank))
    np.minimum.at(best, table.company[lines], rank[chains.chain[lines]])
    beaten = rank[chains.chain[lines]] > best[table.company[lines]]
    return chains.chain[lines[beaten]]


def _bundles(chains: Chains, hopeful: Floats, wanted: Bools) -> Iterator[list[int]]:
    """Pairs of chains that balance each other, then single ones, the best first."""
    balance = chains.demand[0]
    sides = []
    for side in (balance > 0, balance < 0):
        candidates = np.flatnonzero(wanted & side & (hopeful < NEVER / 2))
        sides.append(candidates[np.argsort(hopeful[candidates], kind="stable")].tolist())
    together = 0
    for more, less in zip(*sides, strict=False):
        if hopeful[more] + hopeful[less] > 0:
            break
        together += 1
        yield [more, less]
    for side in sides:
        yield from ([one] for one in side[together:] if hopeful[one] <= 0)
    unbalanced = np.flatnonzero(wanted & (balance == 0) & (hopeful <= 0))
    yield from ([int(one)] for one in unbalanced)
