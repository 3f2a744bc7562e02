"""Prices found in moments, of one group of resources after the other.

While all other prices stay, the best price of a resource is known: the meetings that gain most
for each unit of it fill it, and the first for which there is no room says what a unit is
worth. That is coordinate descent on the dual of a linear program: each round lowers the
bound, and it may end above the least. Any prices are valid (`prices.py`).
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from matchmaking.scheduling.engine.arrays import Floats, Ints
from matchmaking.scheduling.engine.packing import Packing

ROUNDS = 12


def descended_prices(packing: Packing, groups: Sequence[Ints], *, seconds: float) -> Floats:
    """Of resources of which no option should use two of one group; options are one a meeting."""
    until = time.monotonic() + seconds
    meeting, resource, amount = _entries(packing)
    price, worth = np.zeros(len(packing.capacity)), packing.gain.astype(np.float64)
    members = [np.flatnonzero(np.isin(resource, group)) for group in groups]
    members = [those for those in members if len(those)]
    least, best = np.inf, price
    for _ in range(ROUNDS):
        for those in members:
            m, r, units = meeting[those], resource[those], amount[those]
            gain = worth[m] + units * price[r]
            price[r] = 0
            crowded, dear = _crowded(gain / units, r, units, packing.capacity)
            price[crowded] = np.maximum(0.0, dear)
            worth += np.bincount(m, gain - units * price[r] - worth[m], minlength=len(worth))
        bound = float(packing.capacity @ price) + float(np.maximum(worth, 0).sum())
        if bound >= least:
            break
        least, best = bound, price.copy()
        if time.monotonic() > until:
            break
    return best


def _entries(packing: Packing) -> tuple[Ints, Ints, Ints]:
    """Who uses what, and how many units of it."""
    number = len(packing.capacity)
    user = np.repeat(np.arange(packing.meetings), np.diff(packing.first))
    key, amount = np.unique(user * number + packing.uses, return_counts=True)
    return key // number, key % number, amount


def _crowded(gain: Floats, resource: Ints, units: Ints, capacity: Ints) -> tuple[Ints, Floats]:
    """Resources that are wanted too much, and what the best use gains that no longer fits."""
    span = 3 * float(np.abs(gain).max()) + 1
    order = np.argsort(resource - gain / span, kind="stable")
    users, used = resource[order], np.cumsum(units[order])
    first = np.flatnonzero(np.diff(users, prepend=-1))
    before = (used - units[order])[first]
    within = used - np.repeat(before, np.diff(first, append=len(users)))
    beyond = np.flatnonzero(within > capacity[users])
    crowded, place = np.unique(users[beyond], return_index=True)
    return crowded, gain[order][beyond[place]]
