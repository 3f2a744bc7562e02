"""Upper bounds from prices of the resources.

Let resource `r` have capacity `c[r]` and any price `y[r] >= 0`. Whatever is placed,
its options use at most `c[r]` of each resource, so

    value <= sum of c[r] y[r] + sum over meetings of the best gain of an option less its prices
             (0 where every option costs more than it gains).

This holds for any prices at all. Linear programs only find good ones, in floating
point; the sum itself is taken in whole numbers, so no rounding can loosen the bound.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchmaking.scheduling.engine import linear
from matchmaking.scheduling.engine.arrays import Bools, Floats, Ints
from matchmaking.scheduling.engine.linear import program
from matchmaking.scheduling.engine.packing import Packing
from matchmaking.scheduling.engine.relaxation import (
    Relaxation,
    pooled,
    slot_by_slot,
    useful_capacity,
)

EXACT = 2**60


@dataclass(frozen=True, slots=True)
class PricedBound:
    """A proved bound, and what an option's choice would lower it by, at least."""

    bound: int
    loss: Floats

    def hopeful(self, value: int, *, at_most: float = np.inf) -> Bools:
        """Options that a schedule of at least this value may use, and that lose little."""
        hopeful: Bools = self.loss <= min(self.bound - value + 1, at_most)
        return hopeful


def bound_by(packing: Packing, prices: Floats) -> PricedBound:
    if not len(packing):
        return PricedBound(packing.constant, np.zeros(0))
    capacity = useful_capacity(packing)
    scale = _scale(packing, capacity)
    most = int(packing.gain.max())
    exact = np.floor(np.clip(prices, 0, most) * scale).astype(np.int64)
    cost = np.add.reduceat(exact[packing.uses], packing.first[:-1])
    left = packing.gain * scale - cost
    meetings = np.flatnonzero(np.diff(packing.of_meeting))
    best = np.maximum(np.maximum.reduceat(left, packing.of_meeting[meetings]), 0)
    total = int(np.sum(best)) + sum((capacity * exact).tolist())
    each = np.repeat(best, np.diff(packing.of_meeting)[meetings])
    return PricedBound(packing.constant + total // scale, (each - left) / scale)


def trivial_bound(packing: Packing) -> PricedBound:
    """Every meeting at its best: what holds when nothing has a price."""
    return bound_by(packing, np.zeros(len(packing.capacity)))


def _scale(packing: Packing, capacity: Ints) -> int:
    """The power of two that whole numbers can still hold every sum at."""
    most = int(packing.gain.max())
    largest = most * max(int(capacity.max(initial=1)), packing.meetings, 64) * 64
    bits = (EXACT // max(1, largest)).bit_length() - 1
    return 1 << max(0, min(30, bits))


def pooled_prices(packing: Packing, *, seconds: float) -> Floats:
    """Prices that are the same in all slots, from a small program."""
    return _prices(pooled(packing), seconds=seconds, interior=False)


def exact_prices(packing: Packing, *, seconds: float) -> Floats:
    """Prices slot by slot: as good as a linear program's bound can be, and slower."""
    return _prices(slot_by_slot(packing), seconds=seconds, interior=True)


def _prices(relaxed: Relaxation, *, seconds: float, interior: bool) -> Floats:
    whole = program(relaxed.gain, [relaxed.rows, relaxed.once])
    return relaxed.resource_prices(linear.prices(whole, seconds=seconds, interior=interior))
