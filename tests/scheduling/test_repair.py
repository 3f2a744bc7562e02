from dataclasses import replace
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchmaking import scheduling
from matchmaking.scheduling import (
    Assignment,
    ChangeKind,
    Problem,
    Repair,
    absent,
    begun,
    changes_between,
    interpreters_absent,
    score,
    solve,
    tables_lost,
    violations,
    with_companies,
    with_requests,
    withdrawn,
)
from tests.factories.problems import (
    make_company,
    make_interpreter,
    make_meeting,
    make_problem,
    random_problem,
    with_lost_tables,
)
from tests.scheduling.brute_force import every_schedule

SLOWLY = settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def five_companies(*pairs: tuple[int, int], tables: int = 2) -> Problem:
    return make_problem(
        companies=tuple(make_company() for _ in range(5)),
        tables=tables,
        meetings=tuple(make_meeting(a, b) for a, b in pairs),
    )


repairs = partial(scheduling.repairs, time_limit=240)
"""As good as they can be, however busy the machine is."""


def told(repair: Repair) -> list[tuple[str, int]]:
    return [(change.kind.value, change.meeting) for change in repair.changes]


def test_a_day_on_which_nothing_happens_needs_no_change():
    problem = begun(
        five_companies((0, 1), (2, 3)), [Assignment(0, 0, 1), Assignment(1, 2, 0)], now=1
    )

    (repair,) = repairs(problem)

    assert repair.schedule.assignments == (Assignment(0, 0, 1), Assignment(1, 2, 0))
    assert repair.changes == ()
    assert (repair.companies, repair.interpreters) == ((), ())


def test_a_late_company_meets_later_and_nobody_else_is_troubled():
    published = [Assignment(0, 1, 0), Assignment(1, 1, 1), Assignment(2, 2, 0)]
    problem = begun(five_companies((0, 1), (2, 3), (1, 4)), published, now=1)

    smallest = repairs(absent(problem, [0], slots=range(1, 3)))[0]

    assert told(smallest) == [("moved", 0)]
    assert smallest.changes[0].after == Assignment(0, 3, 0)
    assert smallest.companies == (0, 1)
    assert (smallest.gained, smallest.lost) == (0, 0)


def test_an_absent_company_is_dropped_and_a_waiting_request_may_fill_the_hole():
    published = [Assignment(0, 3, 0)]
    problem = begun(five_companies((0, 1), (1, 2), tables=1), published, now=3)

    smallest, filled = repairs(absent(problem, [0], slots=range(3, 4)))

    assert told(smallest) == [("dropped", 0)]
    assert told(filled) == [("dropped", 0), ("placed", 1)]
    assert filled.companies == (0, 1, 2)
    assert (filled.gained, filled.lost) == (5, 5)


def test_a_table_that_is_lost_costs_its_meetings_only_their_table():
    published = [Assignment(0, 1, 0), Assignment(1, 2, 0)]
    problem = begun(five_companies((0, 1), (2, 3)), published, now=0)

    (repair,) = repairs(tables_lost(problem, [0], slots=range(2, 4)))

    assert told(repair) == [("reseated", 1)]
    assert repair.schedule.assignments == (Assignment(0, 1, 0), Assignment(1, 2, 1))
    assert repair.companies == (2, 3)


def test_another_interpreter_takes_over_and_only_interpreters_are_told():
    problem = make_problem(
        interpreters=(make_interpreter("ko"), make_interpreter("ko")),
        meetings=(make_meeting(language="ko"),),
    )
    problem = begun(problem, [Assignment(0, 2, 0, 0)], now=1)

    (repair,) = repairs(interpreters_absent(problem, [0], slots=range(1, 4)))

    assert repair.schedule.assignments == (Assignment(0, 2, 0, 1),)
    assert (repair.companies, repair.interpreters) == ((), (0, 1))


def test_a_new_company_meets_without_anybody_else_being_moved():
    problem = begun(five_companies((0, 1)), [Assignment(0, 1, 0)], now=1)
    problem = with_companies(problem, [make_company()])
    problem = with_requests(problem, [make_meeting(0, 5)])

    smallest, filled = repairs(problem)

    assert told(smallest) == []
    assert told(filled) == [("placed", 1)]


def test_a_withdrawn_request_leaves_only_what_is_past():
    published = [Assignment(0, 0, 0), Assignment(1, 2, 0)]
    problem = begun(five_companies((0, 1), (2, 3)), published, now=1)

    (repair,) = repairs(withdrawn(problem, [0, 1]))

    assert repair.schedule.assignments == (Assignment(0, 0, 0),)


def test_moving_others_is_offered_where_it_is_worth_it():
    problem = five_companies((0, 1), (0, 2), tables=1)
    second = replace(problem.meetings[1], starts=(1,), weight=50)
    problem = replace(problem, meetings=(problem.meetings[0], second))
    problem = begun(problem, [Assignment(0, 1, 0)], now=1, move_cost=1)

    smallest, rearranged = repairs(problem)

    assert told(smallest) == []
    assert rearranged.name == "rearranged"
    assert told(rearranged) == [("moved", 0), ("placed", 1)]
    assert rearranged.schedule.moved == 1


def test_only_as_many_repairs_as_asked_for_are_made():
    problem = begun(five_companies((0, 1), (2, 3)), [Assignment(0, 1, 0)], now=1)

    assert [repair.name for repair in repairs(problem, alternatives=1)] == ["smallest"]


def test_a_problem_that_was_never_published_cannot_be_repaired():
    with pytest.raises(ValueError, match="previous"):
        repairs(make_problem())


def test_changes_are_told_in_the_order_of_their_weight_and_time():
    before = [Assignment(0, 3, 0), Assignment(1, 2, 0), Assignment(2, 1, 0), Assignment(3, 0, 0)]
    after = [Assignment(1, 1, 1), Assignment(2, 1, 1), Assignment(3, 0, 0), Assignment(4, 0, 0)]

    kinds = [(change.kind, change.meeting) for change in changes_between(before, after)]

    assert kinds == [
        (ChangeKind.DROPPED, 0),
        (ChangeKind.MOVED, 1),
        (ChangeKind.RESEATED, 2),
        (ChangeKind.PLACED, 4),
    ]


@st.composite
def bad_days(draw: st.DrawFn, *, longest: int = 3, **sizes: int) -> Problem:
    """A random problem, published, in which several things go wrong at once."""
    problem = random_problem(draw(st.integers(0, 10_000)), **sizes)
    meetings = tuple(
        replace(each, duration=min(each.duration, longest)) for each in problem.meetings
    )
    problem = replace(problem, meetings=meetings)
    published = solve(problem, workers=1, work_limit=4, time_limit=240).assignments
    slots = st.integers(0, problem.slots)
    problem = begun(problem, published, now=draw(slots), move_cost=draw(st.integers(1, 9)))
    companies = st.lists(st.integers(0, len(problem.participants) - 1), max_size=2)
    problem = absent(problem, draw(companies), slots=range(draw(slots), problem.slots))
    people = st.lists(st.integers(0, len(problem.interpreters) - 1), max_size=1)
    problem = interpreters_absent(problem, draw(people), slots=range(draw(slots), problem.slots))
    tables = st.lists(st.integers(0, problem.tables - 1), max_size=2)
    return tables_lost(problem, draw(tables), slots=range(draw(slots), problem.slots))


@SLOWLY
@given(bad_days(companies=10, meetings=22, slots=6, tables=3))
def test_every_repair_is_sound_and_says_what_it_changes(problem: Problem):
    found = repairs(problem, time_limit=1)

    for repair in found:
        rows = repair.schedule.assignments
        assert violations(problem, rows) == []
        assert set(problem.past) <= set(rows)
        assert repair.changes == changes_between(problem.published, rows)
        assert repair.schedule.value <= repair.schedule.bound
    assert not any(change.kind == ChangeKind.PLACED for change in found[0].changes)
    values = [repair.schedule.value for repair in found]
    assert values == sorted(set(values))


@st.composite
def unsound_publications(draw: st.DrawFn) -> Problem:
    """A problem that was published in any way at all, and whose tables may be lost."""
    seed = draw(st.integers(0, 10_000))
    problem = random_problem(seed, companies=6, meetings=10, slots=5, tables=2, interpreters=2)
    row = st.builds(
        Assignment,
        st.integers(0, 9),
        st.integers(0, 4),
        st.integers(0, 4),
        st.integers(-1, 3),
    )
    rows = draw(st.lists(row, max_size=10, unique_by=lambda one: one.meeting))
    rows = [one for one in rows if one.start + problem.meetings[one.meeting].duration <= 5]
    problem = begun(problem, rows, now=draw(st.integers(0, 6)))
    return draw(st.sampled_from([problem, with_lost_tables(problem, seed)]))


@SLOWLY
@given(unsound_publications())
def test_what_was_published_wrongly_is_mended_soundly(problem: Problem):
    solved = solve(problem, workers=1, work_limit=4, time_limit=240).assignments
    for rows in [solved, *(one.schedule.assignments for one in repairs(problem, time_limit=1))]:
        assert violations(problem, rows) == []


@SLOWLY
@given(bad_days(longest=1, companies=5, meetings=5, slots=3, tables=2, interpreters=2))
def test_no_schedule_moves_fewer_meetings_than_the_smallest_repair(problem: Problem):
    smallest = repairs(problem, alternatives=1)[0].schedule

    assert smallest.moved == min(score(problem, rows).moved for rows in every_schedule(problem))
