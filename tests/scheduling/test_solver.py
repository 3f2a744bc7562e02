"""What `solve` promises, on many small problems."""

import pytest

from matchmaking.scheduling.problem import Meeting, Participant, Problem
from matchmaking.scheduling.score import score
from matchmaking.scheduling.solver import solve
from matchmaking.scheduling.violations import violations
from tests.factories.problems import random_problem


@pytest.mark.parametrize("seed", range(12))
def test_a_schedule_breaks_no_rule_and_says_what_it_is_worth(seed: int):
    problem = random_problem(seed)

    schedule = solve(problem, time_limit=1.0, seed=seed)

    assert violations(problem, schedule.assignments) == []
    assert schedule.value == score(problem, schedule.assignments).value <= schedule.bound
    placed = {row.meeting for row in schedule.assignments}
    left_out = {row.meeting for row in schedule.unplaced}
    assert placed | left_out == set(range(len(problem.meetings)))
    assert not placed & left_out


def test_of_equal_value_the_fairer_schedule_wins():
    companies = [Participant("L", "11", 9), *[Participant("F", "11", 9)] * 2]
    meetings = [Meeting(0, 1, 1), Meeting(0, 1, 1), Meeting(0, 2, 1), Meeting(0, 2, 1)]
    problem = Problem(2, ((0, 1),), 1, tuple(companies), (), tuple(meetings))

    schedule = solve(problem, time_limit=2.0)

    partners = sorted(problem.meetings[row.meeting].b for row in schedule.assignments)
    assert (schedule.value, partners) == (2, [1, 2])
