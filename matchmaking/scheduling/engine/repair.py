"""A plan that leaves as many published meetings as possible where they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Ints
from matchmaking.scheduling.engine.linear import Effort
from matchmaking.scheduling.engine.neighbourhood import part_of, remade
from matchmaking.scheduling.engine.plan import UNPLACED, Field, Plan, field_of, previous_plan
from matchmaking.scheduling.problem import Previous, Problem


def unmoving_field(problem: Problem) -> Field:
    """The problem in which no move is ever worth it: the fewest moves come before the value."""
    dear = 1 + sum(meeting.weight for meeting in problem.meetings)
    return field_of(replace(problem, previous=Previous(problem.published, problem.now, dear)))


def nearest_plan(field: Field, *, filling: bool, effort: Effort) -> Plan:
    """The most valuable plan of those that move the fewest meetings.

    A meeting moves only if it cannot stay, or if it shares a resource that is overfull
    when everything stays: moving others would not help. `filling` also places requests
    that were not in the published schedule.
    """
    plan = previous_plan(field)
    loose = _published(field) & ~plan.placed | _contending(field)
    if filling:
        loose |= ~plan.placed
    anywhere = np.ones(len(field.packing), dtype=bool)
    plan = remade(field, plan, part_of(field, plan, loose, anywhere), fair=False, effort=effort)
    rest = loose & ~_staying(field, plan)
    plain = replace(field, packing=replace(field.packing, gain=_weights(field)))
    return remade(plain, plan, part_of(plain, plan, rest, anywhere), fair=True, effort=effort)


def _published(field: Field) -> Bools:
    published = np.zeros(len(field.durations), dtype=bool)
    published[[row.meeting for row in field.problem.published]] = True
    return published


def _stay_options(field: Field) -> Ints:
    """The options that leave a published meeting at its start."""
    start = np.full(len(field.durations), UNPLACED, dtype=np.int64)
    for row in field.problem.published:
        start[row.meeting] = row.start
    options = field.packing.options
    return np.flatnonzero(options.start == start[options.meeting])


def _staying(field: Field, plan: Plan) -> Bools:
    return np.isin(plan.chosen, _stay_options(field))


def _contending(field: Field) -> Bools:
    """Published meetings that cannot all stay; with them those that have a choice of booths."""
    packing = field.packing
    stays = _stay_options(field)
    meeting = packing.options.meeting[stays]
    contending = np.zeros(len(field.durations), dtype=bool)
    overfull = packing.load(stays) > packing.capacity
    used, length = packing.uses_of(stays)
    contending[meeting[np.repeat(np.arange(len(stays)), length)[overfull[used]]]] = True
    return contending


def _weights(field: Field) -> Ints:
    weights = np.array([meeting.weight for meeting in field.problem.meetings], dtype=np.int64)
    return weights[field.packing.options.meeting]
