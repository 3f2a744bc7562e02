"""The packing problem without whole numbers: slot by slot, or forgetting when things are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchmaking.scheduling.engine.arrays import Floats, Ints
from matchmaking.scheduling.engine.linear import Rows, at_most_one
from matchmaking.scheduling.engine.options import COMMON
from matchmaking.scheduling.engine.packing import Packing


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A column for each of `options`, which may stand for others that are like them.

    Row `i` of `rows` is resource `i`, or pool `i` of resources where `pool` says so.
    """

    options: Ints
    gain: Floats
    rows: Rows
    once: Rows
    pool: Ints | None = None

    def resource_prices(self, duals: Floats) -> Floats:
        """By resource, from prices of the rows."""
        if self.pool is None:
            return duals[: len(self.rows.most)]
        return np.where(self.pool >= 0, duals[self.pool], 0.0)


def slot_by_slot(packing: Packing) -> Relaxation:
    """As good as a linear program's bound can be, and slower."""
    column = np.repeat(np.arange(len(packing)), np.diff(packing.first))
    return Relaxation(
        options=np.arange(len(packing)),
        gain=packing.gain.astype(np.float64),
        rows=Rows(column, packing.uses, np.ones(len(column)), packing.capacity.astype(np.float64)),
        once=at_most_one(packing.options.meeting),
    )


def pooled(packing: Packing) -> Relaxation:
    """Small: all slots together, as if a meeting could be held a little in each."""
    options = packing.options
    places = int(options.place.max(initial=COMMON)) - COMMON + 1
    _, first, kind_of = np.unique(
        options.meeting * places + options.place, return_index=True, return_inverse=True
    )
    gain = np.zeros(len(first))
    np.maximum.at(gain, kind_of, packing.gain)
    used, length = packing.uses_of(first)
    column = np.repeat(np.arange(len(first)), length)
    pool = packing.pool[used]
    pools = int(packing.pool.max(initial=0)) + 1
    pairs, times = np.unique((column * pools + pool)[pool >= 0], return_counts=True)
    return Relaxation(
        options=first,
        gain=gain,
        rows=Rows(
            pairs // pools, pairs % pools, times.astype(np.float64), _pooled_capacity(packing)
        ),
        once=at_most_one(options.meeting[first]),
        pool=packing.pool,
    )


def useful_capacity(packing: Packing) -> Ints:
    """Capacity beyond what all options together could use is worth nothing."""
    wanted = np.bincount(packing.uses, minlength=len(packing.capacity))
    return np.minimum(packing.capacity, wanted)


def _pooled_capacity(packing: Packing) -> Floats:
    capacity = useful_capacity(packing)[packing.pool >= 0].astype(np.float64)
    pools: Floats = np.bincount(packing.pool[packing.pool >= 0], capacity).astype(np.float64)
    return pools
