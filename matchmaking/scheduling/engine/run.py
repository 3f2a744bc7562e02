"""The phases of a search, from the first valid plan to the last proof."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from matchmaking.scheduling.engine.arrays import Floats
from matchmaking.scheduling.engine.budget import Budget
from matchmaking.scheduling.engine.interpreters import interpreters_of
from matchmaking.scheduling.engine.plan import Settled, field_of
from matchmaking.scheduling.engine.prices import (
    bound_by,
    exact_prices,
    pooled_prices,
    trivial_bound,
)
from matchmaking.scheduling.engine.search import Search, first_plan, improve
from matchmaking.scheduling.engine.tidy import tidied
from matchmaking.scheduling.problem import Problem

OBJECTIVES = 4
SMALL = 4_000
PRICED_IN_PASSING = 40_000
PATIENCE = 60
ROUNDS = 3
SWEEPS = 12


@dataclass(slots=True)
class Run:
    """How far a search has come. Other threads may look at it at any time."""

    problem: Problem
    seed: int
    workers: int
    search: Search | None = None
    settled: Settled | None = None

    @property
    def proved(self) -> int:
        """How many of the objectives are proved to be as good as can be, in their order."""
        return self.settled.proved if self.settled else 0


def run_through(run: Run, budget: Budget) -> None:
    """Value first, then fairness, then gaps; small problems are settled by proof."""
    field = field_of(run.problem)
    interpreters = interpreters_of(run.problem)
    plan = first_plan(field, interpreters, budget)
    search = Search(field, interpreters, plan, trivial_bound(field.packing))
    run.search = search
    if not len(field.packing):
        run.settled = Settled(plan, OBJECTIVES)
    if budget.is_spent or run.settled:
        return
    _tighten(search, pooled_prices(field.packing, seconds=budget.seconds))
    small = len(field.packing) <= SMALL
    with ThreadPoolExecutor(1) as pool:
        pricing = pool.submit(_price_exactly, run, search, budget.part(0.5))
        if run.workers == 1:
            pricing.result()
        _together(run, search, budget.part(0.25 if small else 0.6), fair=False)
        _together(run, search, budget.part(0.25 if small else 0.4), fair=True)
        pricing.result()
    _tidy(run, search, budget.part(0.25 if small else 0.5))
    if small and not budget.is_spent:
        _settle(run, search, budget)
    elif not small:
        _refine(run, search, budget)


def _tighten(search: Search, prices: Floats) -> None:
    bound = bound_by(search.field.packing, prices)
    with search.lock:
        if bound.bound < search.bound.bound:
            search.bound = bound


def _together(run: Run, search: Search, budget: Budget, *, fair: bool, turn: int = 0) -> None:
    """As many hands as there are workers, each at slots of its own."""
    search.idle = 0
    hands = max(1, min(run.workers, run.problem.slots // 4))
    seeds = [((run.seed * 100 + turn) * 2 + fair) * 100 + hand for hand in range(hands)]
    with ThreadPoolExecutor(hands) as pool:
        work = [
            pool.submit(improve, search, budget, fair=fair, seed=seed, patience=PATIENCE)
            for seed in seeds
        ]
        for each in work:
            each.result()


def _price_exactly(run: Run, search: Search, budget: Budget) -> None:
    """Slot by slot, where that is quick, or somebody else goes on meanwhile."""
    packing = search.field.packing
    most = PRICED_IN_PASSING if run.workers > 1 else SMALL
    if len(packing) <= most and not search.is_valuable_enough:
        _tighten(search, exact_prices(packing, seconds=budget.seconds))


def _tidy(run: Run, search: Search, budget: Budget) -> None:
    search.plan = tidied(
        search.field,
        search.interpreters,
        search.plan,
        budget=budget,
        seed=run.seed,
        sweeps=SWEEPS,
    )


def _refine(run: Run, search: Search, budget: Budget) -> None:
    """Go on while time lasts and something comes of it; gaps give way only to what is above them."""
    search.strict = True
    for turn in range(1, ROUNDS):
        before = search.field.rank(search.plan)
        _together(run, search, budget.part(0.6), fair=True, turn=turn)
        _tidy(run, search, budget)
        if search.field.rank(search.plan) == before or budget.is_spent:
            return


def _settle(run: Run, search: Search, budget: Budget) -> None:
    from matchmaking.scheduling.engine.exact import Attempt, settled  # noqa: PLC0415  slow to load
    from matchmaking.scheduling.engine.model import model_of  # noqa: PLC0415

    attempt = Attempt(
        field=search.field,
        interpreters=search.interpreters,
        model=model_of(search.field),
        budget=budget,
        workers=run.workers,
        seed=run.seed,
    )
    run.settled = settled(attempt, search.plan, bound=search.bound.bound)
