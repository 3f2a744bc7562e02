from dataclasses import replace

from matchmaking.scheduling.problem import Assignment, Problem
from matchmaking.scheduling.violations import violations
from tests.factories.problems import (
    make_company,
    make_interpreter,
    make_meeting,
    make_problem,
    with_previous,
)


def broken(problem: Problem, *rows: Assignment) -> list[str]:
    return [str(violation) for violation in violations(problem, rows)]


def test_a_sound_schedule_breaks_nothing():
    assert broken(make_problem(), Assignment(0, 3, 1)) == []


def test_an_empty_schedule_breaks_nothing():
    assert broken(make_problem()) == []


def test_a_meeting_that_is_not_asked_for_is_named():
    assert broken(make_problem(), Assignment(1, 0, 0)) == ["no_such_meeting meeting:1"]


def test_a_meeting_placed_twice_is_named():
    rows = Assignment(0, 0, 0), Assignment(0, 2, 0)

    assert broken(make_problem(), *rows) == ["placed_twice meeting:0"]


def test_a_meeting_placed_twice_keeps_the_order_in_both_places():
    problem = make_problem(
        meetings=(make_meeting(), make_meeting()), tables=3, precedences=((0, 1),)
    )
    rows = Assignment(0, 3, 0), Assignment(0, 0, 0), Assignment(1, 1, 1)

    assert broken(problem, *rows) == [
        "placed_twice meeting:0",
        "precedence_broken meeting:0 meeting:1",
    ]


def test_a_meeting_outside_the_day_is_named():
    problem = make_problem(meetings=(make_meeting(duration=2),))

    assert broken(problem, Assignment(0, 3, 0)) == ["outside_the_slots meeting:0 slot:3"]
    assert broken(problem, Assignment(0, -1, 0)) == ["outside_the_slots meeting:0 slot:-1"]


def test_a_meeting_over_lunch_is_named():
    problem = make_problem(blocks=((0, 1), (2, 3)), meetings=(make_meeting(duration=2),))

    assert broken(problem, Assignment(0, 1, 0)) == ["crosses_a_break meeting:0 slot:1"]


def test_a_start_that_is_not_allowed_is_named():
    problem = make_problem(meetings=(make_meeting(starts=(0, 2)),))

    assert broken(problem, Assignment(0, 1, 0)) == ["start_not_allowed meeting:0 slot:1"]


def test_a_company_that_is_away_is_named_with_each_slot():
    companies = make_company(available="1011"), make_company(available="1101")
    problem = make_problem(companies=companies, meetings=(make_meeting(duration=2),))

    assert broken(problem, Assignment(0, 1, 0)) == [
        "company_unavailable meeting:0 participant:0 slot:1",
        "company_unavailable meeting:0 participant:1 slot:2",
    ]


def three_companies(**options: int) -> Problem:
    return make_problem(
        companies=(make_company(**options), make_company(), make_company()),
        meetings=(make_meeting(0, 1), make_meeting(0, 2)),
    )


def test_a_company_in_two_meetings_at_once_is_named_with_both():
    rows = Assignment(0, 1, 0), Assignment(1, 1, 1)

    assert broken(three_companies(), *rows) == [
        "company_double_booked participant:0 slot:1 meeting:0 meeting:1"
    ]


def test_a_company_with_two_lines_may_hold_two_meetings_at_once():
    assert broken(three_companies(parallel=2), Assignment(0, 1, 0), Assignment(1, 1, 1)) == []


def test_a_company_over_its_limit_is_named():
    rows = Assignment(0, 1, 0), Assignment(1, 2, 1)

    assert broken(three_companies(max_meetings=1), *rows) == ["company_over_limit participant:0"]


def test_two_meetings_at_one_table_are_named():
    problem = make_problem(
        companies=tuple(make_company() for _ in range(4)),
        meetings=(make_meeting(0, 1, duration=2), make_meeting(2, 3)),
    )

    assert broken(problem, Assignment(0, 0, 1), Assignment(1, 1, 1)) == [
        "table_double_booked table:1 slot:1 meeting:0 meeting:1"
    ]


def test_a_table_that_does_not_exist_is_named():
    assert broken(make_problem(), Assignment(0, 0, 2)) == ["no_such_table meeting:0 table:2"]


def test_a_table_that_cannot_be_used_then_is_named_with_the_slot():
    problem = replace(make_problem(), table_available=("1111", "1101"))

    assert broken(problem, Assignment(0, 1, 1)) == []
    assert broken(problem, Assignment(0, 2, 1)) == ["table_unavailable meeting:0 table:1 slot:2"]


def test_a_meeting_of_a_booth_owner_must_be_at_a_booth_of_either():
    companies = make_company(booth=0), make_company(booth=2), make_company()
    problem = make_problem(
        tables=4, companies=companies, meetings=(make_meeting(0, 1), make_meeting(0, 2))
    )

    assert broken(problem, Assignment(0, 0, 2), Assignment(1, 1, 0)) == []
    assert broken(problem, Assignment(0, 0, 1)) == ["wrong_table meeting:0 table:1"]
    assert broken(problem, Assignment(1, 0, 2)) == ["wrong_table meeting:1 table:2"]


def test_a_meeting_of_others_must_not_be_at_a_booth():
    companies = make_company(booth=0), make_company(), make_company()
    problem = make_problem(companies=companies, meetings=(make_meeting(1, 2),))

    assert broken(problem, Assignment(0, 0, 0)) == ["wrong_table meeting:0 table:0"]


def in_korean(**options: str) -> Problem:
    return make_problem(
        interpreters=(make_interpreter("ko", "ja", **options), make_interpreter("zh")),
        meetings=(make_meeting(language="ko"),),
    )


def test_a_missing_interpreter_is_named():
    assert broken(in_korean(), Assignment(0, 0, 0)) == ["interpreter_missing meeting:0 language:ko"]
    assert broken(in_korean(), Assignment(0, 0, 0, 2)) == [
        "no_such_interpreter meeting:0 interpreter:2"
    ]


def test_an_interpreter_without_the_language_is_named():
    assert broken(in_korean(), Assignment(0, 0, 0, 1)) == [
        "interpreter_lacks_language meeting:0 interpreter:1 language:ko"
    ]


def test_an_interpreter_who_is_away_is_named():
    problem = in_korean(available="0111")

    assert broken(problem, Assignment(0, 0, 0, 0)) == [
        "interpreter_unavailable meeting:0 interpreter:0 slot:0"
    ]


def test_an_interpreter_nobody_needs_is_named():
    problem = make_problem(interpreters=(make_interpreter("ko"),))

    assert broken(problem, Assignment(0, 0, 0, 0)) == [
        "interpreter_not_needed meeting:0 interpreter:0"
    ]


def test_an_interpreter_in_two_meetings_at_once_is_named():
    problem = make_problem(
        companies=tuple(make_company() for _ in range(4)),
        interpreters=(make_interpreter("ko"),),
        meetings=(make_meeting(0, 1, language="ko"), make_meeting(2, 3, language="ko")),
    )

    assert broken(problem, Assignment(0, 0, 0, 0), Assignment(1, 0, 1, 0)) == [
        "interpreter_double_booked interpreter:0 slot:0 meeting:0 meeting:1"
    ]


def test_a_meeting_must_end_before_the_one_it_precedes_starts():
    problem = replace(
        three_companies(),
        meetings=(make_meeting(0, 1, duration=2), make_meeting(0, 2)),
        precedences=((0, 1),),
    )

    assert broken(problem, Assignment(0, 0, 0), Assignment(1, 2, 0)) == []
    assert broken(problem, Assignment(1, 0, 0)) == []
    assert broken(problem, Assignment(0, 1, 0), Assignment(1, 0, 0)) == [
        "precedence_broken meeting:0 meeting:1"
    ]


def test_the_past_must_stay_as_it_was():
    held = Assignment(0, 1, 0)
    problem = with_previous(make_problem(), (held,), now=2)

    assert broken(problem, held) == []
    assert broken(problem) == ["past_changed meeting:0"]
    assert broken(problem, Assignment(0, 3, 0)) == ["past_changed meeting:0"]
    assert broken(problem, Assignment(0, 1, 1)) == ["past_changed meeting:0"]


def test_nothing_new_starts_in_the_past():
    problem = with_previous(three_companies(), (), now=2)

    assert broken(problem, Assignment(0, 2, 0), Assignment(1, 1, 0)) == [
        "starts_in_the_past meeting:1"
    ]


def test_the_past_is_not_judged_but_keeps_what_it_holds():
    absent = make_company(available="0000")
    problem = replace(three_companies(), participants=(absent, make_company(), make_company()))
    problem = with_previous(problem, (Assignment(0, 1, 0),), now=2)

    assert broken(problem, Assignment(0, 1, 0)) == []
    assert broken(problem, Assignment(0, 1, 0), Assignment(1, 2, 0)) == [
        "company_unavailable meeting:1 participant:0 slot:2"
    ]
