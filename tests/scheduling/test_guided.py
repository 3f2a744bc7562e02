"""The hand that works at the whole problem: nowhere worse, nothing broken, and soon at the bound."""

import numpy as np
import pytest

from bench.generate import Size, generated
from matchmaking.scheduling import violations
from matchmaking.scheduling.engine.budget import Budget, Work
from matchmaking.scheduling.engine.guided import STEPS, guide
from matchmaking.scheduling.engine.interpreters import interpreters_of
from matchmaking.scheduling.engine.linear import Effort
from matchmaking.scheduling.engine.nearest import companies_at_odds, made_whole, nearest
from matchmaking.scheduling.engine.opening import opening
from matchmaking.scheduling.engine.plan import field_of, plan_of
from matchmaking.scheduling.engine.prices import trivial_bound
from matchmaking.scheduling.engine.search import Search
from matchmaking.scheduling.engine.seating import assignments_of
from matchmaking.scheduling.formats import problem_from_json
from matchmaking.scheduling.problem import Problem
from tests.factories.problems import disturbed, random_problem, with_lost_tables


def searched(problem: Problem) -> Search:
    field = field_of(problem)
    plan = plan_of(field, opening(problem))
    return Search(field, interpreters_of(problem), plan, trivial_bound(field.packing))


@pytest.mark.parametrize("seed", range(12))
def test_looking_at_the_whole_problem_breaks_nothing_and_loses_nothing(seed: int):
    problem = with_lost_tables(random_problem(seed, companies=10, meetings=40), seed)
    problem = disturbed(problem, opening(problem), seed) if seed % 2 else problem
    search = searched(problem)
    before = search.field.rank(search.plan)

    guide(search, Budget(float("inf")), fair=seed % 3 == 0, seed=seed)

    assert violations(problem, assignments_of(search.field, search.plan)) == []
    assert before <= search.field.rank(search.plan)
    assert search.field.value(search.plan) <= search.bound.bound


def test_where_some_are_absent_the_greatest_value_is_found_and_proved():
    problem = problem_from_json(generated("avail", Size(40, 220, 12, 14, 6), seed=1))
    search = searched(problem)
    assert not search.is_valuable_enough

    guide(search, Budget(float("inf")), fair=False, seed=0)

    assert search.is_valuable_enough


def test_where_meetings_are_long_and_interpreted_one_look_loses_hardly_any_value():
    problem = problem_from_json(generated("mixed", Size(60, 300, 12, 18, 6), seed=3))
    search = searched(problem)

    guide(search, Budget(float("inf"), work=Work(STEPS)), fair=False, seed=0)

    assert search.field.value(search.plan) >= 0.98 * search.bound.bound


def test_fractions_nearest_to_a_plan_of_the_greatest_value_are_that_plan():
    problem = problem_from_json(generated("avail", Size(30, 100, 12, 10, 6), seed=1))
    search = searched(problem)
    guide(search, Budget(float("inf")), fair=False, seed=0)
    everything = np.ones(len(search.field.packing), dtype=bool)
    effort = Effort(float("inf"), seed=7, nodes=99)

    fractions = nearest(search.field, search.plan, everything, effort)

    assert search.is_valuable_enough
    assert not companies_at_odds(search.field, search.plan, fractions).any()
    again = made_whole(search.field, fractions, search.plan, effort)
    assert again.chosen.tolist() == search.plan.chosen.tolist()
