"""Good schedules spoilt in every way: the judge must name what is broken."""

from collections.abc import Iterator
from dataclasses import replace

from matchmaking.scheduling import Assignment, Problem, solve, violations
from tests.factories.problems import random_problem, with_previous

Rows = tuple[Assignment, ...]
Mutant = tuple[Problem, Rows]


def good_schedules() -> Iterator[Mutant]:
    for seed in range(40):
        problem = random_problem(seed)
        yield problem, solve(problem, workers=1, work_limit=4, time_limit=240).assignments


def changed(rows: Rows, position: int, **fields: int) -> Rows:
    return (*rows[:position], replace(rows[position], **fields), *rows[position + 1 :])


def twice(problem: Problem, rows: Rows) -> Iterator[Mutant]:
    yield from ((problem, (*rows, row)) for row in rows[:1])


def unknown_meeting(problem: Problem, rows: Rows) -> Iterator[Mutant]:
    yield from ((problem, changed(rows, 0, meeting=len(problem.meetings))) for _ in rows[:1])


def off_the_grid(problem: Problem, rows: Rows) -> Iterator[Mutant]:
    yield from ((problem, changed(rows, 0, start=problem.slots)) for _ in rows[:1])


def other_start(problem: Problem, rows: Rows) -> Iterator[Mutant]:
    for position, row in enumerate(rows):
        duration = problem.meetings[row.meeting].duration
        for start in range(problem.slots - duration + 1):
            yield problem, changed(rows, position, start=start)


def other_table(problem: Problem, rows: Rows) -> Iterator[Mutant]:
    for position in range(len(rows)):
        for table in range(-1, problem.tables + 1):
            yield problem, changed(rows, position, table=table)


def other_interpreter(problem: Problem, rows: Rows) -> Iterator[Mutant]:
    for position in range(len(rows)):
        for person in range(-1, len(problem.interpreters) + 1):
            yield problem, changed(rows, position, interpreter=person)


def no_tables(problem: Problem, rows: Rows) -> Iterator[Mutant]:
    never = "0" * problem.slots
    yield replace(problem, table_available=(never,) * problem.tables), rows


def lower_limits(problem: Problem, rows: Rows) -> Iterator[Mutant]:
    companies = tuple(replace(one, max_meetings=0) for one in problem.participants)
    yield replace(problem, participants=companies), rows


def one_line_each(problem: Problem, rows: Rows) -> Iterator[Mutant]:
    companies = tuple(replace(one, parallel=1) for one in problem.participants)
    yield replace(problem, participants=companies), rows


def a_later_day(problem: Problem, rows: Rows) -> Iterator[Mutant]:
    for row in rows:
        yield with_previous(problem, rows, now=row.start + 1), rows[1:]
        yield with_previous(problem, (), now=row.start + 1), rows


def new_order(problem: Problem, rows: Rows) -> Iterator[Mutant]:
    for later, earlier in zip(rows[1:], rows, strict=False):
        yield replace(problem, precedences=((later.meeting, earlier.meeting),)), rows


CAUGHT = {
    twice: {"placed_twice"},
    unknown_meeting: {"no_such_meeting"},
    off_the_grid: {"outside_the_slots"},
    other_start: {
        "start_not_allowed",
        "crosses_a_break",
        "company_unavailable",
        "company_double_booked",
        "table_double_booked",
        "interpreter_unavailable",
        "interpreter_double_booked",
        "precedence_broken",
    },
    other_table: {"no_such_table", "wrong_table", "table_double_booked"},
    other_interpreter: {
        "interpreter_missing",
        "interpreter_not_needed",
        "no_such_interpreter",
        "interpreter_lacks_language",
        "interpreter_unavailable",
        "interpreter_double_booked",
    },
    no_tables: {"table_unavailable"},
    lower_limits: {"company_over_limit"},
    one_line_each: {"company_double_booked"},
    a_later_day: {"past_changed", "starts_in_the_past"},
    new_order: {"precedence_broken"},
}
"""By the way in which a schedule is spoilt, what the judge must call it at least."""


def test_a_good_schedule_is_found_good_and_one_that_is_spoilt_is_caught_by_name():
    good = list(good_schedules())
    assert [violations(problem, rows) for problem, rows in good] == [[]] * len(good)

    for mutants, rules in CAUGHT.items():
        named = {
            violation.rule
            for problem, rows in good
            for spoilt, spoilt_rows in mutants(problem, rows)
            for violation in violations(spoilt, spoilt_rows)
        }
        assert rules <= named, mutants.__name__
