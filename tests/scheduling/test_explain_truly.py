from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matchmaking.scheduling import (
    Assignment,
    Problem,
    explain,
    reliefs,
    solve,
    violations,
)
from tests.factories.problems import (
    make_company,
    make_meeting,
    make_problem,
    random_problem,
    with_lost_tables,
    with_previous,
)
from tests.scheduling.truth import can_be_added, is_true, remedied

SLOWLY = settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def half_made_schedules(draw: st.DrawFn) -> tuple[Problem, tuple[Assignment, ...]]:
    """A random problem, perhaps with lost tables or half over, and a schedule of some of it."""
    seed = draw(st.integers(0, 10_000))
    problem = random_problem(seed, companies=7, meetings=14, slots=5, tables=3)
    rows = solve(problem, workers=1, work_limit=4, time_limit=240).assignments
    if draw(st.booleans()):
        problem = with_previous(problem, rows, now=draw(st.integers(0, problem.slots)))
    kept = draw(st.lists(st.sampled_from(rows), unique=True)) if rows else []
    rows = tuple(row for row in rows if row in kept or row in problem.past)
    if draw(st.booleans()):
        problem = with_lost_tables(problem, seed)
        rows = tuple(
            row
            for row in rows
            if row in problem.past
            or problem.is_table_available(
                row.table, problem.meetings[row.meeting].slots_from(row.start)
            )
        )
    return problem, rows


@SLOWLY
@given(half_made_schedules())
def test_every_remedy_is_true(made: tuple[Problem, tuple[Assignment, ...]]):
    problem, rows = made

    for unplaced in explain(problem, rows):
        for remedies in [*([remedy] for remedy in unplaced.remedies), unplaced.together]:
            changed, dropped = problem, set()
            for remedy in remedies:
                changed = remedied(changed, remedy)
                dropped |= {remedy.subjects[0].key} if remedy.action == "drop" else set()
            kept = tuple(row for row in rows if row.meeting not in dropped)
            if remedies:
                assert can_be_added(changed, kept, unplaced.meeting), remedies


@SLOWLY
@given(half_made_schedules())
def test_every_reason_is_true(made: tuple[Problem, tuple[Assignment, ...]]):
    problem, rows = made

    for unplaced in explain(problem, rows):
        assert is_true(problem, rows, unplaced), unplaced


@SLOWLY
@given(half_made_schedules())
def test_every_relief_places_what_it_says(made: tuple[Problem, tuple[Assignment, ...]]):
    problem, rows = made

    for relief in reliefs(problem, rows):
        changed = remedied(problem, relief.change)
        weights = [problem.meetings[row.meeting].weight for row in relief.placed]
        assert violations(changed, (*rows, *relief.placed)) == []
        assert relief.weight == sum(weights) > 0


def test_one_more_interpreter_is_counted_for_all_who_wait_for_one():
    problem = replace(
        make_problem(companies=tuple(make_company() for _ in range(4))),
        meetings=tuple(make_meeting(a, b, language="ko") for a, b in [(0, 1), (2, 3), (0, 2)]),
    )

    (relief,) = reliefs(problem, ())

    assert str(relief.change) == "one more interpreter of language:ko in slots 0, 1, 2"
    assert [row.meeting for row in relief.placed] == [0, 1, 2]
    assert relief.weight == 15
