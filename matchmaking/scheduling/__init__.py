"""The scheduler: plain values in, plain values out, no Flask and no database.

    schedule = solve(problem, time_limit=10, progress=show)
    assert not violations(problem, schedule.assignments)

`solve` loads its optimization libraries when it is first called.
"""

from collections.abc import Callable
from threading import Event

from matchmaking.scheduling.bottlenecks import Bottleneck, bottlenecks
from matchmaking.scheduling.changes import Change, ChangeKind, changes_between
from matchmaking.scheduling.disruptions import (
    absent,
    begun,
    interpreters_absent,
    tables_lost,
    with_companies,
    with_requests,
    withdrawn,
)
from matchmaking.scheduling.explain import explain
from matchmaking.scheduling.fairness import Distribution, Served, by_group, distribution, served
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
from matchmaking.scheduling.relief import Relief, reliefs
from matchmaking.scheduling.repair import Repair, repairs
from matchmaking.scheduling.score import Score, moved_meetings, score
from matchmaking.scheduling.violations import Violation, violations
from matchmaking.scheduling.whatif import (
    with_higher_limit,
    with_interpreter,
    with_slot,
    with_tables,
)

__all__ = [
    "Assignment",
    "Bottleneck",
    "Change",
    "ChangeKind",
    "Distribution",
    "Interpreter",
    "Meeting",
    "Participant",
    "Previous",
    "Problem",
    "Progress",
    "Relief",
    "Remedy",
    "Repair",
    "Schedule",
    "Score",
    "Served",
    "Subject",
    "Unplaced",
    "Violation",
    "absent",
    "begun",
    "bottlenecks",
    "by_group",
    "changes_between",
    "distribution",
    "explain",
    "interpreters_absent",
    "moved_meetings",
    "reliefs",
    "repairs",
    "score",
    "served",
    "solve",
    "tables_lost",
    "violations",
    "with_companies",
    "with_higher_limit",
    "with_interpreter",
    "with_requests",
    "with_slot",
    "with_tables",
    "withdrawn",
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
