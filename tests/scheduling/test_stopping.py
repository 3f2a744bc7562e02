"""Who stops a search does not wait for the step it is in the middle of."""

import time
from concurrent.futures import Future
from threading import Event

from matchmaking.scheduling.engine.budget import Budget
from matchmaking.scheduling.engine.opening import opening
from matchmaking.scheduling.engine.run import Run
from matchmaking.scheduling.explain import explained, unexplained
from matchmaking.scheduling.pace import Pace
from matchmaking.scheduling.situation import situation_of
from matchmaking.scheduling.solver import goes_on, hurry, pass_on
from tests.factories.problems import random_problem


def test_a_stopped_search_in_the_middle_of_a_long_step_is_not_waited_for():
    budget, never_done, stop = Budget(float("inf")), Future[None](), Event()
    run = Run(random_problem(5), seed=0, workers=1, deadline=float("inf"))
    stop.set()

    pass_on(stop, run, budget)

    while goes_on(never_done, run, budget):  # for a moment only
        pass_on(stop, run, budget)
    assert budget.stop.is_set()


def begun_run() -> Run:
    problem = random_problem(5)
    return Run(problem, seed=0, workers=1, deadline=float("inf"), opening=opening(problem))


def test_a_search_ends_early_where_others_take_the_cores():
    alone, crowded = (Budget(time.monotonic() + 10_000) for _ in range(2))

    hurry(begun_run(), alone, slowness=1.0)
    hurry(begun_run(), crowded, slowness=1e9)

    assert not alone.stop.is_set()
    assert crowded.stop.is_set()


def test_a_search_without_any_schedule_yet_is_not_ended_early():
    budget = Budget(time.monotonic() + 10_000)

    hurry(Run(random_problem(5), seed=0, workers=1, deadline=float("inf")), budget, slowness=1e9)

    assert not budget.stop.is_set()


def test_who_waits_for_a_core_three_times_as_long_as_it_runs_is_four_times_slower():
    assert Pace(ran=1, waited=3).slowness == 4
    assert Pace().slowness == 1


def test_the_pace_can_be_looked_at_wherever_this_runs():
    pace = Pace()

    pace.look()

    assert pace.slowness >= 1


def test_no_time_for_any_reason_is_no_look_at_what_is_free():
    run = begun_run()

    rows = run.opening
    late = explained(situation_of(run.problem, rows), until=0)

    assert late
    assert unexplained(run.problem, rows) == late
