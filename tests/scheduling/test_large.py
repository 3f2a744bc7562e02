"""What is far larger than any event: it takes no more time than it is given."""

from dataclasses import replace
from threading import Event

from bench.generate import Size, generated
from matchmaking.scheduling import Assignment, Problem, Progress, solve, violations
from matchmaking.scheduling.engine.opening import opening
from matchmaking.scheduling.formats import problem_from_json
from tests.factories.problems import make_meeting, make_problem, random_problem, with_previous


def five_thousand_companies() -> Problem:
    size = Size(companies=5000, meetings=33_000, slots=30, tables=1450, block=6)
    return problem_from_json(generated("mixed", size, seed=0))


def test_five_thousand_companies_have_a_sound_schedule_at_once_and_in_the_end():
    problem = five_thousand_companies()

    first = opening(problem)
    schedule = solve(problem, time_limit=2)

    assert len(first) > 20_000
    assert violations(problem, first) == []
    assert violations(problem, schedule.assignments) == []
    assert schedule.value <= schedule.bound
    assert len(schedule.assignments) + len(schedule.unplaced) == len(problem.meetings)


def test_who_stops_at_the_first_word_of_five_thousand_companies_has_a_sound_schedule():
    problem = five_thousand_companies()
    heard: list[Progress] = []
    enough = Event()

    def tell(progress: Progress) -> None:
        heard.append(progress)
        enough.set()

    schedule = solve(problem, time_limit=240, progress=tell, stop=enough)

    assert 0 < heard[0].placed < 5_000
    assert heard[0].value <= heard[0].bound
    assert violations(problem, schedule.assignments) == []
    assert schedule.value > heard[0].value


def test_more_tables_than_meetings_cost_nothing():
    problem = random_problem(3)

    few, many = (
        solve(replace(problem, tables=tables), workers=1, work_limit=4, time_limit=240)
        for tables in (len(problem.meetings) + len(problem.booths), 1_000_000)
    )

    assert violations(replace(problem, tables=1_000_000), many.assignments) == []
    assert many.value == few.value


def test_a_meeting_that_is_longer_than_any_day_is_told_so():
    problem = random_problem(3)
    long = tuple(replace(meeting, duration=1_000_000) for meeting in problem.meetings)

    schedule = solve(replace(problem, meetings=long, precedences=()), time_limit=240)

    assert {unplaced.reason for unplaced in schedule.unplaced} == {"no_allowed_start"}
    assert schedule.proved


def test_of_a_hundred_thousand_tables_each_can_be_had():
    """Of those that are alike there are more than anybody needs."""
    meetings = tuple(make_meeting(starts=(slot,)) for slot in range(4))
    problem = replace(
        make_problem(meetings=meetings, tables=100_000),
        table_available=(*["1010"] * 99_999, "0101"),
    )
    published = with_previous(problem, (Assignment(0, 0, 77_777),), now=0)

    schedule, repaired = (
        solve(one, workers=1, work_limit=6, time_limit=240) for one in (problem, published)
    )

    assert (schedule.value, schedule.table_changes) == (20, 6)
    assert {row.table for row in schedule.assignments if row.start % 2} == {99_999}
    assert violations(problem, schedule.assignments) == []
    assert (repaired.value, repaired.moved) == (20, 0)
    assert violations(published, repaired.assignments) == []
