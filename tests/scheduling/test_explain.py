from dataclasses import replace

import pytest

from matchmaking.scheduling import (
    Assignment,
    Problem,
    Unplaced,
    explain,
)
from tests.factories.problems import (
    make_company,
    make_interpreter,
    make_meeting,
    make_problem,
    random_problem,
    with_previous,
)
from tests.scheduling.brute_force import every_schedule


def why(problem: Problem, *rows: Assignment) -> Unplaced:
    """The explanation of the last meeting of the problem."""
    return explain(problem, rows)[-1]


def told(unplaced: Unplaced) -> tuple[str, list[str]]:
    return unplaced.reason, [str(subject) for subject in unplaced.subjects]


def remedies(unplaced: Unplaced) -> list[str]:
    return [str(remedy) for remedy in unplaced.remedies]


def four_companies(*meetings: tuple[int, int], **options: int) -> Problem:
    return make_problem(
        companies=(make_company(**options), *(make_company() for _ in range(3))),
        meetings=tuple(make_meeting(a, b) for a, b in meetings),
    )


def test_a_meeting_too_long_for_every_block_has_no_allowed_start():
    problem = make_problem(blocks=((0, 1), (2, 3)), meetings=(make_meeting(duration=3),))

    assert told(why(problem)) == ("no_allowed_start", ["meeting:0"])


def test_a_meeting_whose_starts_are_past_has_no_allowed_start():
    problem = make_problem(meetings=(make_meeting(starts=(0, 1)),))
    unplaced = why(with_previous(problem, (), now=2))

    assert told(unplaced) == ("no_allowed_start", ["meeting:0"])
    assert remedies(unplaced) == ["let meeting:0 start in slot 2"]


def test_a_company_that_is_never_there_is_named():
    problem = make_problem(companies=(make_company(available="0000"), make_company()))
    unplaced = why(problem)

    assert told(unplaced) == ("company_absent", ["participant:0"])
    assert remedies(unplaced) == ["free participant:0 in slot 0"]


def test_companies_never_there_together_are_both_named():
    problem = make_problem(
        companies=(make_company(available="0011"), make_company(available="1000"))
    )
    unplaced = why(problem)

    assert told(unplaced) == ("no_common_free_slot", ["participant:0", "participant:1"])
    assert remedies(unplaced) == [
        "free participant:0 in slot 0",
        "free participant:1 in slot 2",
    ]


def test_a_language_nobody_speaks_then_is_named_with_the_slots():
    problem = make_problem(
        companies=(make_company(available="0110"), make_company()),
        interpreters=(make_interpreter("ko", available="1001"), make_interpreter("ja")),
        meetings=(make_meeting(language="ko"),),
    )
    unplaced = why(problem)

    assert told(unplaced) == ("no_interpreter", ["language:ko", "slot:1", "slot:2"])
    assert remedies(unplaced) == [
        "free participant:0 in slot 0",
        "one more interpreter of language:ko in slot 1",
    ]


def test_a_hall_without_tables_is_named():
    unplaced = why(make_problem(tables=0, meetings=(make_meeting(starts=(1,)),)))

    assert told(unplaced) == ("no_table", ["slot:1"])
    assert remedies(unplaced) == ["one more table in slot 1"]


def test_a_company_at_its_limit_is_full():
    problem = four_companies((0, 1), (0, 2), max_meetings=1)
    unplaced = why(problem, Assignment(0, 0, 0))

    assert told(unplaced) == ("company_full", ["participant:0"])
    assert remedies(unplaced) == ["one more meeting for participant:0", "drop meeting:0"]


def test_a_company_whose_day_is_taken_is_full():
    problem = four_companies((0, 1), (0, 2))
    problem = replace(
        problem, participants=(make_company(available="0100"), *problem.participants[1:])
    )
    unplaced = why(problem, Assignment(0, 1, 0))

    assert told(unplaced) == ("company_full", ["participant:0"])
    assert remedies(unplaced) == [
        "free participant:0 in slot 0",
        "one more person for participant:0 in slot 1",
        "drop meeting:0",
    ]


def test_a_meeting_is_outranked_by_those_that_hold_the_common_slots():
    problem = four_companies((0, 2), (1, 3), (0, 1))
    problem = replace(
        problem,
        participants=(
            make_company(available="0110"),
            make_company(available="1110"),
            *problem.participants[2:],
        ),
    )
    unplaced = why(problem, Assignment(0, 1, 0), Assignment(1, 2, 1))

    assert told(unplaced) == ("outranked", ["meeting:0", "meeting:1"])
    assert remedies(unplaced) == [
        "free participant:0 in slot 0",
        "one more person for participant:0 in slot 1",
        "drop meeting:0",
    ]


def test_a_slot_without_a_table_left_is_named():
    problem = replace(four_companies((0, 1), (2, 3)), tables=1)
    problem = replace(
        problem, meetings=(problem.meetings[0], replace(problem.meetings[1], starts=(2,)))
    )
    unplaced = why(problem, Assignment(0, 2, 0))

    assert told(unplaced) == ("no_table", ["slot:2"])
    assert remedies(unplaced) == [
        "let meeting:1 start in slot 0",
        "one more table in slot 2",
    ]


def test_a_booth_that_is_taken_is_named():
    problem = four_companies((0, 1), (0, 2), parallel=2, booth=1)
    problem = replace(
        problem, meetings=tuple(replace(each, starts=(3,)) for each in problem.meetings)
    )

    assert told(why(problem, Assignment(0, 3, 1))) == ("no_table", ["table:1", "slot:3"])


def test_an_interpreter_who_is_engaged_is_wanting():
    problem = replace(
        four_companies((0, 1), (2, 3)),
        interpreters=(make_interpreter("ko"),),
        meetings=(
            make_meeting(0, 1, language="ko"),
            make_meeting(2, 3, language="ko", starts=(0,)),
        ),
    )

    assert told(why(problem, Assignment(0, 0, 0, 0))) == (
        "no_interpreter",
        ["language:ko", "slot:0"],
    )


def test_a_meeting_that_must_come_before_the_first_is_out_of_order():
    problem = replace(four_companies((0, 1), (2, 3)), precedences=((1, 0),))

    assert told(why(problem, Assignment(0, 0, 0))) == ("precedence", ["meeting:0"])


def test_what_could_be_placed_is_out_of_time():
    companies = (make_company(available="0101"), make_company(available="0101"))
    unplaced = why(make_problem(companies=companies))

    assert told(unplaced) == ("out_of_time", ["slot:1", "slot:3"])
    assert (unplaced.remedies, unplaced.together) == ((), ())


@pytest.mark.parametrize("seed", range(12))
def test_what_no_schedule_could_place_is_said_to_be_so(seed: int):
    whatever = {"no_allowed_start", "company_absent", "no_common_free_slot"}
    problem = random_problem(seed, companies=5, meetings=3, slots=4, tables=2, interpreters=2)
    unplaced = explain(problem, ())
    placeable = {row.meeting for rows in every_schedule(problem) for row in rows}

    assert all(one.meeting not in placeable for one in unplaced if one.reason in whatever)
    assert all(one.meeting in placeable for one in unplaced if one.reason == "out_of_time")
