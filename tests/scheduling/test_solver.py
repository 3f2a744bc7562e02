import subprocess
import sys
import threading
from dataclasses import replace
from threading import Event

import pytest

from matchmaking.scheduling import Problem, Progress, Schedule, score, solve, violations
from tests.factories.problems import (
    disturbed,
    make_company,
    make_interpreter,
    make_meeting,
    make_problem,
    random_problem,
    with_lost_tables,
    with_previous,
)
from tests.scheduling.brute_force import best_rank


def quickly(problem: Problem, *, seed: int = 0, steps: int = 6) -> Schedule:
    return solve(problem, seed=seed, workers=1, work_limit=steps, time_limit=240)


def tiny_problem(seed: int) -> Problem:
    problem = random_problem(seed, companies=5, meetings=4, slots=4, tables=2, interpreters=2)
    if seed % 3:
        return problem
    return disturbed(problem, quickly(problem).assignments, seed)


def assert_honest(problem: Problem, schedule: Schedule) -> None:
    """The schedule breaks nothing, says what is true of it, and speaks of every meeting."""
    figures = score(problem, schedule.assignments)
    stated = (schedule.value, schedule.unfairness, schedule.gaps, schedule.table_changes)
    numbers = [row.meeting for row in schedule.assignments]
    numbers += [unplaced.meeting for unplaced in schedule.unplaced]

    assert violations(problem, schedule.assignments) == []
    assert stated == (figures.value, figures.unfairness, figures.gaps, figures.table_changes)
    assert schedule.moved == figures.moved
    assert schedule.value <= schedule.bound
    assert sorted(numbers) == list(range(len(problem.meetings)))


@pytest.mark.parametrize("seed", range(160))
def test_a_schedule_of_a_random_problem_breaks_nothing_and_says_what_is_true(seed: int):
    problem = random_problem(seed, meetings=20 + seed % 30)

    assert_honest(problem, quickly(problem, seed=seed))


@pytest.mark.parametrize("seed", range(80))
def test_a_repair_breaks_nothing_and_leaves_the_past_as_it_was(seed: int):
    problem = random_problem(seed)
    published = quickly(problem).assignments
    repair = disturbed(problem, published, seed)

    assert_honest(repair, quickly(repair, seed=seed))


@pytest.mark.parametrize("seed", range(60))
def test_a_schedule_leaves_alone_the_tables_that_cannot_be_used(seed: int):
    problem = with_lost_tables(random_problem(seed), seed)

    assert_honest(problem, quickly(problem, seed=seed))


@pytest.mark.parametrize("seed", range(20))
def test_a_tiny_problem_with_lost_tables_is_solved_as_well_as_by_trying_everything(seed: int):
    problem = with_lost_tables(tiny_problem(seed), seed)
    short = tuple(replace(meeting, duration=1) for meeting in problem.meetings)
    problem = replace(problem, meetings=short)
    best = best_rank(problem)

    schedule = solve(problem, seed=seed, workers=1, time_limit=240)

    assert_honest(problem, schedule)
    assert score(problem, schedule.assignments).rank[:3] == best[:3]


@pytest.mark.parametrize("seed", range(40))
def test_a_tiny_problem_is_solved_as_well_as_by_trying_everything(seed: int):
    problem = tiny_problem(seed)
    best = best_rank(problem)

    schedule = solve(problem, seed=seed, workers=1, time_limit=240)

    assert_honest(problem, schedule)
    assert schedule.bound >= best[0]
    assert score(problem, schedule.assignments).rank[:3] == best[:3]
    proved = schedule.proved_objectives
    assert score(problem, schedule.assignments).rank[:proved] == best[:proved]
    assert schedule.proved == (proved == len(best))


@pytest.mark.parametrize("seed", range(3))
def test_with_one_worker_and_a_work_limit_the_same_seed_gives_the_same_schedule(seed: int):
    problem = random_problem(seed, companies=16, meetings=60)

    first, second = (quickly(problem, seed=seed, steps=25) for _ in range(2))

    assert replace(first, seconds=0) == replace(second, seconds=0)


def test_two_workers_reach_the_same_value_where_it_is_proved():
    problem = random_problem(7, companies=5, meetings=6, slots=4, tables=2)

    one, two = (solve(problem, workers=workers, time_limit=240) for workers in (1, 2))

    assert one.proved
    assert two.proved
    assert one.value == two.value


@pytest.mark.parametrize("seed", range(4))
def test_one_more_table_never_makes_a_proved_schedule_worse(seed: int):
    problem = random_problem(seed, companies=5, meetings=5, slots=4, tables=2)
    roomier = replace(problem, tables=problem.tables + 1)

    before, after = (solve(each, workers=1, time_limit=240) for each in (problem, roomier))

    assert after.value >= before.value


def test_nothing_to_place_gives_an_empty_schedule_that_is_proved():
    schedule = solve(make_problem(meetings=()))

    assert (schedule.assignments, schedule.value, schedule.bound) == ((), 0, 0)
    assert schedule.proved


def test_a_problem_of_nothing_at_all_is_solved():
    nothing = Problem(slots=0, blocks=(), tables=0, participants=(), interpreters=(), meetings=())

    assert solve(nothing).proved


def test_what_can_never_be_placed_is_left_out_and_the_schedule_is_proved():
    problem = make_problem(
        tables=0, meetings=(make_meeting(), make_meeting(duration=9), make_meeting(starts=()))
    )

    schedule = solve(problem)

    assert schedule.assignments == ()
    assert schedule.proved


def test_more_requests_than_fit_fill_every_place_with_the_weightiest():
    companies = tuple(make_company(available="11") for _ in range(6))
    pairs = [(a, b) for a in range(3) for b in range(3, 6)]
    problem = make_problem(
        slots=2,
        tables=1,
        companies=companies,
        meetings=tuple(make_meeting(a, b, weight=a + b) for a, b in pairs),
    )

    schedule = solve(problem)

    assert (schedule.value, schedule.bound) == (7 + 6, 13)


def test_of_equal_value_the_fairer_schedule_wins():
    pairs = [(0, 1), (0, 1), (0, 2), (0, 2)]
    problem = make_problem(
        slots=2,
        tables=1,
        companies=tuple(make_company(available="11") for _ in range(3)),
        meetings=tuple(make_meeting(a, b, weight=1) for a, b in pairs),
    )

    schedule = solve(problem)

    assert sorted(problem.meetings[row.meeting].b for row in schedule.assignments) == [1, 2]


def test_meetings_that_must_both_come_first_are_not_both_placed():
    problem = make_problem(
        companies=tuple(make_company() for _ in range(4)),
        meetings=(make_meeting(0, 1), make_meeting(2, 3, weight=7)),
        precedences=((0, 1), (1, 0)),
    )

    schedule = solve(problem)

    assert [row.meeting for row in schedule.assignments] == [1]
    assert schedule.proved


def test_long_meetings_share_interpreters_who_are_there_long_enough():
    problem = make_problem(
        companies=tuple(make_company() for _ in range(4)),
        interpreters=(make_interpreter("ko", available="1100"), make_interpreter("ko", "ja")),
        meetings=(
            make_meeting(0, 1, duration=2, language="ko", starts=(0, 1)),
            make_meeting(2, 3, duration=2, language="ja", starts=(0, 1)),
        ),
    )

    schedule = solve(problem)

    assert sorted(row.interpreter for row in schedule.assignments) == [0, 1]


def test_very_large_weights_are_counted_exactly():
    heavy = 10**12
    problem = make_problem(
        companies=(make_company(available="1000"), make_company(), make_company()),
        meetings=(make_meeting(0, 1, weight=heavy), make_meeting(0, 2, weight=heavy - 1)),
    )

    schedule = solve(problem)

    assert (schedule.value, schedule.bound) == (heavy, heavy)


def test_a_repair_moves_only_what_must_move():
    problem = make_problem(
        companies=tuple(make_company() for _ in range(4)),
        meetings=(make_meeting(0, 1), make_meeting(2, 3), make_meeting(0, 3)),
    )
    published = solve(problem).assignments
    moved = next(row for row in published if row.meeting == 1 and row.start >= 0)
    away = "".join("0" if slot == moved.start else "1" for slot in range(4))
    companies = (*problem.participants[:2], make_company(available=away), make_company())
    repair = with_previous(replace(problem, participants=companies), published, now=0, move_cost=9)

    schedule = solve(repair)

    assert schedule.moved == 0
    assert {row.meeting for row in schedule.assignments} == {0, 1, 2}


def test_a_search_that_is_stopped_at_once_still_gives_a_valid_schedule():
    stop = Event()
    stop.set()
    problem = random_problem(5)

    assert_honest(problem, solve(problem, stop=stop))


def test_a_search_leaves_the_event_it_can_be_stopped_by_as_it_was():
    stop = Event()

    solve(random_problem(5), stop=stop, time_limit=0)

    assert not stop.is_set()


def test_a_time_limit_of_nothing_gives_a_valid_schedule():
    problem = random_problem(6)

    assert_honest(problem, solve(problem, time_limit=0))


def test_progress_is_told_in_the_thread_of_the_caller():
    seen: list[tuple[Progress, int]] = []
    enough = Event()
    problem = random_problem(8, companies=40, meetings=400, tables=12)

    def tell(progress: Progress) -> None:
        seen.append((progress, threading.get_ident()))
        if len(seen) > 1:
            enough.set()

    solve(problem, time_limit=240, progress=tell, stop=enough)
    values = [progress.value for progress, _ in seen]

    assert {thread for _, thread in seen} == {threading.get_ident()}
    assert values == sorted(values)
    assert all(progress.value <= progress.bound for progress, _ in seen)


def test_a_failure_of_the_caller_ends_the_search():
    def fail(progress: Progress) -> None:
        raise RuntimeError("the database is gone")

    with pytest.raises(RuntimeError, match="the database is gone"):
        solve(random_problem(9, companies=40, meetings=400), time_limit=240, progress=fail)


def test_the_library_is_imported_without_its_optimization_libraries():
    program = (
        "import sys, matchmaking.scheduling\n"
        "heavy = {'ortools', 'highspy', 'pandas', 'numpy', 'flask', 'sqlalchemy'}\n"
        "print(heavy & set(sys.modules))"
    )

    answer = subprocess.run(
        [sys.executable, "-c", program], check=True, capture_output=True, text=True
    )

    assert answer.stdout == "set()\n"
