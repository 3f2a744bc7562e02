"""When the selected meetings are held, where all slots are alike: bipartite edge colouring.

Slots are the colours. A company that meets `d` times in `k` slots, on `p` lines, has
`d <= p k`; all meetings together are `e <= tables x k`. Divide the slots into two parts of
`k1` and `k2`. Were every meeting held to a share of `k1 / k` in the first part, nothing
would be overfull in either. So a flow of whole numbers does the same: each company has at
most `p k1` meetings in the first part and `p k2` in the second, and no part has more than
its share of all meetings. Each part is divided again until it is one slot. (That is
König's theorem of 1916, and de Werra's of 1971 on colours that are used equally often.)

Of all such divisions, one is taken in which companies have their meetings of a block in a
row: those that have some before the part want theirs early, those with some after it, late.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Ints, ints
from matchmaking.scheduling.engine.network import cheapest, network
from matchmaking.scheduling.engine.uniform import Uniform

EARLY, ANY, LATE = -1, 0, 1
PULL = 4


@dataclass(frozen=True, slots=True)
class _Part:
    """Some meetings and the slots they are to be held in, `wish` by company."""

    meetings: Ints
    slots: Ints
    wish: Ints


def coloured(uniform: Uniform, held: Bools, seed: int) -> Ints:
    """A slot for each candidate that is held, -1 for the others."""
    slot = np.full(len(held), -1, dtype=np.int64)
    draw = np.random.default_rng(seed)
    for block, meetings in _shared_between_blocks(uniform, np.flatnonzero(held)):
        parts = [_Part(meetings, block, np.full(uniform.companies, ANY))]
        while parts:
            part = parts.pop()
            if len(part.slots) == 1:
                slot[part.meetings] = part.slots[0]
            elif len(part.meetings):
                parts += _divided(uniform, part, draw)
    return slot


def _shared_between_blocks(uniform: Uniform, meetings: Ints) -> Iterator[tuple[Ints, Ints]]:
    """The slots of each block, and meetings for it: each company's share, up to one."""
    number = ints(uniform.problem.block_of_slot)[uniform.slots]
    blocks = [uniform.slots[number == one] for one in np.unique(number)]
    waiting = [(blocks, meetings)]
    while waiting:
        together, meetings = waiting.pop()
        if len(together) == 1:
            yield together[0], meetings
            continue
        middle = len(together) // 2
        sizes = sum(map(len, together[:middle])), sum(map(len, together[middle:]))
        first = _halved(uniform, meetings, sizes, None)
        waiting.append((together[:middle], meetings[first]))
        waiting.append((together[middle:], meetings[~first]))


def _divided(uniform: Uniform, part: _Part, draw: np.random.Generator) -> tuple[_Part, _Part]:
    """Two parts of a block; who has no wish is drawn to either of them."""
    middle = len(part.slots) // 2
    chance = draw.choice(ints([EARLY, LATE]), uniform.companies)
    pull = np.where(part.wish == ANY, chance, part.wish * PULL)
    sizes = middle, len(part.slots) - middle
    first = _halved(uniform, part.meetings, sizes, pull)
    halves = part.meetings[first], part.meetings[~first]
    in_both = np.logical_and(*(_counts(uniform, half) > 0 for half in halves))
    return (
        _Part(halves[0], part.slots[:middle], _unless(part.wish, EARLY, in_both, LATE)),
        _Part(halves[1], part.slots[middle:], _unless(part.wish, LATE, in_both, EARLY)),
    )


def _unless(wish: Ints, kept: int, where: Bools, changed: int) -> Ints:
    return np.where(where & (wish != kept), changed, wish)


def _counts(uniform: Uniform, meetings: Ints) -> Ints:
    companies = np.concatenate([uniform.left[meetings], uniform.right[meetings]])
    return np.bincount(companies, minlength=uniform.companies)


def _halved(uniform: Uniform, meetings: Ints, sizes: tuple[int, int], pull: Ints | None) -> Bools:
    """Which meetings are held in the first of two parts of so many slots.

    A positive `pull` draws a company to the second part, a negative one to the first. With
    none, each company has the same share of its meetings in each part, up to one meeting.
    """
    sides = [
        np.unique(side[meetings], return_inverse=True, return_counts=True)
        for side in (uniform.left, uniform.right)
    ]
    bounds = [_bounds(uniform.lines[one], count, sizes, pull) for one, _, count in sides]
    (left, left_of, _), (right, right_of, _) = sides
    (left_least, left_room), (right_least, right_room) = bounds
    source, sink = len(left) + len(right), len(left) + len(right) + 1
    units = len(meetings) * sizes[0] // sum(sizes)
    rest = ints([units - left_least.sum(), right_least.sum() - units])
    cost = np.zeros(uniform.companies, dtype=np.int64) if pull is None else pull
    right_node = len(left) + np.arange(len(right))
    arcs = [
        (left_of, len(left) + right_of, np.ones_like(meetings), np.zeros_like(meetings)),
        (np.full(len(left), source), np.arange(len(left)), left_room, cost[left]),
        (right_node, np.full(len(right), sink), right_room, cost[right]),
    ]
    flow = cheapest(network(arcs, np.concatenate([left_least, -right_least, rest])))
    first: Bools = flow[: len(meetings)] > 0
    return first


def _bounds(
    lines: Ints, count: Ints, sizes: tuple[int, int], pull: Ints | None
) -> tuple[Ints, Ints]:
    """How many of its meetings each company has in the first part at least, and how many more."""
    first, second = sizes
    if pull is None:
        share = count * first
        least, most = share // (first + second), -(-share // (first + second))
    else:
        least, most = np.maximum(0, count - lines * second), np.minimum(count, lines * first)
    return least, most - least
