"""From a problem to the best schedule that time allows."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

from matchmaking.scheduling.engine.budget import Budget, Work
from matchmaking.scheduling.engine.run import OBJECTIVES, Run, run_through
from matchmaking.scheduling.engine.seating import assignments_of
from matchmaking.scheduling.explain import explain
from matchmaking.scheduling.problem import Assignment, Problem, Progress, Schedule
from matchmaking.scheduling.score import score

PATIENCE = 0.5
REPORT_EVERY = 0.2
SECONDS_TO_FINISH_A_MEETING = 60e-6


def solve(
    problem: Problem,
    *,
    seed: int = 0,
    time_limit: float = 10.0,
    workers: int = 2,
    progress: Callable[[Progress], None] | None = None,
    stop: Event | None = None,
    work_limit: int | None = None,
) -> Schedule:
    """See `matchmaking.scheduling.solve`."""
    began = time.monotonic()
    finishing = SECONDS_TO_FINISH_A_MEETING * len(problem.meetings)
    deadline = began + max(0.0, time_limit - finishing)
    budget = Budget(deadline, stop or Event(), Work(work_limit))
    run = Run(problem, seed, max(1, workers))
    pool = ThreadPoolExecutor(1, thread_name_prefix="schedule")
    search = pool.submit(run_through, run, budget)
    try:
        _wait(search, budget, _reporter(run, began, progress))
    finally:
        budget.stop.set()
        pool.shutdown(wait=False)
    return _schedule(run, began)


def _wait(search: Future[None], budget: Budget, report: Callable[[], None]) -> None:
    """Until the search ends; a little longer than its time, since a step ends when it ends."""
    while time.monotonic() < budget.deadline + PATIENCE:
        try:
            search.result(timeout=REPORT_EVERY)
        except TimeoutError:
            report()
        else:
            return


def _reporter(
    run: Run, began: float, progress: Callable[[Progress], None] | None
) -> Callable[[], None]:
    """Tells `progress` how far the run has come, whenever it has come further."""
    told: tuple[int, int] | None = None

    def report() -> None:
        nonlocal told
        if progress is None or run.search is None:
            return
        search = run.search
        value, bound = search.field.value(search.plan), search.bound.bound
        if (value, bound) != told:
            told = value, bound
            placed = int(search.plan.placed.sum()) + len(run.problem.past)
            progress(Progress(value, bound, time.monotonic() - began, placed))

    return report


def _schedule(run: Run, began: float) -> Schedule:
    assignments, bound = _outcome(run)
    figures = score(run.problem, assignments)
    nothing_missing = not (figures.unfairness or figures.gaps or figures.table_changes)
    return Schedule(
        assignments=assignments,
        value=figures.value,
        bound=figures.value if run.proved else bound,
        proved=run.proved == OBJECTIVES or (figures.value == bound and nothing_missing),
        unfairness=figures.unfairness,
        gaps=figures.gaps,
        table_changes=figures.table_changes,
        moved=figures.moved,
        unplaced=explain(run.problem, assignments),
        seconds=time.monotonic() - began,
        seed=run.seed,
    )


def _outcome(run: Run) -> tuple[tuple[Assignment, ...], int]:
    """The assignments, and a bound on their value."""
    if run.search is None:
        return run.problem.past, sum(meeting.weight for meeting in run.problem.meetings)
    search, settled = run.search, run.settled
    if settled is not None:
        return assignments_of(search.field, settled.plan, settled.tables), search.bound.bound
    return assignments_of(search.field, search.plan), search.bound.bound
