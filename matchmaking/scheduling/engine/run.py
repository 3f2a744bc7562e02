"""The phases of a search, from the first valid plan to the last proof."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from matchmaking.scheduling.engine.budget import Budget
from matchmaking.scheduling.engine.fairness import least_unfairness
from matchmaking.scheduling.engine.guided import guide
from matchmaking.scheduling.engine.interpreters import interpreters_of
from matchmaking.scheduling.engine.network import NoFlow
from matchmaking.scheduling.engine.opening import opening
from matchmaking.scheduling.engine.order import settle_down, tidy, tidy_again_and_again
from matchmaking.scheduling.engine.outset import outset_of
from matchmaking.scheduling.engine.plan import Plan, Settled, field_of, plan_of
from matchmaking.scheduling.engine.polynomial import Answer, answer
from matchmaking.scheduling.engine.prices import (
    PricedBound,
    bound_by,
    exact_prices,
    pooled_prices,
    trivial_bound,
)
from matchmaking.scheduling.engine.relaxation import Relaxation, pooled, slot_by_slot
from matchmaking.scheduling.engine.search import Search, improve, tighten
from matchmaking.scheduling.engine.uniform import uniform_of
from matchmaking.scheduling.problem import Assignment, Problem
from matchmaking.scheduling.score import value_of

OBJECTIVES = 4
UNFAIRNESS, GAPS = 1, 2
SMALL = 4_000
GUIDED, AT_FIRST = 40_000, 0.06
PATIENCE = 150
ROUNDS = 3
SECONDS_TO_FINISH_A_MEETING = 60e-6
SECONDS_TO_TIDY_A_MEETING = 50e-6
SECONDS_TO_PRICE_A_MEETING = 20e-6
AT_ONCE, A_LITTLE_LATER = 0.1, 0.3
AT_A_GLANCE = 2_000
"""Where there are more meetings, so many of them are placed first: in 0.05 s."""
TOO_SHORT = 5
"""Times the opening: options take two, and as long as both together is left for the end."""
LONGEST_PROOF = 3.0


@dataclass(slots=True)
class Run:
    """How far a search has come. Other threads may look at it at any time.

    `deadline` is when it will stop: finishing takes the longer, the longer it took to begin.
    `glance` is valid, but there may be room for much more; in `opening` all has been tried.
    `outset` is a bound where there was no time for a better one.
    """

    problem: Problem
    seed: int
    workers: int
    deadline: float
    glance: tuple[Assignment, ...] = ()
    opening: tuple[Assignment, ...] = ()
    outset: int | None = None
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
    if len(run.problem.meetings) > AT_A_GLANCE and _has_time_for_prices(run.problem, rest):
        run.glance = opening(run.problem, most=AT_A_GLANCE)
    if _settle_at_once(run, rest):
        return
    began = time.monotonic()
    latest = min(budget.deadline, rest.deadline + A_LITTLE_LATER)
    _open(run, rest, until=max(latest, began + AT_ONCE))
    if rest.is_spent or budget.seconds < TOO_SHORT * (time.monotonic() - began):
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
    tighten(search, bound_by(field.packing, pooled_prices(field.packing, seconds=budget.seconds)))
    if len(field.packing) <= SMALL:
        _search_small(run, search, budget)
    else:
        _search_large(run, search, budget)


def _open(run: Run, budget: Budget, *, until: float) -> None:
    """A valid schedule and a bound; prices first, where there is time: a schedule by them is better."""
    problem, gain = run.problem, []
    if _has_time_for_prices(problem, budget):
        outset = outset_of(problem, seconds=budget.seconds)
        run.outset, gain = outset.bound, outset.gain.tolist()
    rows = opening(problem, gain, until=until)
    run.opening = max(rows, run.glance, key=partial(value_of, problem))
    if run.outset is None:
        run.outset = outset_of(problem, seconds=budget.seconds).bound


def _has_time_for_prices(problem: Problem, budget: Budget) -> bool:
    return budget.seconds > SECONDS_TO_PRICE_A_MEETING * len(problem.meetings)


def _search_small(run: Run, search: Search, budget: Budget) -> None:
    """A quick look, then proofs; a longer one where fractions are likely to come out whole."""
    share = 0.1 if search.has_long_meetings else 0.3
    _price_exactly(search, budget.part(0.2))
    _look_everywhere(run, search, budget.part(share), fair=False)
    if not budget.is_spent:
        _settle(run, search, budget)


def _search_large(run: Run, search: Search, budget: Budget) -> None:
    first = budget.leaving(_seconds_to_tidy(run.problem, budget))
    _look_everywhere(run, search, first.part(0.85), fair=False)
    _aim_at_fairness(search, first)
    _look_everywhere(run, search, first.part(0.6), fair=True)
    _aim_at_fairness(search, budget)
    tidy(search, budget.part(0.7), seed=run.seed)
    _refine(run, search, budget)
    tidy_again_and_again(search, budget.part(0.6), seed=run.seed)
    settle_down(search, budget, seed=run.seed)


def _look_everywhere(run: Run, search: Search, budget: Budget, *, fair: bool) -> None:
    """Part by part, and as a whole where there are not too many options for it.

    For fairness only at the greatest value: else the two are too much at odds.
    """
    if len(search.field.packing) > GUIDED or (fair and not search.is_valuable_enough):
        _together(run, search, budget, fair=fair)
        return
    _together(run, search, budget.part(AT_FIRST), fair=fair)
    with ThreadPoolExecutor(1) as pool:
        whole = pool.submit(guide, search, budget, fair=fair, seed=run.seed)
        if run.workers == 1:
            whole.result()
        _together(run, search, budget, fair=fair, hands=max(1, run.workers - 1))
        whole.result()


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


def _together(
    run: Run, search: Search, budget: Budget, *, fair: bool, turn: int = 0, hands: int = 0
) -> None:
    """As many hands as there are workers, or as are asked for, each at slots of its own."""
    search.idle = 0
    hands = search.hands = max(1, min(hands or run.workers, run.problem.slots // 4))
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


def _price_exactly(search: Search, budget: Budget) -> None:
    packing = search.field.packing
    if not search.is_valuable_enough:
        tighten(search, bound_by(packing, exact_prices(packing, seconds=budget.seconds)))


def _refine(run: Run, search: Search, budget: Budget) -> None:
    """Go on while time lasts and something comes of it; gaps give way only to what is above them."""
    search.strict = True
    for turn in range(1, ROUNDS):
        before = search.field.rank(search.plan)
        _together(run, search, budget.part(0.6), fair=True, turn=turn)
        tidy(search, budget, seed=run.seed)
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
            _look_everywhere(run, search, budget.part(0.6), fair=True)
        if number == GAPS:
            tidy_again_and_again(search, budget.part(0.7), seed=run.seed)
        return search.plan

    def least_of(number: int) -> int:
        return (-search.bound.bound, search.least_unfairness, 0)[number]

    run.settled = settled(attempt, search.plan, polish, least_of)
    if run.settled.tables is None:
        search.plan = run.settled.plan
        settle_down(search, budget, seed=run.seed)
        run.settled = replace(run.settled, plan=search.plan)
