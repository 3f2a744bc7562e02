from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.scheduling import Problem, score, solve, violations
from matchmaking.scheduling.bounds import upper_bound
from matchmaking.scheduling.engine.arrays import ints
from matchmaking.scheduling.engine.budget import Budget
from matchmaking.scheduling.engine.colouring import coloured
from matchmaking.scheduling.engine.exact import Attempt, costs, settled
from matchmaking.scheduling.engine.interpreters import interpreters_of
from matchmaking.scheduling.engine.model import model_of
from matchmaking.scheduling.engine.network import NoFlow, cheapest, network, potentials
from matchmaking.scheduling.engine.plan import field_of, previous_plan
from matchmaking.scheduling.engine.polynomial import Answer, answer
from matchmaking.scheduling.engine.prices import trivial_bound
from matchmaking.scheduling.engine.uniform import Uniform, uniform_of
from matchmaking.scheduling.problem import Assignment
from tests.factories.problems import (
    make_company,
    make_interpreter,
    make_meeting,
    make_problem,
    with_previous,
)
from tests.factories.uniform_problems import random_uniform_problem
from tests.scheduling.brute_force import best_rank


def seen_as_uniform(problem: Problem) -> Uniform:
    uniform = uniform_of(problem)
    assert uniform is not None
    return uniform


def answered(problem: Problem) -> Answer:
    answers: list[Answer] = []
    answer(seen_as_uniform(problem), Budget(float("inf")), 0, answers.append)
    return answers[-1]


def tiny_problem(seed: int) -> Problem:
    return random_uniform_problem(seed, companies=6, meetings=5, slots=3, tables=2)


@pytest.mark.parametrize("seed", [seed for seed in range(60) if uniform_of(tiny_problem(seed))])
def test_a_tiny_problem_is_solved_as_well_as_by_trying_everything(seed: int):
    problem = tiny_problem(seed)
    best = best_rank(problem)

    found = answered(problem)

    assert violations(problem, found.assignments) == []
    assert (found.value, found.bound, -found.unfairness) == (best[0], best[0], best[1])


@pytest.mark.parametrize("seed", range(100, 130))
def test_value_and_fairness_are_those_of_an_integer_program(seed: int):
    problem = random_uniform_problem(seed)
    field = field_of(problem)
    attempt = Attempt(
        field=field,
        interpreters=interpreters_of(problem),
        bound=trivial_bound(field.packing),
        model=model_of(field),
        budget=Budget(float("inf")),
        workers=1,
        seed=0,
    )
    least = -attempt.bound.bound, 0, 0
    exact = settled(attempt, previous_plan(field), lambda plan, number: plan, least.__getitem__)

    found = answered(problem)

    assert exact.proved >= 2
    assert violations(problem, found.assignments) == []
    assert (-found.value, found.unfairness) == costs(field, exact.plan)[:2]
    assert found.bound == found.value


@pytest.mark.parametrize("seed", range(200, 203))
def test_a_large_problem_is_settled_and_says_what_is_true(seed: int):
    problem = random_uniform_problem(seed, companies=120, meetings=900, slots=14, tables=25)

    schedule = solve(problem, workers=1, work_limit=20, time_limit=240)
    figures = score(problem, schedule.assignments)

    assert violations(problem, schedule.assignments) == []
    assert (schedule.value, schedule.unfairness) == (figures.value, figures.unfairness)
    assert schedule.bound == schedule.value == upper_bound(problem)


@pytest.mark.parametrize("seed", range(300, 310))
def test_naming_the_companies_in_another_order_changes_neither_value_nor_fairness(seed: int):
    problem = random_uniform_problem(seed)
    number = np.random.default_rng(seed).permutation(len(problem.participants)).tolist()
    renamed = replace(
        problem,
        participants=tuple(problem.participants[number.index(new)] for new in range(len(number))),
        meetings=tuple(
            replace(each, a=number[each.a], b=number[each.b]) for each in problem.meetings
        ),
    )

    one, other = answered(problem), answered(renamed)

    assert (one.value, one.unfairness) == (other.value, other.unfairness)


def test_weights_as_large_as_can_be_are_counted_exactly():
    problem = random_uniform_problem(1)
    heavy = tuple(
        replace(each, weight=10**12 - number) for number, each in enumerate(problem.meetings)
    )

    found = answered(replace(problem, meetings=heavy))

    assert found.bound == found.value > 10**12


PAIR = (make_company(), make_company(side="F"))


@pytest.mark.parametrize(
    "other",
    [
        make_problem(companies=(make_company(available="1101"), PAIR[1])),
        make_problem(companies=(make_company(booth=1), PAIR[1])),
        make_problem(meetings=(make_meeting(duration=2),)),
        make_problem(
            meetings=(make_meeting(language="ko"),), interpreters=(make_interpreter("ko"),)
        ),
        make_problem(meetings=(make_meeting(starts=(0, 1, 2)),)),
        make_problem(meetings=(make_meeting(), make_meeting()), precedences=((0, 1),)),
        with_previous(make_problem(), (Assignment(0, 1, 0),), now=1),
        make_problem(
            companies=(*PAIR, make_company()),
            meetings=(make_meeting(0, 1), make_meeting(1, 2), make_meeting(0, 2)),
        ),
        replace(make_problem(), table_available=("1111", "1011")),
        make_problem(meetings=()),
    ],
)
def test_a_problem_whose_slots_differ_is_left_to_the_general_route(other: Problem):
    assert uniform_of(make_problem()) is not None
    assert uniform_of(other) is None


def test_sides_are_found_where_the_file_names_them_otherwise():
    square = tuple(make_meeting(a, b) for a, b in ((0, 1), (1, 2), (2, 3), (3, 0)))
    problem = make_problem(companies=(make_company(),) * 4, meetings=square)

    assert answered(problem).value == 20


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Uniform, int]:
    """Any bipartite graph, and as many tables as are just enough."""
    slots = draw(st.integers(1, 7))
    edges = draw(st.lists(st.tuples(st.integers(0, 4), st.integers(5, 9)), min_size=1, max_size=40))
    degree = np.bincount(ints(edges).reshape(-1), minlength=10)
    border = draw(st.integers(1, slots))
    blocks = ((0, border - 1), (border, slots - 1)) if border < slots else ((0, slots - 1),)
    problem = make_problem(
        slots=slots,
        blocks=blocks,
        tables=-(-len(edges) // slots),
        companies=tuple(
            make_company(
                side="L" if number < 5 else "F",
                available="1" * slots,
                max_meetings=99,
                parallel=max(1, -(-int(degree[number]) // slots)),
            )
            for number in range(10)
        ),
        meetings=tuple(make_meeting(a, b) for a, b in edges),
    )
    return seen_as_uniform(problem), slots


@settings(max_examples=60)
@given(graphs(), st.integers(0, 9))
def test_every_graph_is_coloured_with_as_many_slots_as_its_busiest_company_needs(
    graph: tuple[Uniform, int], seed: int
):
    uniform, slots = graph
    slot = coloured(uniform, np.ones(len(uniform.meeting), dtype=bool), seed)

    busy = np.zeros((slots, uniform.companies), dtype=np.int64)
    np.add.at(busy, (slot, uniform.left), 1)
    np.add.at(busy, (slot, uniform.right), 1)
    used = np.bincount(slot, minlength=slots)
    assert (busy <= uniform.lines).all()
    assert used.max() <= uniform.tables


def test_a_flow_that_is_not_cheapest_has_no_potentials():
    two_ways = [(ints([0, 0]), ints([1, 1]), ints([1, 1]), ints([3, 5]))]
    net = network(two_ways, ints([1, -1]))

    assert cheapest(net).tolist() == [1, 0]
    with pytest.raises(NoFlow):
        potentials(net, ints([0, 1]))
