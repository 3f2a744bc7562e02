"""Changes of table: in a very small event the fewest are found, and proved to be."""

import random
from dataclasses import replace

import pytest

from bench.generate import Size, generated
from matchmaking.scheduling import Problem, score, solve, violations
from matchmaking.scheduling.formats import problem_from_json
from tests.factories.problems import make_company, make_meeting, make_problem, with_previous
from tests.scheduling.brute_force import best_rank


def crowded_problem(seed: int) -> Problem:
    """So few companies and tables that most often somebody has to change tables."""
    draw = random.Random(seed)
    companies = tuple(
        make_company(available="111", parallel=draw.choice([1, 1, 1, 2, 3])) for _ in range(4)
    )
    booth = draw.choice([None, 0, 1])
    pairs = [draw.sample(range(4), 2) for _ in range(5)]
    return make_problem(
        slots=3,
        companies=(replace(companies[0], booth=booth), *companies[1:]),
        meetings=tuple(make_meeting(a, b, weight=draw.choice([1, 2])) for a, b in pairs),
    )


def assert_proved_as_by_trying_everything(problem: Problem, *, workers: int) -> None:
    best = best_rank(problem)

    schedule = solve(problem, workers=workers, time_limit=240)

    assert violations(problem, schedule.assignments) == []
    assert score(problem, schedule.assignments).rank == best
    assert schedule.proved


@pytest.mark.parametrize("seed", range(16))
def test_the_fewest_changes_of_table_are_found_and_proved(seed: int):
    assert_proved_as_by_trying_everything(crowded_problem(seed), workers=1 + seed % 2)


@pytest.mark.parametrize("seed", range(8))
def test_where_a_day_has_begun_the_fewest_changes_after_that_are_found(seed: int):
    problem = crowded_problem(seed)
    published = solve(problem, workers=1, work_limit=6, time_limit=240).assignments
    repair = with_previous(problem, published, now=1 + seed % 2)

    assert_proved_as_by_trying_everything(repair, workers=1)


@pytest.mark.parametrize("seed", range(6))
def test_tables_that_are_lost_for_a_while_are_told_apart(seed: int):
    problem = replace(crowded_problem(seed), table_available=("110", "111"))

    assert_proved_as_by_trying_everything(problem, workers=1)


@pytest.mark.parametrize(("family", "changes"), [("avail", 6), ("mixed", 3)])
def test_an_event_of_25_requests_is_proved_to_need_its_changes_of_table(family: str, changes: int):
    size = Size(companies=10, meetings=25, slots=8, tables=3, block=4)
    problem = problem_from_json(generated(family, size, seed=1))

    schedule = solve(problem, time_limit=240)

    assert (schedule.table_changes, schedule.proved) == (changes, True)
