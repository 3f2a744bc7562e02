"""Background work of the meetings feature: a run of the scheduler, news of a new version."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from matchmaking.companies.models import Company
from matchmaking.core import clock, jobs
from matchmaking.core.database import db, reading, transaction
from matchmaking.meetings.models import RunMode, RunState, ScheduleRun
from matchmaking.meetings.queries.present import seats_at
from matchmaking.meetings.queries.problem import problem_for
from matchmaking.meetings.services import news
from matchmaking.meetings.services.schedule import nightly
from matchmaking.meetings.services.schedule.asking import asked_of, staying_close
from matchmaking.meetings.services.schedule.bottlenecks import keep_bottlenecks
from matchmaking.meetings.services.schedule.runs import (
    AlreadyRunning,
    figures_of,
    keep,
    note_progress,
    result_of,
)
from matchmaking.scheduling import Progress, solve
from matchmaking.scheduling.bottlenecks import bottlenecks

LOOK_EVERY_SECONDS = 0.5


def _give_up(job: jobs.Job) -> None:
    """A run that cannot be finished is shown as failed, and another may be started."""
    run = db.session.get(ScheduleRun, uuid.UUID(job.arguments["run"]))
    if run is not None:
        run.state = RunState.FAILED
        run.finished_at = clock.now()


@jobs.job("schedule_run", is_long=True, when_given_up=_give_up)
def run_scheduler(job: jobs.Job) -> dict[str, Any]:
    """Solve and give reasons outside any transaction, so that the desk and the gates go on meanwhile."""
    run_id = uuid.UUID(job.arguments["run"])
    with reading():
        run = db.session.get_one(ScheduleRun, run_id)
        asked, mode = asked_of(run), run.mode
        seed, seconds = run.seed, run.time_limit_seconds
    run = db.session.get_one(ScheduleRun, run_id)
    run.state, run.progress = RunState.RUNNING, []
    jobs.report_progress(job, done=0, total=seconds)

    def on_progress(progress: Progress) -> None:
        with transaction():
            note_progress(db.session.get_one(ScheduleRun, run_id), asked, progress)
        jobs.report_progress(job, done=min(seconds, round(progress.seconds)))

    with _stop_on_request(run_id) as stop:
        schedule = solve(
            asked.problem, seed=seed, time_limit=float(seconds), progress=on_progress, stop=stop
        )
    if mode is RunMode.WHAT_IF:
        result = figures_of(asked, schedule)
    else:
        result = result_of(asked, staying_close(asked, schedule))
    run = db.session.get_one(ScheduleRun, run_id)
    keep(run, result)
    if mode is RunMode.NIGHTLY:
        nightly.report(run, asked)
    return {"run": str(run_id)}


@jobs.job("schedule_bottlenecks", is_long=True, when_given_up=_give_up)
def look_for_bottlenecks(job: jobs.Job) -> dict[str, Any]:
    """What one more of everything scarce is worth; several solutions, one after another."""
    run_id = uuid.UUID(job.arguments["run"])
    with reading():
        run = db.session.get_one(ScheduleRun, run_id)
        asked = problem_for(run.event)
        seats = seats_at(run.event, asked)
        seed, seconds = run.seed, run.time_limit_seconds
    db.session.get_one(ScheduleRun, run_id).state = RunState.RUNNING
    jobs.report_progress(job, done=0, total=1)

    def on_progress(done: int, total: int) -> None:
        jobs.report_progress(job, done=done, total=total)

    with _stop_on_request(run_id) as stop:
        found = bottlenecks(
            asked.problem,
            seats,
            time_limit=float(seconds),
            seed=seed,
            progress=on_progress,
            stop=stop,
        )
    keep_bottlenecks(db.session.get_one(ScheduleRun, run_id), asked, found)
    return {"run": str(run_id)}


@jobs.job("schedule_nightly")
def run_at_night(job: jobs.Job) -> None:
    """Start the nightly run that is due, and put the next one on the calendar."""
    try:
        nightly.run_now(job.event_id, due_at=job.arguments["due_at"])
    except AlreadyRunning as running:
        raise jobs.Postpone(timedelta(minutes=5), "another run is at work") from running


@contextmanager
def _stop_on_request(run_id: uuid.UUID) -> Iterator[threading.Event]:
    """An event that is set when an organizer asks for what has been found so far."""
    stop, done = threading.Event(), threading.Event()
    app = current_app._get_current_object()  # type: ignore[attr-defined]

    def watch() -> None:
        with app.app_context():
            while not done.wait(LOOK_EVERY_SECONDS):
                with reading():
                    if db.session.get_one(ScheduleRun, run_id, populate_existing=True).is_stopping:
                        stop.set()
                        return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield stop
    finally:
        done.set()
        watcher.join()


@jobs.job("schedule_news")
def tell_of_schedule(job: jobs.Job) -> None:
    """Queue the mails of a published version; apart from publishing, which holds up others."""
    ids = [uuid.UUID(company_id) for company_id in job.arguments["companies"]]
    companies = db.session.scalars(select(Company).where(Company.id.in_(ids))).all()
    news.schedule_published(job.arguments["version"], companies)
