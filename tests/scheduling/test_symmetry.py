import random
from dataclasses import replace

import pytest

from matchmaking.scheduling import Problem, Schedule, solve, violations
from tests.factories.problems import random_problem


def renumbered(problem: Problem, seed: int) -> Problem:
    """The same problem, its companies and meetings in another order, and each meeting's two sides."""
    draw = random.Random(seed)
    companies = list(range(len(problem.participants)))
    order = list(range(len(problem.meetings)))
    draw.shuffle(companies)
    draw.shuffle(order)
    meetings = [problem.meetings[number] for number in order]
    return replace(
        problem,
        participants=tuple(problem.participants[companies.index(n)] for n in range(len(companies))),
        meetings=tuple(replace(m, a=companies[m.b], b=companies[m.a]) for m in meetings),
        precedences=tuple((order.index(a), order.index(b)) for a, b in problem.precedences),
    )


def objectives(schedule: Schedule) -> tuple[int, int, int, int]:
    return schedule.value, schedule.unfairness, schedule.gaps, schedule.table_changes


@pytest.mark.parametrize("seed", range(12))
def test_the_numbers_of_companies_and_meetings_change_nothing_that_is_proved(seed: int):
    problem = random_problem(seed, companies=5, meetings=7, slots=4, tables=2, interpreters=2)
    other = renumbered(problem, seed)

    one, two = (solve(each, time_limit=240, workers=1) for each in (problem, other))

    assert violations(problem, one.assignments) == []
    assert violations(other, two.assignments) == []
    assert one.value <= two.bound
    assert two.value <= one.bound
    if one.proved and two.proved:
        assert objectives(one) == objectives(two)
