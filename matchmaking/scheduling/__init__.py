"""The scheduler: plain values in, plain values out, no Flask and no database.

    schedule = solve(problem, time_limit=10, progress=show)
    assert not violations(problem, schedule.assignments)

`solve` loads its optimization libraries when it is first called.
"""

from collections.abc import Callable
from threading import Event

from matchmaking.scheduling.explain import explain
from matchmaking.scheduling.fairness import Served, served
from matchmaking.scheduling.problem import (
    Assignment,
    Interpreter,
    Meeting,
    Participant,
    Previous,
    Problem,
    Progress,
    Remedy,
    Schedule,
    Subject,
    Unplaced,
)
from matchmaking.scheduling.score import Score, moved_meetings, score
from matchmaking.scheduling.violations import Violation, violations

__all__ = [
    "Assignment",
    "Interpreter",
    "Meeting",
    "Participant",
    "Previous",
    "Problem",
    "Progress",
    "Remedy",
    "Schedule",
    "Score",
    "Served",
    "Subject",
    "Unplaced",
    "Violation",
    "explain",
    "moved_meetings",
    "score",
    "served",
    "solve",
    "violations",
]


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
    """The best schedule found within `time_limit` seconds, or before `stop` is set.

    It breaks no hard constraint. `progress` is called now and then, in the thread of the
    caller. With one worker and a `work_limit` (a number of steps) the same problem and
    seed give the same schedule, on any machine that has time enough.
    """
    from matchmaking.scheduling.solver import solve as run

    return run(
        problem,
        seed=seed,
        time_limit=time_limit,
        workers=workers,
        progress=progress,
        stop=stop,
        work_limit=work_limit,
    )
