"""One part of a plan made anew: what may change, and the best way to as a small program."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Floats, Ints, spans
from matchmaking.scheduling.engine.fairness import shortfalls
from matchmaking.scheduling.engine.linear import Effort, Rows, at_most_one, best_whole, program
from matchmaking.scheduling.engine.plan import UNPLACED, Field, Plan


@dataclass(frozen=True, slots=True)
class Part:
    """Meetings that may be placed anew, the options they may choose, and what room there is."""

    meetings: Bools
    options: Ints
    room: Ints


def part_in_slots(field: Field, plan: Plan, slots: Bools, *, waiting: Bools) -> Part:
    """Everything that happens inside these slots, and the unplaced options that are `waiting`."""
    packing = field.packing
    candidates = _options_inside(field, slots)
    meeting = packing.options.meeting[candidates]
    held = candidates[plan.chosen[meeting] == candidates]
    freed = np.zeros(len(plan.chosen), dtype=bool)
    freed[packing.options.meeting[held]] = True
    taking_part = freed[meeting] | waiting[candidates]
    room = packing.capacity - packing.load(plan.options) + packing.load(held)
    candidates = candidates[taking_part]
    meetings = freed
    meetings[packing.options.meeting[candidates]] = True
    return _fitting(field, Part(meetings, np.sort(candidates), room))


def part_of(field: Field, plan: Plan, meetings: Bools, allowed: Bools) -> Part:
    """These meetings, each at an allowed option or where it is."""
    packing = field.packing
    allowed = allowed.copy()
    allowed[plan.options] = True
    room = packing.capacity - packing.load(plan.chosen[plan.placed & ~meetings])
    candidates = np.flatnonzero(meetings[packing.options.meeting] & allowed)
    return _fitting(field, Part(meetings, candidates, room))


def part_around(field: Field, plan: Plan, companies: Bools, allowed: Bools) -> Part:
    """Everything these companies do, at any time, and what of theirs waits."""
    a, b = field.companies
    return part_of(field, plan, companies[a] | companies[b], allowed)


def circle(
    field: Field, meetings: Bools, *, first: int, size: int, draw: np.random.Generator
) -> Bools:
    """Companies that have many of these meetings among themselves, those of the first included."""
    a, b = field.companies
    inside = np.zeros(len(field.held), dtype=bool)
    inside[field.companies[:, first]] = True
    while inside.sum() < min(size, len(inside)):
        across = meetings & (inside[a] ^ inside[b])
        partners = np.where(inside[a], b, a)[across]
        links = np.bincount(partners, minlength=len(inside)) + 2 * draw.random(len(inside))
        inside[np.argmax(np.where(inside, -1, links))] = True
    return inside


def _fitting(field: Field, part: Part) -> Part:
    """Without the options there is no room for."""
    if not len(part.options):
        return part
    used, length = field.packing.uses_of(part.options)
    fits = np.minimum.reduceat(part.room[used], np.cumsum(length) - length) > 0
    return replace(part, options=part.options[fits])


def _options_inside(field: Field, slots: Bools) -> Ints:
    """The options that cover none but these slots."""
    chosen = np.flatnonzero(slots)
    first = field.first_at[chosen]
    starting = field.by_start[spans(first, field.first_at[chosen + 1] - first)]
    before = np.concatenate(([0], np.cumsum(slots)))
    start = field.packing.options.start[starting]
    length = field.durations[field.packing.options.meeting[starting]]
    inside: Ints = starting[before[start + length] - before[start] == length]
    return inside


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
        gain, missing = gain * shortfall.worth(field, plan), shortfall.cost
        groups.append(shortfall.rows)
    draw = np.random.default_rng(effort.seed).random(len(gain))
    draw[~plan.placed[meeting]] *= effort.luck
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
