"""The best plan so far, and several hands that improve it at once."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from threading import Lock

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Ints
from matchmaking.scheduling.engine.budget import Budget
from matchmaking.scheduling.engine.greedy import filled
from matchmaking.scheduling.engine.interpreters import (
    Interpreters,
    with_interpreters,
)
from matchmaking.scheduling.engine.linear import Effort
from matchmaking.scheduling.engine.neighbourhood import part_in_slots, remade
from matchmaking.scheduling.engine.plan import Field, Plan, previous_plan
from matchmaking.scheduling.engine.prices import PricedBound

COLUMNS = (200, 900)
LONGEST = 1.0


@dataclass(slots=True)
class Search:
    field: Field
    interpreters: Interpreters
    plan: Plan
    bound: PricedBound
    lock: Lock = attribute(default_factory=Lock)
    taken: set[int] = attribute(default_factory=set)
    idle: int = 0
    strict: bool = False

    @property
    def is_valuable_enough(self) -> bool:
        return self.field.value(self.plan) >= self.bound.bound


def improve(search: Search, budget: Budget, *, fair: bool, seed: int, patience: int) -> None:
    """Make slots anew, some at a time, until nothing came of it `patience` times."""
    draw = np.random.default_rng(seed)
    while not budget.is_spent and search.idle < patience:
        if search.is_valuable_enough and not fair:
            return
        budget.spend()
        with search.lock:
            plan = search.plan
            slots = _free_slots(search, draw)
            search.taken.update(np.flatnonzero(slots).tolist())
        effort = Effort(budget.at_most(LONGEST), int(draw.integers(2**31)))
        try:
            _improve_slots(search, plan, slots, fair=fair, effort=effort)
        finally:
            with search.lock:
                search.taken.difference_update(np.flatnonzero(slots).tolist())


def _improve_slots(search: Search, plan: Plan, slots: Bools, *, fair: bool, effort: Effort) -> None:
    field = search.field
    hopeful = search.bound.hopeful(field.value(plan))
    part = part_in_slots(field, plan, slots, hopeful)
    if not len(part.options):
        search.idle += 1
        return
    proposal = remade(field, plan, part, fair=fair, effort=effort)
    with search.lock:
        merged = _merged(field, search.plan, plan, proposal)
        accept(search, merged, np.flatnonzero(slots))


def accept(search: Search, plan: Plan, slots: Ints) -> bool:
    """Take the plan if it is at least as good, or better, once its interpreters are found."""
    field = search.field
    if search.interpreters.needed.any():
        plan = with_interpreters(field, search.interpreters, plan, slots.tolist())
    before, after = field.rank(search.plan), field.rank(plan)
    search.idle = 0 if after > before else search.idle + 1
    if after > before or (after == before and not search.strict):
        search.plan = plan
    return after > before


def _merged(field: Field, current: Plan, seen: Plan, proposal: Plan) -> Plan:
    """The proposal's changes to the plan it saw, on top of what others have changed since."""
    if current is seen:
        return proposal
    changed = (proposal.chosen != seen.chosen) & (current.chosen == seen.chosen)
    chosen = np.where(changed, proposal.chosen, current.chosen)
    merged = Plan(chosen, current.interpreter)
    if (field.packing.load(merged.options) > field.packing.capacity).any():
        return current
    return merged


def _free_slots(search: Search, draw: np.random.Generator) -> Bools:
    """Slots nobody else is at, as many as make a program of a size drawn by chance."""
    field, plan = search.field, search.plan
    count = field.problem.slots
    start, meeting = field.packing.options.start, field.packing.options.meeting
    waiting = np.bincount(start[~plan.placed[meeting]], minlength=count)
    placed = np.bincount(start[plan.options], minlength=count)
    longest = int(field.durations.max(initial=1))
    most = int(draw.integers(*COLUMNS))
    slots = np.zeros(count, dtype=bool)
    for first in draw.permutation(count).tolist():
        run = range(first, min(first + int(draw.integers(1, longest + 1)), count))
        if search.taken.intersection(run):
            continue
        slots[list(run)] = True
        columns = waiting[slots].sum() + placed[slots].sum() * slots.sum()
        if columns > most and slots.sum() > longest:
            break
    return slots


def first_plan(field: Field, interpreters: Interpreters, budget: Budget) -> Plan:
    """Everything that fits, and interpreters for it."""
    plan = previous_plan(field)
    for _ in range(2):
        plan = filled(field, plan, budget)
        plan = with_interpreters(field, interpreters, plan, range(field.problem.slots))
    return plan
