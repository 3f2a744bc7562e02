from dataclasses import replace
from threading import Event

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchmaking.scheduling import (
    Assignment,
    Bottleneck,
    Problem,
    Remedy,
    bottlenecks,
    solve,
    violations,
    with_higher_limit,
    with_interpreter,
    with_slot,
    with_tables,
)
from tests.factories.problems import (
    make_company,
    make_interpreter,
    make_meeting,
    make_problem,
    random_problem,
    with_lost_tables,
    with_previous,
)
from tests.scheduling.brute_force import best_rank


def six_companies(*meetings: tuple[int, int], slots: int = 1, tables: int = 1) -> Problem:
    return make_problem(
        companies=tuple(make_company(available="1" * slots) for _ in range(6)),
        meetings=tuple(make_meeting(a, b) for a, b in meetings),
        slots=slots,
        tables=tables,
    )


def told(found: tuple[Bottleneck, ...]) -> list[tuple[str, int | None, int | None]]:
    return [(str(one.change), one.gained, one.placed) for one in found]


def test_a_hall_with_too_few_tables_needs_one_more():
    problem = six_companies((0, 1), (2, 3), (4, 5))

    found = bottlenecks(problem, [Assignment(0, 0, 0)], time_limit=240)

    assert told(found) == [("one more slot in block:0", 5, 1), ("one more table", 5, 1)]
    assert [one.estimated for one in found] == [5.0, 5.0]


def test_the_language_that_is_short_is_named_first():
    problem = six_companies((0, 1), (2, 3), (4, 5), tables=9)
    languages = ("ko", "ko", "ja")
    meetings = tuple(
        replace(one, language=language)
        for one, language in zip(problem.meetings, languages, strict=True)
    )
    people = make_interpreter("ko", available="1"), make_interpreter("ja", available="1")
    problem = replace(problem, meetings=meetings, interpreters=people)

    found = bottlenecks(problem, [], time_limit=240)

    assert told(found) == [
        ("one more interpreter of language:ko", 5, 1),
        ("one more slot in block:0", 5, 1),
        ("one more interpreter of language:ja", 0, 0),
        ("one more table", 0, 0),
    ]


def test_a_company_that_may_meet_too_few_is_named():
    problem = six_companies((0, 1), (0, 2), (0, 3), slots=4)
    problem = replace(
        problem, participants=(make_company(max_meetings=1), *problem.participants[1:])
    )

    first = bottlenecks(problem, [], time_limit=240)[0]

    assert told((first,)) == [("one more meeting for participant:0", 5, 1)]


def test_what_there_was_no_time_to_verify_is_only_estimated():
    problem = six_companies((0, 1), (2, 3))
    stopped = Event()
    stopped.set()

    found = bottlenecks(problem, [], time_limit=240, stop=stopped)

    assert {(one.gained, one.placed) for one in found} == {(None, None)}
    assert found[0].estimated == 5.0


def test_progress_is_told_and_the_event_that_could_stop_it_is_left_alone():
    told_of: list[tuple[int, int]] = []
    stop = Event()
    problem = six_companies((0, 1), (2, 3))

    def tell(done: int, of: int) -> None:
        told_of.append((done, of))

    bottlenecks(problem, [], time_limit=240, progress=tell, stop=stop)

    assert told_of == [(1, 2), (2, 2)]
    assert not stop.is_set()


def changed(problem: Problem, change: Remedy) -> Problem:
    if change.action == "add_table":
        return with_tables(problem)
    key = change.subjects[0].key
    if change.action == "add_interpreter":
        return with_interpreter(problem, [str(key)])
    if change.action == "add_slot":
        return with_slot(problem, int(key))
    assert change.action == "raise_limit"
    return with_higher_limit(problem, int(key))


@settings(
    max_examples=6,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.integers(0, 10_000))
def test_what_is_gained_is_what_trying_everything_finds(seed: int):
    problem = random_problem(seed, companies=5, meetings=4, slots=3, tables=1, interpreters=1)
    schedule = solve(problem, workers=1, time_limit=240)
    before = best_rank(problem)[0]

    for one in bottlenecks(problem, schedule.assignments, time_limit=240):
        assert one.gained == best_rank(changed(problem, one.change))[0] - before, one


@pytest.mark.parametrize("seed", range(10))
def test_with_one_more_slot_the_same_schedule_is_still_good(seed: int):
    problem = with_lost_tables(random_problem(seed), seed)
    rows = solve(problem, workers=1, work_limit=4, time_limit=240).assignments
    problem = with_previous(problem, rows, now=3)

    longer = with_slot(problem, 0)

    assert longer.slots == problem.slots + 1
    assert violations(longer, longer.published) == []
    assert len(longer.past) == len(problem.past)
