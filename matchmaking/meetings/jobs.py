"""Background work of the meetings feature: a run of the scheduler, news of a new version."""

import uuid
from typing import Any

from sqlalchemy import select

from matchmaking.companies.models import Company
from matchmaking.core import clock, jobs
from matchmaking.core.database import db, transaction
from matchmaking.meetings.models import RunState, ScheduleRun
from matchmaking.meetings.queries.problem import problem_for
from matchmaking.meetings.services import news
from matchmaking.meetings.services.schedule.runs import keep_result
from matchmaking.scheduling import Progress, solve


def _give_up(job: jobs.Job) -> None:
    """A run that cannot be finished is shown as failed, and another may be started."""
    run = db.session.get(ScheduleRun, uuid.UUID(job.arguments["run"]))
    if run is not None:
        run.state = RunState.FAILED
        run.finished_at = clock.now()


@jobs.job("schedule_run", is_long=True, when_given_up=_give_up)
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


@jobs.job("schedule_news")
def tell_of_schedule(job: jobs.Job) -> None:
    """Queue the mails of a published version; apart from publishing, which holds up others."""
    ids = [uuid.UUID(company_id) for company_id in job.arguments["companies"]]
    companies = db.session.scalars(select(Company).where(Company.id.in_(ids))).all()
    news.schedule_published(job.arguments["version"], companies)
