import numpy as np
import pytest

from matchmaking.scheduling import Problem, score, violations
from matchmaking.scheduling.bounds import upper_bound
from matchmaking.scheduling.engine.arrays import ints
from matchmaking.scheduling.engine.budget import Budget, Work
from matchmaking.scheduling.engine.fairness import least_unfairness
from matchmaking.scheduling.engine.gaps import gap_count
from matchmaking.scheduling.engine.interpreters import interpreters_of
from matchmaking.scheduling.engine.linear import Effort, Rows, best_whole, program
from matchmaking.scheduling.engine.matching import Matching
from matchmaking.scheduling.engine.neighbourhood import circle, part_around, remade
from matchmaking.scheduling.engine.opening import opening
from matchmaking.scheduling.engine.outset import outset_of
from matchmaking.scheduling.engine.plan import Field, Plan, field_of, plan_of
from matchmaking.scheduling.engine.prices import bound_by
from matchmaking.scheduling.engine.relaxation import pooled, slot_by_slot
from matchmaking.scheduling.engine.seating import assignments_of
from matchmaking.scheduling.engine.tidy import tidied
from tests.factories.problems import (
    disturbed,
    make_company,
    make_meeting,
    make_problem,
    random_problem,
    with_lost_tables,
)
from tests.scheduling.brute_force import best_rank


def unlimited() -> Budget:
    return Budget(float("inf"))


def planned(problem: Problem) -> tuple[Field, Plan]:
    field = field_of(problem)
    return field, plan_of(field, opening(problem))


@pytest.mark.parametrize("seed", range(30))
def test_any_prices_at_all_give_a_bound(seed: int):
    problem = random_problem(seed, companies=5, meetings=4, slots=4, tables=2, interpreters=2)
    packing = field_of(problem).packing
    prices = np.random.default_rng(seed).random(len(packing.capacity)) * 9

    best = best_rank(problem)[0]

    assert bound_by(packing, prices).bound >= best
    assert outset_of(problem, seconds=9).bound >= best
    assert upper_bound(problem) >= best


@pytest.mark.parametrize("seed", range(60))
def test_no_schedule_of_the_greatest_value_is_less_unfair_than_its_bound_says(seed: int):
    problem = random_problem(seed, companies=5, meetings=4, slots=4, tables=2, interpreters=2)
    field = field_of(problem)
    value, unfairness = best_rank(problem)[:2]

    for relaxed in (pooled, slot_by_slot):
        least = least_unfairness(field, relaxed(field.packing), value=value, seconds=9)
        assert 0 <= least <= -unfairness


def test_the_least_unfairness_is_found_where_slots_are_alike():
    companies = tuple(make_company() for _ in range(4))
    pairs = [(0, 2), (0, 3), (1, 2), (1, 3), (0, 2), (0, 2), (0, 2)]
    problem = make_problem(
        tables=1, companies=companies, meetings=tuple(make_meeting(a, b) for a, b in pairs)
    )
    field = field_of(problem)

    assert least_unfairness(field, pooled(field.packing), value=20, seconds=9) == 4


@pytest.mark.parametrize("seed", range(10))
def test_making_some_companies_days_anew_leaves_everybody_elses_partners_alone(seed: int):
    problem = random_problem(seed, companies=10, meetings=40)
    field, plan = planned(problem)
    draw = np.random.default_rng(seed)

    inside = circle(field, plan.placed, first=0, size=4, draw=draw)
    part = part_around(field, plan, inside, np.ones(len(field.packing), dtype=bool))
    better = remade(field, plan, part, fair=False, effort=Effort(9, seed=seed, nodes=99))
    others = ~inside[field.companies].any(axis=0)

    assert inside.sum() == 4
    assert inside[list(problem.meetings[0].companies)].all()
    assert (better.chosen[others] == plan.chosen[others]).all()
    assert field.value(better) >= field.value(plan)


def test_where_everybody_is_always_there_the_bound_is_reached():
    everywhere = tuple(make_company() for _ in range(6))
    pairs = [(a, b) for a in range(3) for b in range(3, 6)]
    problem = make_problem(
        companies=everywhere, meetings=tuple(make_meeting(a, b, weight=a + b) for a, b in pairs)
    )

    assert upper_bound(problem) == sum(sorted((a + b for a, b in pairs), reverse=True)[:8])


@pytest.mark.parametrize("seed", range(20))
def test_tidying_closes_gaps_and_changes_nothing_above_them(seed: int):
    problem = random_problem(seed, companies=10, meetings=40)
    field, plan = planned(problem)

    tidy = tidied(field, interpreters_of(problem), plan, budget=unlimited(), seed=seed, sweeps=4)
    before, after = (score(problem, assignments_of(field, each)) for each in (plan, tidy))

    assert after.rank[:3] >= before.rank[:3]
    assert (after.value, after.unfairness) == (before.value, before.unfairness)
    assert after.gaps == gap_count(field, tidy)


def test_a_company_that_can_stay_at_its_table_stays():
    companies = tuple(make_company() for _ in range(8))
    meetings = tuple(make_meeting(0, other, starts=(other - 1,)) for other in (1, 2, 3, 4))
    others = (make_meeting(5, 6, starts=(0,)), make_meeting(5, 7, starts=(1,)))
    field, plan = planned(make_problem(companies=companies, meetings=meetings + others))

    assert score(field.problem, assignments_of(field, plan)).table_changes == 0


def test_a_meeting_finds_a_seat_along_a_chain_of_others_who_move_over():
    able = {meeting: [meeting, meeting + 1] for meeting in range(1, 300)} | {0: [0, 1], 300: [0]}
    matching = Matching(able, dict.fromkeys(able, range(1)))

    for meeting in sorted(able):
        matching.seat(meeting)

    assert len(set(matching.seat_of.values())) == len(able)


def test_a_program_whose_best_solution_is_in_halves_is_rounded_to_one_that_fits():
    """Of three columns any two exclude each other: the relaxed program takes half of each."""
    pairs = Rows(ints([0, 1, 1, 2, 0, 2]), ints([0, 0, 1, 1, 2, 2]), np.ones(6), np.ones(3))
    triangle = program(np.array([5.0, 6.0, 5.0]), [pairs], whole=3)

    nothing, best = np.zeros(3, dtype=bool), np.array([False, True, False])

    assert best_whole(triangle, nothing, Effort(10, seed=0)).sum() == 1
    assert best_whole(triangle, best, Effort(10, seed=0, mending=True)).tolist() == best.tolist()


@pytest.mark.parametrize("seed", range(60))
def test_the_first_schedule_breaks_nothing(seed: int):
    problem = with_lost_tables(random_problem(seed), seed)
    first = opening(problem)
    repair = disturbed(problem, first, seed)

    assert violations(problem, first) == []
    assert violations(repair, opening(repair)) == []


def test_a_share_of_a_budget_leaves_the_rest():
    budget = Budget(float("inf"), work=Work(10))
    share = budget.part(0.3)

    share.spend(3)

    assert share.is_spent
    assert not budget.is_spent


def test_a_short_meeting_is_seated_past_a_long_one_that_cannot_move_over():
    short, long, other, later = range(4)
    matching = Matching(
        able={short: [0, 1], long: [0, 2], other: [1, 2], later: [2]},
        slots={short: range(1), long: range(2), other: range(1), later: range(1, 2)},
    )

    for meeting in (long, other, later, short):
        matching.seat(meeting)

    assert matching.seat_of == {short: 1, long: 0, other: 2, later: 2}
