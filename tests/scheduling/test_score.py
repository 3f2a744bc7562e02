from dataclasses import replace

import pytest

from matchmaking.scheduling.problem import Assignment, Problem
from matchmaking.scheduling.score import idle_runs, score
from matchmaking.scheduling.situation import mask_of, mask_of_marks
from tests.factories.problems import (
    make_company,
    make_interpreter,
    make_meeting,
    make_problem,
    with_previous,
)


def a_day(**options: str) -> Problem:
    """Company 0 wants to meet each of three others; lunch is after slot 4."""
    return make_problem(
        slots=8,
        blocks=((0, 4), (5, 7)),
        tables=3,
        companies=(
            make_company(**{"available": "1" * 8, **options}),
            *(make_company(side="F", available="1" * 8) for _ in range(3)),
        ),
        meetings=tuple(make_meeting(0, other, weight=other) for other in (1, 2, 3)),
    )


def test_the_value_is_the_weight_of_what_is_placed():
    assert score(a_day(), [Assignment(1, 0, 0), Assignment(2, 1, 0)]).value == 5


def test_every_missing_meeting_of_a_company_counts_squared():
    assert score(a_day(), [Assignment(1, 0, 0)]).unfairness == 2**2 + 0 + 1 + 1


def test_nobody_can_hope_for_more_meetings_than_slots():
    assert score(a_day(available="11000000"), []).unfairness == 2**2 + 3


def test_waiting_between_meetings_of_a_block_counts_once_a_run():
    waits_three_slots = [Assignment(0, 0, 0), Assignment(1, 4, 0)]
    waits_over_lunch = [Assignment(0, 4, 0), Assignment(1, 5, 0)]

    assert score(a_day(), waits_three_slots).gaps == 1
    assert score(a_day(), waits_over_lunch).gaps == 0


@pytest.mark.parametrize(
    ("available", "busy", "runs"),
    [
        ("11111", {0, 4}, 1),
        ("11011", {0, 4}, 2),
        ("10001", {0, 4}, 0),
        ("11111", {0, 2, 4}, 2),
        ("11111", {1, 2, 3}, 0),
        ("11111", {3}, 0),
    ],
)
def test_only_available_slots_between_meetings_are_waiting(
    available: str, busy: set[int], runs: int
):
    assert idle_runs(mask_of_marks(available), mask_of(busy)) == runs


def test_a_company_that_walks_to_another_table_inside_a_block_is_counted():
    rows = [Assignment(0, 0, 0), Assignment(1, 2, 1), Assignment(2, 5, 0)]

    assert score(a_day(), rows).table_changes == 1


def test_a_meeting_moved_or_dropped_costs_what_a_move_costs():
    published = tuple(Assignment(meeting, meeting, 0) for meeting in range(3))
    problem = with_previous(a_day(), published, now=1, move_cost=1)

    figures = score(problem, [published[0], Assignment(1, 6, 0)])

    assert (figures.moved, figures.value) == (2, 1 + 2 - 2)


def test_a_change_of_table_is_no_move():
    published = (Assignment(1, 1, 0),)
    problem = with_previous(a_day(), published, now=0)

    assert score(problem, [Assignment(1, 1, 2)]).moved == 0


def test_what_cannot_be_held_any_more_is_not_counted_as_moved():
    published = (Assignment(0, 1, 0), Assignment(1, 2, 0), Assignment(2, 3, 0, 0))
    problem = replace(
        a_day(available="10111111"),
        interpreters=(make_interpreter("ko", available="00001111"),),
        meetings=(
            make_meeting(0, 1),
            make_meeting(0, 2, starts=(4,)),
            make_meeting(0, 3, language="ko"),
        ),
    )

    assert score(with_previous(problem, published, now=0), []).moved == 0
