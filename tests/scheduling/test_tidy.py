from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from matchmaking.scheduling import Problem, score, violations
from matchmaking.scheduling.engine.arrays import Ints, ints
from matchmaking.scheduling.engine.budget import Budget
from matchmaking.scheduling.engine.interpreters import interpreters_of
from matchmaking.scheduling.engine.kempe import gaps
from matchmaking.scheduling.engine.opening import opening
from matchmaking.scheduling.engine.plan import Field, Plan, field_of, plan_of
from matchmaking.scheduling.engine.seating import assignments_of, tables_for
from matchmaking.scheduling.engine.staying import most_staying
from matchmaking.scheduling.engine.tidy import least_gaps, tidied
from matchmaking.scheduling.engine.timetable import NOBODY, Rules, Timetable, timetable_of
from matchmaking.scheduling.problem import Assignment
from tests.factories.problems import disturbed, make_company, make_meeting, make_problem
from tests.factories.problems import random_problem as any_problem
from tests.factories.uniform_problems import random_uniform_problem


def unlimited() -> Budget:
    return Budget(float("inf"))


def planned(problem: Problem) -> tuple[Field, Plan]:
    field = field_of(problem)
    return field, plan_of(field, opening(problem))


def free_rules(problem: Problem) -> Rules:
    """Nothing but companies and tables stand in the way."""
    number = len(problem.meetings)
    there = np.array(
        [[mark == "1" for mark in company.available] for company in problem.participants]
    )
    return Rules(
        duration=np.ones(number, dtype=np.int64),
        kinds=np.ones((1, number), dtype=bool),
        capacity=np.full((1, problem.slots), problem.tables),
        booth=np.full(number, NOBODY),
        home=np.full(number, NOBODY),
        orders=ints([]).reshape(2, 0),
        may_start=np.array([there[each.a] & there[each.b] for each in problem.meetings]),
    )


def seated(problem: Problem, start: Ints) -> tuple[Assignment, ...]:
    starts = {number: int(start[number]) for number in np.flatnonzero(start >= 0).tolist()}
    tables = tables_for(problem, starts, {})
    return tuple(Assignment(number, starts[number], tables[number]) for number in starts)


def assert_same(one: Timetable, other: Timetable) -> None:
    assert (one.times == other.times).all()
    assert (one.load == other.load).all()
    for left, right in zip(one.busy, other.busy, strict=True):
        assert (left == right).all()


@pytest.mark.parametrize("seed", range(60))
def test_tidying_breaks_no_rule_and_keeps_who_meets_whom(seed: int):
    problem = any_problem(seed, companies=14, meetings=60, slots=9, tables=6)
    if seed % 3 == 0:
        problem = disturbed(problem, assignments_of(*planned(problem)), seed)
    field, plan = planned(problem)

    tidy = tidied(field, interpreters_of(problem), plan, budget=unlimited(), seed=seed, sweeps=4)
    rows = assignments_of(field, tidy)

    assert violations(problem, rows) == []
    assert (tidy.placed == plan.placed).all()
    assert score(problem, rows).rank[:3] >= score(problem, assignments_of(field, plan)).rank[:3]


def spread_out(problem: Problem, seed: int) -> Ints:
    """Starts that break nothing, drawn by chance."""
    draw = np.random.default_rng(seed)
    start = np.full(len(problem.meetings), NOBODY, dtype=np.int64)
    taken: Counter[tuple[str, int, int]] = Counter()
    for number, meeting in enumerate(problem.meetings):
        for slot in draw.permutation(problem.slots).tolist():
            uses = {("table", slot, 0): problem.tables}
            for each in meeting.companies:
                company = problem.participants[each]
                uses["line", slot, each] = company.parallel * int(company.available[slot])
                uses["limit", 0, each] = company.max_meetings
            if all(taken[each] < most for each, most in uses.items()):
                taken.update(uses.keys())
                start[number] = slot
                break
    return start


@pytest.mark.parametrize("seed", range(20))
def test_what_is_counted_while_slots_are_exchanged_is_what_there_is(seed: int):
    problem = random_uniform_problem(seed, meetings=60, slots=9)
    rules = free_rules(problem)
    table = timetable_of(problem, rules, spread_out(problem, seed))
    before = gaps(table)

    best = least_gaps(table, budget=unlimited(), seed=seed, sweeps=6)

    assert_same(table, timetable_of(problem, rules, table.start))
    assert gaps(timetable_of(problem, rules, best)) <= before


@pytest.mark.parametrize("seed", range(10))
def test_companies_stay_at_their_tables_more_often_and_never_wait_more(seed: int):
    problem = random_uniform_problem(seed, companies=24, meetings=120, slots=9, tables=9)
    alone = tuple(replace(company, parallel=1) for company in problem.participants)
    problem = replace(problem, participants=alone)
    rules = free_rules(problem)
    start = least_gaps(
        timetable_of(problem, rules, spread_out(problem, seed)),
        budget=unlimited(),
        seed=seed,
        sweeps=6,
    )
    table = timetable_of(problem, rules, start)

    later = most_staying(table, budget=unlimited(), seed=seed)
    before, after = (score(problem, seated(problem, each)) for each in (start, later))

    assert_same(table, timetable_of(problem, rules, later))
    assert violations(problem, seated(problem, later)) == []
    assert after.gaps <= before.gaps
    assert after.table_changes <= before.table_changes


def test_blocks_may_be_longer_than_a_machine_word():
    slots = 200
    companies = tuple(make_company(available="1" * slots, max_meetings=slots) for _ in range(4))
    problem = make_problem(
        slots=slots,
        companies=companies,
        meetings=tuple(make_meeting(a, b) for a in (0, 1) for b in (2, 3)),
    )
    spread = ints([0, 150, 190, 70])

    table = timetable_of(problem, free_rules(problem), spread)
    best = least_gaps(table, budget=unlimited(), seed=0, sweeps=8)

    assert gaps(timetable_of(problem, free_rules(problem), spread)) == 4
    assert gaps(timetable_of(problem, free_rules(problem), best)) == 0
