"""A hand that works at the whole problem: it looks where a plan and the linear program disagree.

There the plan loses what it loses. So the fractions nearest to the plan are made whole,
and all that the companies which are at odds do is made anew, by branch and bound.
"""

from __future__ import annotations

from math import inf

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools
from matchmaking.scheduling.engine.budget import Budget
from matchmaking.scheduling.engine.linear import Effort
from matchmaking.scheduling.engine.nearest import (
    Fractions,
    companies_at_odds,
    made_whole,
    nearest,
)
from matchmaking.scheduling.engine.neighbourhood import part_around, remade
from matchmaking.scheduling.engine.plan import Plan
from matchmaking.scheduling.engine.prices import bound_by
from matchmaking.scheduling.engine.search import Search, accept, merged, tighten

STEPS, NODES = 20, 300
FRUITLESS = 12
LITTLE, A_LITTLE_MORE = 0.07, 0.25
MOST_OPTIONS = 8_000
LONGEST = 0.5


def guide(search: Search, budget: Budget, *, fair: bool, seed: int) -> None:
    """Until nothing can be better, as is proved, or nothing came of it a few times.

    That is about the value; to be `fair`, about the unfairness at the value there is.
    """
    draw, fruitless = np.random.default_rng(seed), 0
    typical = search.field.typical_gain
    most = inf if fair else A_LITTLE_MORE * typical
    allowed = search.bound.hopeful(search.field.value(search.plan), at_most=most)
    while not (budget.is_spent or search.is_good_enough(fair=fair) or fruitless == FRUITLESS):
        budget.spend(STEPS)
        plan = search.plan
        before = search.field.rank(plan)
        fractions = nearest(search.field, plan, allowed, _effort(budget, draw), fair=fair)
        if not fair:
            bound = bound_by(search.field.packing, fractions.prices)
            tighten(search, bound)
            allowed = bound.hopeful(before[0], at_most=LITTLE * typical)
        if not len(fractions.values):
            return
        effort = _effort(budget, draw, at_most=LONGEST if fair else inf)
        _take(search, plan, made_whole(search.field, fractions, plan, effort))
        if not budget.is_spent:
            _settle_odds(search, fractions, allowed, _effort(budget, draw), fair=fair)
        fruitless = 0 if search.field.rank(search.plan) > before else fruitless + 1


def _settle_odds(
    search: Search, fractions: Fractions, allowed: Bools, effort: Effort, *, fair: bool
) -> None:
    """Make the days of all who are at odds anew, if they are not too many for that."""
    field, plan = search.field, search.plan
    part = part_around(field, plan, companies_at_odds(field, plan, fractions), allowed)
    if 0 < len(part.options) <= MOST_OPTIONS:
        _take(search, plan, remade(field, plan, part, fair=fair, effort=effort))


def _effort(budget: Budget, draw: np.random.Generator, *, at_most: float = inf) -> Effort:
    return Effort(budget.at_most(at_most), int(draw.integers(2**31)), nodes=NODES)


def _take(search: Search, seen: Plan, proposal: Plan) -> None:
    """Its changes to the plan it saw, as far as others' still fit with them, or all of it: the better."""
    field = search.field
    everywhere = np.arange(field.problem.slots)
    with search.lock:
        plans = [merged(field, search.plan, seen, proposal), proposal]
        for plan in sorted(plans, key=field.rank, reverse=True):
            if accept(search, plan, everywhere):
                return
