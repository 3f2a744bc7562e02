import random

import numpy as np
import pytest

from matchmaking.scheduling import Problem, score
from matchmaking.scheduling.bounds import upper_bound
from matchmaking.scheduling.engine.budget import Budget, Work
from matchmaking.scheduling.engine.diary import gap_count, idle_runs
from matchmaking.scheduling.engine.interpreters import interpreters_of
from matchmaking.scheduling.engine.matching import Matching
from matchmaking.scheduling.engine.plan import Field, Plan, field_of
from matchmaking.scheduling.engine.prices import bound_by
from matchmaking.scheduling.engine.search import first_plan
from matchmaking.scheduling.engine.seating import assignments_of
from matchmaking.scheduling.engine.tidy import tidied
from matchmaking.scheduling.score import idle_runs as idle_runs_of_slots
from tests.factories.problems import make_company, make_meeting, make_problem, random_problem
from tests.scheduling.brute_force import best_rank


def unlimited() -> Budget:
    return Budget(float("inf"))


def planned(problem: Problem) -> tuple[Field, Plan]:
    field = field_of(problem)
    return field, first_plan(field, interpreters_of(problem), unlimited())


@pytest.mark.parametrize("seed", range(30))
def test_any_prices_at_all_give_a_bound(seed: int):
    problem = random_problem(seed, companies=5, meetings=4, slots=4, tables=2, interpreters=2)
    packing = field_of(problem).packing
    prices = np.random.default_rng(seed).random(len(packing.capacity)) * 9

    best = best_rank(problem)[0]

    assert bound_by(packing, prices).bound >= best
    assert upper_bound(problem) >= best


def test_where_everybody_is_always_there_the_bound_is_reached():
    everywhere = tuple(make_company() for _ in range(6))
    pairs = [(a, b) for a in range(3) for b in range(3, 6)]
    problem = make_problem(
        companies=everywhere, meetings=tuple(make_meeting(a, b, weight=a + b) for a, b in pairs)
    )

    assert upper_bound(problem) == sum(sorted((a + b for a, b in pairs), reverse=True)[:8])


@pytest.mark.parametrize("seed", range(40))
def test_waiting_is_counted_by_bits_as_by_slots(seed: int):
    draw = random.Random(seed)
    available = "".join(draw.choice("01") for _ in range(8))
    busy = set(draw.sample(range(8), draw.randint(1, 8)))
    mask = sum(1 << slot for slot in busy)

    assert idle_runs(int(available[::-1], 2), mask) == idle_runs_of_slots(available, busy)


@pytest.mark.parametrize("seed", range(20))
def test_tidying_closes_gaps_and_changes_nothing_above_them(seed: int):
    problem = random_problem(seed, companies=10, meetings=40)
    field, plan = planned(problem)

    tidy = tidied(field, interpreters_of(problem), plan, budget=unlimited(), seed=seed, sweeps=4)
    before, after = (score(problem, assignments_of(field, each)) for each in (plan, tidy))

    assert after.rank[:3] >= before.rank[:3]
    assert (after.value, after.unfairness) == (before.value, before.unfairness)
    assert after.gaps == gap_count(field, tidy)


def test_a_company_that_can_stay_at_its_table_stays():
    companies = tuple(make_company() for _ in range(8))
    meetings = tuple(make_meeting(0, other, starts=(other - 1,)) for other in (1, 2, 3, 4))
    others = (make_meeting(5, 6, starts=(0,)), make_meeting(5, 7, starts=(1,)))
    field, plan = planned(make_problem(companies=companies, meetings=meetings + others))

    assert score(field.problem, assignments_of(field, plan)).table_changes == 0


def test_a_meeting_finds_a_seat_along_a_chain_of_others_who_move_over():
    able = {meeting: [meeting, meeting + 1] for meeting in range(1, 300)} | {0: [0, 1], 300: [0]}
    matching = Matching(able, dict.fromkeys(able, range(1)))

    for meeting in sorted(able):
        matching.seat(meeting)

    assert len(set(matching.seat_of.values())) == len(able)


def test_a_share_of_a_budget_leaves_the_rest():
    budget = Budget(float("inf"), work=Work(10))
    share = budget.part(0.3)

    share.spend(3)

    assert share.is_spent
    assert not budget.is_spent
