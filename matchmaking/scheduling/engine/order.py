"""The order of the day, again and again by other chances: fewer gaps, then fewer changes of table."""

from __future__ import annotations

import time

from matchmaking.scheduling.engine.budget import Budget
from matchmaking.scheduling.engine.gaps import gap_count
from matchmaking.scheduling.engine.plan import Field, Plan
from matchmaking.scheduling.engine.search import Search
from matchmaking.scheduling.engine.seating import assignments_of
from matchmaking.scheduling.engine.tidy import settled_down, tidied
from matchmaking.scheduling.score import gaps, table_changes

SWEEPS = 12
TRIALS = 12


def tidy_again_and_again(search: Search, budget: Budget, *, seed: int) -> None:
    """Each time by other chances, until nothing came of it `TRIALS` times."""
    least, idle, turn = gap_count(search.field, search.plan), 0, 0
    while least and idle < TRIALS and not budget.is_spent:
        tidy(search, budget, seed=seed, turn=turn)
        now, turn = gap_count(search.field, search.plan), turn + 1
        idle = 0 if now < least else idle + 1
        least = now


def tidy(search: Search, budget: Budget, *, seed: int, turn: int = 0) -> None:
    if budget.is_spent:
        return
    search.plan = tidied(
        search.field,
        search.interpreters,
        search.plan,
        budget=budget,
        seed=seed * 100 + turn,
        sweeps=SWEEPS,
    )


def settle_down(search: Search, budget: Budget, *, seed: int) -> None:
    """With what time is left, fewer changes of table, until nothing came of it twice."""
    if budget.is_spent:
        return
    field, began = search.field, time.monotonic()
    cost, idle, turn = _last_costs(field, search.plan), 0, 0
    budget = budget.leaving(2 * (time.monotonic() - began))
    while cost[1] and idle < 2 and not budget.is_spent:
        chance, turn = seed * 100 + turn, turn + 1
        plan = settled_down(field, search.interpreters, search.plan, budget=budget, seed=chance)
        now = _last_costs(field, plan)
        idle = 0 if now < cost else idle + 1
        if now < cost:
            search.plan, cost = plan, now


def _last_costs(field: Field, plan: Plan) -> tuple[int, int]:
    rows = assignments_of(field, plan)
    return gaps(field.problem, rows), table_changes(field.problem, rows)
