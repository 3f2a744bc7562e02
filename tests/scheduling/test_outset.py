"""A bound and prices before any option is listed, and the schedule that is made by them."""

from dataclasses import replace

import pytest

from bench.generate import FAMILIES, Size, generated
from matchmaking.scheduling import score, solve, violations
from matchmaking.scheduling.engine.opening import opening
from matchmaking.scheduling.engine.outset import outset_of
from matchmaking.scheduling.formats import problem_from_json
from tests.factories.problems import (
    disturbed,
    make_company,
    make_interpreter,
    make_meeting,
    make_problem,
    random_problem,
)


@pytest.mark.parametrize("seed", range(40))
def test_no_schedule_is_worth_more_than_the_first_bound(seed: int) -> None:
    problem = random_problem(seed, companies=8, meetings=16, slots=6, tables=2)

    best = solve(problem, workers=1, work_limit=20, time_limit=240)

    assert best.value <= outset_of(problem, seconds=0).bound
    assert best.value <= outset_of(problem, seconds=60).bound


def test_a_company_with_more_requests_than_slots_bounds_the_value_by_its_best() -> None:
    weights = (9, 7, 5, 3, 1)
    sought = make_company(available="1100")
    others = tuple(make_company(side="F") for _ in weights)
    meetings = tuple(make_meeting(0, 1 + k, weight=each) for k, each in enumerate(weights))
    problem = make_problem(companies=(sought, *others), meetings=meetings, tables=5)

    assert outset_of(problem, seconds=0).bound == 9 + 7
    limited = replace(sought, available="1111", max_meetings=3)
    assert (
        outset_of(replace(problem, participants=(limited, *others)), seconds=0).bound == 9 + 7 + 5
    )


def test_scarce_interpreters_and_tables_bound_the_value() -> None:
    companies = tuple(make_company(side="LF"[number % 2]) for number in range(20))
    meetings = tuple(
        make_meeting(2 * pair, 2 * pair + 1, weight=1 + pair, language="ko") for pair in range(10)
    )
    one_speaker = make_problem(
        companies=companies,
        meetings=meetings,
        tables=10,
        interpreters=(make_interpreter("ko", available="1100"),),
    )
    silent = tuple(replace(each, language=None) for each in meetings)
    one_table = make_problem(companies=companies, meetings=silent, tables=1)

    assert outset_of(one_speaker, seconds=0).bound == 10 + 9
    assert outset_of(one_table, seconds=0).bound == 10 + 9 + 8 + 7


def test_a_meeting_gains_its_weight_less_the_prices_of_what_is_scarce():
    weights = (9, 7, 5, 3)
    companies = (make_company(available="1100"), *(make_company(side="F") for _ in weights))
    meetings = tuple(make_meeting(0, 1 + k, weight=each) for k, each in enumerate(weights))

    gain = outset_of(make_problem(companies=companies, meetings=meetings), seconds=60).gain

    assert gain.tolist() == [4, 2, 0, -2]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_schedule_made_by_prices_is_worth_more_than_one_made_by_weight(family: str):
    size = Size(companies=200, meetings=1300, slots=16, tables=60, block=6)
    problem = problem_from_json(generated(family, size, seed=0))
    outset = outset_of(problem, seconds=60)

    by_weight, by_prices = opening(problem), opening(problem, outset.gain.tolist())

    assert violations(problem, by_prices) == []
    worth = [score(problem, each).value for each in (by_weight, by_prices)]
    assert worth == sorted(worth)
    assert worth[1] <= outset.bound


@pytest.mark.parametrize("seed", range(20))
def test_a_schedule_made_by_prices_leaves_the_past_as_it_was(seed: int):
    problem = random_problem(seed)
    problem = disturbed(problem, opening(problem), seed)

    rows = opening(problem, outset_of(problem, seconds=60).gain.tolist())

    assert violations(problem, rows) == []


@pytest.mark.parametrize("seed", range(20))
def test_a_glance_at_the_first_few_breaks_nothing(seed: int):
    problem = random_problem(seed)
    problem = disturbed(problem, opening(problem), seed)

    for most in (0, 1, 5):
        rows = opening(problem, most=most)

        assert violations(problem, rows) == []
        assert len(rows) <= len(problem.past) + most


def test_meetings_longer_than_any_day_have_a_bound_in_moments():
    long = make_meeting(duration=1_000_000_000)

    assert outset_of(make_problem(meetings=(long,)), seconds=60).bound == long.weight
