"""An upper bound on the value of every schedule of a problem, without looking for one."""

from __future__ import annotations

from matchmaking.scheduling.engine.packing import packing_of
from matchmaking.scheduling.engine.prices import (
    bound_by,
    exact_prices,
    pooled_prices,
    trivial_bound,
)
from matchmaking.scheduling.problem import Problem

MOST_OPTIONS = 20_000


def upper_bound(problem: Problem, *, seconds: float = 10.0) -> int:
    packing = packing_of(problem)
    bounds = [trivial_bound(packing), bound_by(packing, pooled_prices(packing, seconds=seconds))]
    if len(packing) <= MOST_OPTIONS:
        bounds.append(bound_by(packing, exact_prices(packing, seconds=seconds)))
    return min(one.bound for one in bounds)
