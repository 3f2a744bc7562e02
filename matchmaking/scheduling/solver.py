"""From a problem to the best schedule that time allows."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import takewhile
from threading import Event

from matchmaking.scheduling.engine.budget import Budget, Work
from matchmaking.scheduling.engine.run import Run, run_through, seconds_to_finish
from matchmaking.scheduling.engine.seating import assignments_of
from matchmaking.scheduling.explain import explained, unexplained
from matchmaking.scheduling.pace import Pace
from matchmaking.scheduling.problem import (
    Assignment,
    Problem,
    Progress,
    Schedule,
    in_order,
)
from matchmaking.scheduling.score import Score, score, value_of
from matchmaking.scheduling.seats import place_more
from matchmaking.scheduling.situation import Situation, situation_of

PATIENCE = 0.5
GRACE = 0.2
GRACE_WHEN_STOPPED = 2.0
REPORT_EVERY = 0.05
SECONDS_TO_SEAT_A_MEETING = 20e-6
SECONDS_TO_LOOK_AT_A_MEETING = 16e-6
SECONDS_TO_WRITE_A_MEETING = 5e-6


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
    budget = Budget(began + time_limit, work=Work(work_limit))
    finishing = min(seconds_to_finish(problem), time_limit / 2)
    run = Run(problem, seed, max(1, workers), budget.deadline - finishing)
    report, pace = _reporter(run, began, progress), Pace()
    pass_on(stop, run, budget)
    pool = ThreadPoolExecutor(1, thread_name_prefix="schedule")
    search = pool.submit(run_through, run, budget)
    until = budget.deadline + GRACE
    try:
        while goes_on(search, run, budget):
            pass_on(stop, run, budget)
            pace.look()
            if time.monotonic() > began + time_limit / 2:
                hurry(run, budget, pace.slowness)
            report()
        report()
    finally:
        if stop is not None and stop.is_set():
            until = min(until, time.monotonic() + GRACE_WHEN_STOPPED)
        budget.stop.set()
        pool.shutdown(wait=False)
    until -= (pace.slowness - 1) * SECONDS_TO_WRITE_A_MEETING * len(problem.meetings)
    return _schedule(run, began, until=until, slowness=pace.slowness)


def hurry(run: Run, budget: Budget, slowness: float) -> None:
    """Stop what there is once there is only time left to seat it, so much slower than alone."""
    needed = slowness * SECONDS_TO_SEAT_A_MEETING * len(run.problem.meetings)
    begun = run.opening or run.answer
    if begun and time.monotonic() > budget.deadline - needed - PATIENCE:
        budget.stop.set()
        run.deadline = min(run.deadline, time.monotonic())


def pass_on(stop: Event | None, run: Run, budget: Budget) -> None:
    """The caller's wish to stop, now; the caller's event itself is only looked at."""
    if stop is not None and stop.is_set() and not budget.stop.is_set():
        budget.stop.set()
        run.deadline = min(run.deadline, time.monotonic())


def goes_on(search: Future[None], run: Run, budget: Budget) -> bool:
    """After a moment; a little longer than its time, since a step ends when it ends."""
    try:
        search.result(timeout=REPORT_EVERY)
    except TimeoutError:
        return time.monotonic() < min(budget.deadline, run.deadline) + PATIENCE
    return False


def _reporter(
    run: Run, began: float, progress: Callable[[Progress], None] | None
) -> Callable[[], None]:
    """Tells `progress` how far the run has come, whenever it has come further."""
    told: tuple[int, int] | None = None

    def report() -> None:
        nonlocal told
        standing = _standing(run)
        if progress is None or standing is None:
            return
        value, bound, placed = standing
        if told is None or ((value, bound) != told and value >= told[0]):
            told = value, bound
            progress(Progress(value, bound, time.monotonic() - began, placed))

    return report


def _standing(run: Run) -> tuple[int, int, int] | None:
    """Value, bound and the number of meetings placed, as soon as there are any."""
    if run.answer is not None:
        return run.answer.value, run.answer.bound, len(run.answer.meeting)
    rows = run.opening or run.glance
    if run.search is None and not rows:
        return None
    if run.search is None:
        return value_of(run.problem, rows), _outset(run), len(rows)
    search = run.search
    placed = int(search.plan.placed.sum()) + len(run.problem.past)
    bound = min(search.bound.bound, _outset(run))
    return search.field.value(search.plan), bound, placed


def _schedule(run: Run, began: float, *, until: float, slowness: float) -> Schedule:
    """What was found, and whatever else fits into it; explained as far as time allows."""
    found, bound = _outcome(run)
    looking = slowness * SECONDS_TO_LOOK_AT_A_MEETING * len(found)
    is_late = time.monotonic() + looking > until
    situation = None if is_late else situation_of(run.problem, found)
    more = _more(run, found, situation, until=until) if situation else []
    assignments = in_order((*found, *more))
    figures = score(run.problem, assignments)
    return Schedule(
        assignments=assignments,
        value=figures.value,
        bound=bound,
        proved_objectives=_proved(run, figures, bound),
        unfairness=figures.unfairness,
        gaps=figures.gaps,
        table_changes=figures.table_changes,
        moved=figures.moved,
        unplaced=explained(situation, until=until)
        if situation
        else unexplained(run.problem, assignments),
        seconds=time.monotonic() - began,
        seed=run.seed,
    )


def _more(
    run: Run, found: tuple[Assignment, ...], situation: Situation, *, until: float
) -> list[Assignment]:
    is_opening = found is run.opening and bool(found)  # it has tried them all, or had no time
    waiting = range(0 if is_opening else len(run.problem.meetings))
    return place_more(situation, waiting, until=until)


def _proved(run: Run, figures: Score, bound: int) -> int:
    """How many of the objectives, in their order, are as good as they can be."""
    least_unfairness = run.search.least_unfairness if run.search else 0
    is_best = (
        figures.value == bound,
        figures.unfairness <= least_unfairness,
        not figures.gaps,
        not figures.table_changes,
    )
    return sum(
        1
        for _ in takewhile(
            bool, (here or (number and number < run.proved) for number, here in enumerate(is_best))
        )
    )


def _outcome(run: Run) -> tuple[tuple[Assignment, ...], int]:
    """The assignments, and a bound on their value."""
    search, settled = run.search, run.settled
    if settled is not None and search is not None:
        bound = search.field.value(settled.plan) if settled.proved else search.bound.bound
        return assignments_of(search.field, settled.plan, settled.tables), bound
    if run.answer is not None:
        return run.answer.assignments, run.answer.bound
    if search is None:
        return run.opening or run.glance or run.problem.past, _outset(run)
    return assignments_of(search.field, search.plan), min(search.bound.bound, _outset(run))


def _outset(run: Run) -> int:
    """What no schedule can be worth more than, before its options are looked at."""
    everything = sum(meeting.weight for meeting in run.problem.meetings)
    return everything if run.outset is None else min(everything, run.outset)
