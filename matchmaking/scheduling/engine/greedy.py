"""A valid schedule at once: the weightiest meeting first, each where most room is left."""

from __future__ import annotations

import numpy as np

from matchmaking.scheduling.engine.arrays import Floats, Ints
from matchmaking.scheduling.engine.budget import Budget
from matchmaking.scheduling.engine.plan import Field, Plan


def filled(field: Field, plan: Plan, budget: Budget) -> Plan:
    """The plan with every further meeting that fits into it, as long as time lasts."""
    packing = field.packing
    if not len(packing):
        return plan
    chosen = plan.chosen.copy()
    room = packing.capacity - packing.load(plan.options)
    share = 1.0 / np.maximum(packing.capacity, 1)
    for count, meeting in enumerate(_waiting(field, plan)):
        if count % 64 == 0 and budget.is_spent:
            break
        option = _roomiest(field, meeting, room, share)
        if option is not None:
            chosen[meeting] = option
            room[packing.uses[packing.first[option] : packing.first[option + 1]]] -= 1
    return Plan(chosen, plan.interpreter)


def _waiting(field: Field, plan: Plan) -> list[int]:
    """Unplaced meetings that have an option, the best gain for its length first."""
    packing = field.packing
    some = np.flatnonzero(np.diff(packing.of_meeting))
    best = np.maximum.reduceat(packing.gain, packing.of_meeting[some]) / field.durations[some]
    order: Ints = some[np.argsort(-best, kind="stable")]
    return [int(meeting) for meeting in order[~plan.placed[order]]]


def _roomiest(field: Field, meeting: int, room: Ints, share: Floats) -> int | None:
    packing = field.packing
    options = slice(packing.of_meeting[meeting], packing.of_meeting[meeting + 1])
    first = packing.first[options]
    used = packing.uses[first[0] : packing.first[options.stop]]
    fits = np.minimum.reduceat(room[used], first - first[0]) > 0
    if not fits.any():
        return None
    left = np.add.reduceat(room[used] * share[used], first - first[0])
    gain = packing.gain[options]
    order = np.lexsort((left, gain, fits))
    return int(options.start + order[-1])
