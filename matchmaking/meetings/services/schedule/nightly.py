"""The nightly run: a draft every night, never published by itself; one mail when it is better."""

import uuid
from datetime import datetime, time, timedelta

from matchmaking.accounts.models import User
from matchmaking.core import audit, clock, jobs
from matchmaking.core.database import db
from matchmaking.core.outbox import queue_mail
from matchmaking.events.models import Event, MemberRole
from matchmaking.events.services.members import members_of
from matchmaking.meetings.models import NightlyRun, RunMode, RunState, ScheduleRun
from matchmaking.meetings.queries.present import seats_at
from matchmaking.meetings.queries.problem import EventProblem
from matchmaking.meetings.services.schedule import runs
from matchmaking.scheduling.score import Score, score


def switch_on(event: Event, at: time, *, time_limit_seconds: int = 120) -> NightlyRun:
    """Look at the schedule every night at this time in the event's zone."""
    row = db.session.get(NightlyRun, event.id) or NightlyRun(event_id=event.id)
    row.at, row.time_limit_seconds = at, time_limit_seconds
    row.due_at = next_time(event, at)
    db.session.add(row)
    db.session.flush()
    _put_on_the_calendar(row)
    audit.record("schedule.nightly_on", event, at=at.strftime("%H:%M"))
    return row


def switch_off(event: Event) -> None:
    row = db.session.get(NightlyRun, event.id)
    if row is not None:
        db.session.delete(row)
        audit.record("schedule.nightly_off", event)


def run_now(event_id: uuid.UUID | None, *, due_at: str) -> ScheduleRun | None:
    """The run due at `due_at`; none when the setting has changed or the event is over."""
    row = db.session.get(NightlyRun, event_id)
    if row is None or row.due_at.isoformat() != due_at:
        return None
    if clock.now() >= row.event.ends_at:
        db.session.delete(row)
        return None
    plan = {"keeps": row.event.schedule_version > 0}
    run = runs.start_run(
        row.event, time_limit_seconds=row.time_limit_seconds, mode=RunMode.NIGHTLY, plan=plan
    )
    row.due_at = next_time(row.event, row.at)
    _put_on_the_calendar(row)
    return run


def report(run: ScheduleRun, asked: EventProblem) -> None:
    """Mail the organizers the figures when the draft is better than what is in force."""
    if run.state is not RunState.DONE or not is_better(run, asked):
        return
    before = in_force(run.event, asked)
    for user in organizers(run.event):
        queue_mail(
            "schedule_nightly",
            user.email,
            language=user.language,
            event_id=run.event_id,
            dedupe_key=f"nightly:{run.id}:{user.email}",
            run=str(run.id),
            before={
                "placed": len(seats_at(run.event, asked)) - len(asked.fixed),
                "value": before.value - asked.fixed_weight,
                "unfairness": before.unfairness,
            },
        )


def is_better(run: ScheduleRun, asked: EventProblem) -> bool:
    """More points than the schedule in force, or as many shared more fairly."""
    before = in_force(run.event, asked)
    after = run.value, -int(run.objectives["unfairness"])
    return after > (before.value - asked.fixed_weight, -before.unfairness)


def in_force(event: Event, asked: EventProblem) -> Score:
    """How good the schedule in force is; what stays where it is counts too."""
    seats = seats_at(event, asked)
    return score(asked.problem, seats)


def organizers(event: Event) -> list[User]:
    """Who runs the event: its owners and editors."""
    roles = (MemberRole.OWNER, MemberRole.EDITOR)
    return [member.user for member in members_of(event) if member.role in roles]


def next_time(event: Event, at: time) -> datetime:
    """The next moment at which it is this time in the event's zone."""
    local = clock.now().astimezone(event.zone)
    today = datetime.combine(local.date(), at, event.zone)
    chosen = (
        today
        if today > local
        else datetime.combine(local.date() + timedelta(days=1), at, event.zone)
    )
    return chosen.astimezone(clock.now().tzinfo)


def _put_on_the_calendar(row: NightlyRun) -> None:
    jobs.enqueue(
        "schedule_nightly",
        event_id=row.event_id,
        run_after=row.due_at,
        due_at=row.due_at.isoformat(),
    )
