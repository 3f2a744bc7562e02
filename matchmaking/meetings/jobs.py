"""Background work of the meetings feature: a run of the scheduler."""

import uuid
from typing import Any

from matchmaking.core import jobs
from matchmaking.core.database import db, transaction
from matchmaking.meetings.models import RunState, ScheduleRun
from matchmaking.meetings.queries.problem import problem_for
from matchmaking.meetings.services.schedule.runs import keep_result
from matchmaking.scheduling.problem import Progress
from matchmaking.scheduling.solver import solve


@jobs.job("schedule_run")
def run_scheduler(job: jobs.Job) -> dict[str, Any]:
    """Solve outside any transaction, so that the desk and the gates go on meanwhile."""
    run_id = uuid.UUID(job.arguments["run"])
    run = db.session.get_one(ScheduleRun, run_id)
    asked = problem_for(run.event)
    seed, seconds = run.seed, run.time_limit_seconds
    run.state = RunState.RUNNING
    jobs.report_progress(job, done=0, total=seconds)

    def on_progress(progress: Progress) -> None:
        with transaction():
            running = db.session.get_one(ScheduleRun, run_id)
            running.placed = max(0, progress.placed - len(asked.fixed))
            running.value = progress.value - asked.fixed_weight
            running.bound = progress.bound - asked.fixed_weight
        jobs.report_progress(job, done=min(seconds, round(progress.seconds)))

    schedule = solve(asked.problem, seed=seed, time_limit=float(seconds), progress=on_progress)
    keep_result(db.session.get_one(ScheduleRun, run_id), asked, schedule)
    return {"run": str(run_id)}
