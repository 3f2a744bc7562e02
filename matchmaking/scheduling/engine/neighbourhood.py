"""One part of a plan made anew: what may change, and the best way to as a small program."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Floats, Ints
from matchmaking.scheduling.engine.fairness import shortfalls
from matchmaking.scheduling.engine.linear import Effort, Rows, at_most_one, best_whole, program
from matchmaking.scheduling.engine.plan import UNPLACED, Field, Plan


@dataclass(frozen=True, slots=True)
class Part:
    """Meetings that may be placed anew, the options they may choose, and what room there is."""

    meetings: Bools
    options: Ints
    room: Ints


def part_in_slots(field: Field, plan: Plan, slots: Bools, allowed: Bools) -> Part:
    """Everything that happens inside these slots, and whatever is not placed yet."""
    inside = options_inside(field, slots)
    meetings = ~plan.placed
    meetings[plan.placed] = inside[plan.options]
    return part_of(field, plan, meetings, inside & allowed)


def options_inside(field: Field, slots: Bools) -> Bools:
    before = np.concatenate(([0], np.cumsum(slots)))
    start = field.packing.options.start
    length = field.durations[field.packing.options.meeting]
    inside: Bools = before[start + length] - before[start] == length
    return inside


def part_of(field: Field, plan: Plan, meetings: Bools, allowed: Bools) -> Part:
    packing = field.packing
    allowed = allowed.copy()
    allowed[plan.options] = True
    room = packing.capacity - packing.load(plan.chosen[plan.placed & ~meetings])
    candidates = np.flatnonzero(meetings[packing.options.meeting] & allowed)
    if not len(candidates):
        return Part(meetings, candidates, room)
    used, length = packing.uses_of(candidates)
    fits = np.minimum.reduceat(room[used], np.cumsum(length) - length) > 0
    return Part(meetings, candidates[fits], room)


def remade(field: Field, plan: Plan, part: Part, *, fair: bool, effort: Effort) -> Plan:
    """The plan with this part as valuable as can be; `fair` then makes it as fair as can be.

    Which of many equally good ways is taken is drawn by the effort's seed, so that
    coming back to the same part can lead out of a dead end.
    """
    packing = field.packing
    meeting = packing.options.meeting[part.options]
    gain = packing.gain[part.options].astype(np.float64)
    groups = [_rows_of(field, part), at_most_one(meeting)]
    missing: Floats = np.zeros(0)
    if fair:
        shortfall = shortfalls(field, plan, part.meetings, part.options)
        gain, missing = gain * shortfall.worth, shortfall.cost
        groups.append(shortfall.rows)
    draw = np.random.default_rng(effort.seed).random(len(gain))
    gain += draw * 0.4 / max(1, int(np.unique(meeting).size))
    small = program(np.concatenate([gain, -missing]), groups, whole=len(gain))
    taken = best_whole(small, plan.chosen[meeting] == part.options, effort)
    chosen = plan.chosen.copy()
    chosen[part.meetings] = UNPLACED
    chosen[meeting[taken]] = part.options[taken]
    return Plan(chosen, plan.interpreter)


def _rows_of(field: Field, part: Part) -> Rows:
    """The resources that these options together could overfill."""
    used, length = field.packing.uses_of(part.options)
    column = np.repeat(np.arange(len(part.options)), length)
    resource, row, times = np.unique(used, return_inverse=True, return_counts=True)
    tight = times > part.room[resource]
    kept = tight[row]
    number = np.cumsum(tight) - 1
    return Rows(
        column=column[kept],
        row=number[row[kept]],
        factor=np.ones(int(kept.sum())),
        most=part.room[resource[tight]].astype(np.float64),
    )
