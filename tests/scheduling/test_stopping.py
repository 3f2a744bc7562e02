"""Who stops a search does not wait for the step it is in the middle of."""

from concurrent.futures import Future
from threading import Event

from matchmaking.scheduling.engine.budget import Budget
from matchmaking.scheduling.engine.run import Run
from matchmaking.scheduling.solver import goes_on, pass_on
from tests.factories.problems import random_problem


def test_a_stopped_search_in_the_middle_of_a_long_step_is_not_waited_for():
    budget, never_done, stop = Budget(float("inf")), Future[None](), Event()
    run = Run(random_problem(5), seed=0, workers=1, deadline=float("inf"))
    stop.set()

    pass_on(stop, run, budget)

    while goes_on(never_done, run, budget):  # for a moment only
        pass_on(stop, run, budget)
    assert budget.stop.is_set()
