"""The best plan so far, and several hands that improve it at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from dataclasses import field as attribute
from threading import Lock

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Ints
from matchmaking.scheduling.engine.budget import Budget
from matchmaking.scheduling.engine.interpreters import (
    Interpreters,
    with_interpreters,
)
from matchmaking.scheduling.engine.linear import Effort
from matchmaking.scheduling.engine.neighbourhood import (
    Part,
    circle,
    part_around,
    part_in_slots,
    remade,
)
from matchmaking.scheduling.engine.plan import Field, Plan
from matchmaking.scheduling.engine.prices import PricedBound

COLUMNS = 4_000
FEWEST_SLOTS, NARROW, WIDE = 2, 3, 5
LONGEST = 2.0
HOPE, OPENING = (0.1, 0.5), 10
STUCK, CIRCLE, OFTEN = 4, (6, 41), 0.8


@dataclass(slots=True)
class Search:
    """The best plan so far. `taken` slots are somebody's at this moment.

    `visits` counts how often each slot was made anew; `widest` is how many are at a time,
    fewer where no change comes of programs of so many.
    """

    field: Field
    interpreters: Interpreters
    plan: Plan
    bound: PricedBound
    lock: Lock = attribute(default_factory=Lock)
    taken: set[int] = attribute(default_factory=set)
    visits: Counter[int] = attribute(default_factory=Counter)
    hands: int = 1
    widest: float = WIDE
    idle: int = 0
    least_unfairness: int = 0
    strict: bool = False

    @property
    def has_long_meetings(self) -> bool:
        """They leave more fractions, and rounding these costs more."""
        return bool((self.field.durations > 1).any())

    @property
    def is_valuable_enough(self) -> bool:
        return self.field.value(self.plan) >= self.bound.bound

    @property
    def is_fair_enough(self) -> bool:
        return self.is_valuable_enough and self.field.unfairness(self.plan) <= self.least_unfairness

    def is_good_enough(self, *, fair: bool) -> bool:
        return self.is_fair_enough if fair else self.is_valuable_enough


@dataclass(frozen=True, slots=True)
class Claim:
    """What one hand works at: the plan as it found it, and slots nobody else touches, if any."""

    plan: Plan
    slots: Bools


def improve(search: Search, budget: Budget, *, fair: bool, seed: int, patience: int) -> None:
    """Make slots anew, some at a time, until nothing came of it `patience` times.

    Before that, whenever it is stuck, a few companies' whole days are made anew as well.
    """
    draw = np.random.default_rng(seed)
    while not budget.is_spent and search.idle < patience:
        if search.is_good_enough(fair=fair):
            return
        budget.spend()
        with search.lock:
            claim = _claimed(search, draw)
        effort = Effort(
            budget.at_most(LONGEST),
            int(draw.integers(2**31)),
            luck=float(search.hands == 1 or search.idle > STUCK),
            mending=search.has_long_meetings,
        )
        try:
            hopeful = _hopeful(search, claim.plan, hope=draw.uniform(*HOPE))
            part = _part(search, claim, hopeful, draw)
            _improve_part(search, claim, part, fair=fair, effort=effort)
        finally:
            with search.lock:
                search.taken.difference_update(np.flatnonzero(claim.slots).tolist())


def _claimed(search: Search, draw: np.random.Generator) -> Claim:
    if search.idle > STUCK and draw.random() < OFTEN:
        return Claim(search.plan, np.zeros(search.field.problem.slots, dtype=bool))
    slots = _free_slots(search, draw)
    search.taken.update(np.flatnonzero(slots).tolist())
    search.visits.update(np.flatnonzero(slots).tolist())
    return Claim(search.plan, slots)


def _hopeful(search: Search, plan: Plan, *, hope: float) -> Bools:
    """Options that lose little; the longer nothing came of it, the more."""
    loss = hope * search.field.typical_gain * (1 + search.idle / OPENING)
    return search.bound.hopeful(search.field.value(plan), at_most=loss)


def _part(search: Search, claim: Claim, hopeful: Bools, draw: np.random.Generator) -> Part:
    """The slots that are claimed with what may be placed there, or all that some companies do."""
    field, plan = search.field, claim.plan
    meeting_of = field.packing.options.meeting
    waiting = hopeful & ~plan.placed[meeting_of]
    if claim.slots.any() or not waiting.any():
        return part_in_slots(field, plan, claim.slots, waiting=waiting)
    meetings = plan.placed.copy()
    meetings[meeting_of[waiting]] = True
    first = int(meeting_of[draw.choice(np.flatnonzero(waiting))])
    companies = circle(field, meetings, first=first, size=int(draw.integers(*CIRCLE)), draw=draw)
    return part_around(field, plan, companies, hopeful)


def _improve_part(search: Search, claim: Claim, part: Part, *, fair: bool, effort: Effort) -> None:
    field, plan = search.field, claim.plan
    if not len(part.options):
        search.idle += 1
        return
    proposal = remade(field, plan, part, fair=fair, effort=effort)
    was_too_wide = np.array_equal(proposal.chosen, plan.chosen) or field.value(
        proposal
    ) < field.value(plan)
    with search.lock:
        if claim.slots.any():
            wider = search.widest - 0.2 if was_too_wide else search.widest + 0.1
            search.widest = min(WIDE, max(NARROW, wider))
        slots = claim.slots if claim.slots.any() else ~claim.slots
        accept(search, merged(field, search.plan, plan, proposal), np.flatnonzero(slots))


def tighten(search: Search, bound: PricedBound) -> None:
    with search.lock:
        if bound.bound < search.bound.bound:
            search.bound = bound


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


def merged(field: Field, current: Plan, seen: Plan, proposal: Plan) -> Plan:
    """The proposal's changes to the plan it saw, on top of what others have changed since.

    A meeting that another hand has placed meanwhile stays there.
    """
    if current is seen:
        return proposal
    changed = (proposal.chosen != seen.chosen) & (current.chosen == seen.chosen)
    chosen = np.where(changed, proposal.chosen, current.chosen)
    both = Plan(chosen, current.interpreter)
    if (field.packing.load(both.options) > field.packing.capacity).any():
        return current
    return both


def _free_slots(search: Search, draw: np.random.Generator) -> Bools:
    """Slots nobody else is at, the least visited first, for a program of a size drawn by chance."""
    field, plan = search.field, search.plan
    count = field.problem.slots
    placed = np.bincount(field.packing.options.start[plan.options], minlength=count)
    longest = int(field.durations.max(initial=1))
    most = int(draw.integers(NARROW, int(search.widest) + 1))
    visits = np.array([search.visits[slot] for slot in range(count)]) + 2 * draw.random(count)
    slots = np.zeros(count, dtype=bool)
    for first in np.argsort(visits).tolist():
        run = range(first, min(first + int(draw.integers(1, longest + 1)), count))
        if search.taken.intersection(run):
            continue
        wider = slots.copy()
        wider[list(run)] = True
        too_large = placed[wider].sum() * wider.sum() > COLUMNS
        if slots.any() and wider.sum() > (FEWEST_SLOTS if too_large else most):
            break
        slots = wider
    return slots
