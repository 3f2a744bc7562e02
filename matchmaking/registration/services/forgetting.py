"""Deleting, some time after the event, what was asked for the event only."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from matchmaking.core import audit, clock, jobs
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.registration.answers import TEMPORARY
from matchmaking.registration.models import Registration

KEPT_FOR = timedelta(days=30)
JOB = "registration.forget"


def forgotten_at(event: Event) -> datetime:
    return event.ends_at + KEPT_FOR


def see_to_forgetting(event: Event, answers: Mapping[str, Any]) -> None:
    """Queue the deletion, if there is something to delete."""
    if TEMPORARY & answers.keys():
        queue_forgetting(event)


def queue_forgetting(event: Event) -> None:
    """Queue the deletion, if nothing is queued for this event."""
    waiting = select(jobs.Job.id).where(
        jobs.Job.kind == JOB,
        jobs.Job.event_id == event.id,
        jobs.Job.state.in_((jobs.JobState.QUEUED, jobs.JobState.RUNNING)),
    )
    if db.session.scalar(waiting.limit(1)) is None:
        jobs.enqueue(JOB, event_id=event.id, run_after=forgotten_at(event))


def forget(event: Event) -> int:
    """Delete everybody's temporary answers and identity numbers; says of how many people.

    Too early, look again later.
    """
    if clock.now() < forgotten_at(event):
        jobs.enqueue(JOB, event_id=event.id, run_after=forgotten_at(event))
        return 0
    rows = db.session.scalars(
        select(Registration)
        .where(Registration.event_id == event.id)
        .options(undefer(Registration.identity))
    )
    count = 0
    for registration in rows.yield_per(500):
        kept = {code: said for code, said in registration.answers.items() if code not in TEMPORARY}
        if kept != registration.answers or registration.identity:
            registration.answers, registration.identity = kept, ""
            count += 1
    if count:
        audit.record("registration.forgotten", event, count=count)
    db.session.flush()
    return count
