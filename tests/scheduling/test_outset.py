"""A bound before any option is listed."""

from dataclasses import replace

import pytest

from matchmaking.scheduling import solve
from matchmaking.scheduling.engine.outset import first_bound
from tests.factories.problems import (
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

    assert best.value <= first_bound(problem, seconds=0)
    assert best.value <= first_bound(problem, seconds=60)


def test_a_company_with_more_requests_than_slots_bounds_the_value_by_its_best() -> None:
    weights = (9, 7, 5, 3, 1)
    sought = make_company(available="1100")
    others = tuple(make_company(side="F") for _ in weights)
    meetings = tuple(make_meeting(0, 1 + k, weight=each) for k, each in enumerate(weights))
    problem = make_problem(companies=(sought, *others), meetings=meetings, tables=5)

    assert first_bound(problem, seconds=0) == 9 + 7
    limited = replace(sought, available="1111", max_meetings=3)
    assert first_bound(replace(problem, participants=(limited, *others)), seconds=0) == 9 + 7 + 5


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

    assert first_bound(one_speaker, seconds=0) == 10 + 9
    assert first_bound(one_table, seconds=0) == 10 + 9 + 8 + 7
