"""The phases of a search, from the first valid plan to the last proof."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from matchmaking.scheduling.engine.arrays import Floats
from matchmaking.scheduling.engine.budget import Budget
from matchmaking.scheduling.engine.fairness import least_unfairness
from matchmaking.scheduling.engine.gaps import gap_count
from matchmaking.scheduling.engine.interpreters import interpreters_of
from matchmaking.scheduling.engine.network import NoFlow
from matchmaking.scheduling.engine.opening import opening
from matchmaking.scheduling.engine.plan import Field, Plan, Settled, field_of, plan_of
from matchmaking.scheduling.engine.polynomial import Answer, answer
from matchmaking.scheduling.engine.prices import (
    PricedBound,
    bound_by,
    exact_prices,
    pooled_prices,
    trivial_bound,
)
from matchmaking.scheduling.engine.relaxation import Relaxation, pooled, slot_by_slot
from matchmaking.scheduling.engine.search import Search, improve
from matchmaking.scheduling.engine.seating import assignments_of
from matchmaking.scheduling.engine.tidy import settled_down, tidied
from matchmaking.scheduling.engine.uniform import uniform_of
from matchmaking.scheduling.problem import Assignment, Problem
from matchmaking.scheduling.score import gaps, table_changes

OBJECTIVES = 4
UNFAIRNESS, GAPS = 1, 2
SMALL = 4_000
PRICED_IN_PASSING = 40_000
PATIENCE = 150
ROUNDS = 3
SWEEPS = 12
TRIALS = 12
SECONDS_TO_FINISH_A_MEETING = 60e-6
SECONDS_TO_TIDY_A_MEETING = 50e-6
AT_ONCE = 0.1
LONGEST_PROOF = 3.0


@dataclass(slots=True)
class Run:
    """How far a search has come. Other threads may look at it at any time.

    `deadline` is when it will stop: finishing takes the longer, the longer it took to begin.
    """

    problem: Problem
    seed: int
    workers: int
    deadline: float
    opening: tuple[Assignment, ...] = ()
    search: Search | None = None
    settled: Settled | None = None
    answer: Answer | None = None

    @property
    def proved(self) -> int:
        """How many of the objectives are proved to be as good as can be, in their order."""
        best = self.settled or self.answer
        return best.proved if best else 0


def seconds_to_finish(problem: Problem) -> float:
    """What seating and explaining take on a machine that does nothing else."""
    return SECONDS_TO_FINISH_A_MEETING * len(problem.meetings)


def run_through(run: Run, budget: Budget) -> None:
    """Value first, then fairness, then gaps; small problems are settled by proof."""
    rest = replace(budget, deadline=run.deadline)
    if _settle_at_once(run, rest):
        return
    began = time.monotonic()
    run.opening = opening(run.problem, until=max(budget.deadline, began + AT_ONCE))
    if rest.is_spent:
        return
    field = field_of(run.problem)
    plan = plan_of(field, run.opening)
    search = Search(field, interpreters_of(run.problem), plan, trivial_bound(field.packing))
    run.search = search
    run.deadline = min(run.deadline, budget.deadline - (time.monotonic() - began))
    budget = replace(budget, deadline=run.deadline)
    if not len(field.packing):
        run.settled = Settled(plan, OBJECTIVES)
    if budget.is_spent or run.settled:
        return
    _tighten(search, pooled_prices(field.packing, seconds=budget.seconds))
    if len(field.packing) <= SMALL:
        _search_small(run, search, budget)
    else:
        _search_large(run, search, budget)


def _search_small(run: Run, search: Search, budget: Budget) -> None:
    """A quick look, then proofs."""
    _price_exactly(run, search, budget.part(0.2))
    _together(run, search, budget.part(0.1), fair=False)
    if not budget.is_spent:
        _settle(run, search, budget)


def _search_large(run: Run, search: Search, budget: Budget) -> None:
    with ThreadPoolExecutor(1) as pool:
        pricing = pool.submit(_price_exactly, run, search, budget.part(0.5))
        if run.workers == 1:
            pricing.result()
        first = budget.leaving(_seconds_to_tidy(run.problem, budget))
        _together(run, search, first.part(0.85), fair=False)
        _aim_at_fairness(search, first)
        _together(run, search, first.part(0.6), fair=True)
        pricing.result()
    _aim_at_fairness(search, budget)
    _tidy(run, search, budget.part(0.7))
    _refine(run, search, budget)
    _settle_down(run, search, budget)


def _seconds_to_tidy(problem: Problem, budget: Budget) -> float:
    """Twice through all pairs of slots; no more than a fifth of the time."""
    return min(SECONDS_TO_TIDY_A_MEETING * len(problem.meetings), budget.seconds / 5)


def _settle_at_once(run: Run, budget: Budget) -> bool:
    """Where all slots are alike there is a short way."""
    uniform = uniform_of(run.problem)
    if uniform is None:
        return False

    def publish(better: Answer) -> None:
        run.answer = better

    try:
        answer(uniform, budget, run.seed, publish)
    except NoFlow:
        run.answer = None
        return False
    if len(uniform.meeting) * len(uniform.slots) <= SMALL and not budget.is_spent:
        _prove_the_rest(run, budget)
    return True


def _prove_the_rest(run: Run, budget: Budget) -> None:
    """Gaps and table changes of a small problem whose value and unfairness are known to be best."""
    if run.answer is None:
        return
    field = field_of(run.problem)
    plan = plan_of(field, run.answer.assignments)
    bound = PricedBound(run.answer.bound, np.zeros(len(field.packing)))
    run.search = Search(field, interpreters_of(run.problem), plan, bound)
    _settle(run, run.search, budget)


def _tighten(search: Search, prices: Floats) -> None:
    bound = bound_by(search.field.packing, prices)
    with search.lock:
        if bound.bound < search.bound.bound:
            search.bound = bound


def _together(run: Run, search: Search, budget: Budget, *, fair: bool, turn: int = 0) -> None:
    """As many hands as there are workers, each at slots of its own."""
    search.idle = 0
    hands = search.hands = max(1, min(run.workers, run.problem.slots // 4))
    seeds = [((run.seed * 100 + turn) * 2 + fair) * 100 + hand for hand in range(hands)]
    with ThreadPoolExecutor(hands) as pool:
        work = [
            pool.submit(improve, search, budget, fair=fair, seed=seed, patience=PATIENCE)
            for seed in seeds
        ]
        for each in work:
            each.result()


def _aim_at_fairness(search: Search, budget: Budget) -> None:
    """The least unfairness that a schedule of the greatest value could have, if this is one."""
    if search.is_valuable_enough and not search.least_unfairness:
        relaxed = pooled(search.field.packing)
        _expect_unfairness(search, relaxed, seconds=budget.seconds)


def _expect_unfairness(search: Search, relaxed: Relaxation, *, seconds: float) -> None:
    field, value = search.field, search.field.value(search.plan)
    if field.unfairness(search.plan) > search.least_unfairness:
        least = least_unfairness(field, relaxed, value=value, seconds=seconds)
        search.least_unfairness = max(search.least_unfairness, least)


def _price_exactly(run: Run, search: Search, budget: Budget) -> None:
    """Slot by slot, where that is quick, or somebody else goes on meanwhile."""
    packing = search.field.packing
    most = PRICED_IN_PASSING if run.workers > 1 else SMALL
    if len(packing) <= most and not search.is_valuable_enough:
        _tighten(search, exact_prices(packing, seconds=budget.seconds))


def _tidy_again_and_again(run: Run, search: Search, budget: Budget) -> None:
    """Each time by other chances, until nothing came of it `TRIALS` times."""
    least, idle, turn = gap_count(search.field, search.plan), 0, 0
    while least and idle < TRIALS and not budget.is_spent:
        _tidy(run, search, budget, turn=turn)
        now, turn = gap_count(search.field, search.plan), turn + 1
        idle = 0 if now < least else idle + 1
        least = now


def _tidy(run: Run, search: Search, budget: Budget, *, turn: int = 0) -> None:
    search.plan = tidied(
        search.field,
        search.interpreters,
        search.plan,
        budget=budget,
        seed=run.seed * 100 + turn,
        sweeps=SWEEPS,
    )


def _settle_down(run: Run, search: Search, budget: Budget) -> None:
    """With what time is left, fewer changes of table, until nothing came of it twice."""
    if budget.is_spent:
        return
    field, began = search.field, time.monotonic()
    cost, idle, turn = _last_costs(field, search.plan), 0, 0
    budget = budget.leaving(2 * (time.monotonic() - began))
    while cost[1] and idle < 2 and not budget.is_spent:
        seed, turn = run.seed * 100 + turn, turn + 1
        plan = settled_down(field, search.interpreters, search.plan, budget=budget, seed=seed)
        now = _last_costs(field, plan)
        idle = 0 if now < cost else idle + 1
        if now < cost:
            search.plan, cost = plan, now


def _last_costs(field: Field, plan: Plan) -> tuple[int, int]:
    rows = assignments_of(field, plan)
    return gaps(field.problem, rows), table_changes(field.problem, rows)


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
        bound=search.bound,
        model=model_of(search.field),
        budget=budget,
        workers=run.workers,
        seed=run.seed,
    )

    def polish(plan: Plan, number: int) -> Plan:
        search.plan = plan
        if number == UNFAIRNESS:
            for relaxed in (pooled, slot_by_slot):
                seconds = budget.at_most(LONGEST_PROOF)
                _expect_unfairness(search, relaxed(search.field.packing), seconds=seconds)
            _together(run, search, budget.part(0.6), fair=True)
        if number == GAPS:
            _tidy_again_and_again(run, search, budget.part(0.7))
        return search.plan

    def least_of(number: int) -> int:
        return (-search.bound.bound, search.least_unfairness, 0)[number]

    run.settled = settled(attempt, search.plan, polish, least_of)
    if run.settled.tables is None:
        search.plan = run.settled.plan
        _settle_down(run, search, budget)
        run.settled = replace(run.settled, plan=search.plan)
