"""How the background work and the mails stand."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, or_, select

from matchmaking.checkin.models import Scan, Verdict
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.core.jobs import Job, JobState
from matchmaking.core.outbox import MailState, OutgoingMail
from matchmaking.meetings.models import RunState, ScheduleRun


def waiting_jobs() -> tuple[int, int]:
    """How many jobs could be run now, and for how many seconds the first of them has waited."""
    now = clock.now()
    query = select(func.count(), func.min(Job.run_after)).where(
        Job.state == JobState.QUEUED, Job.run_after <= now
    )
    count, oldest = db.session.execute(query).one()
    return count, int((now - oldest).total_seconds()) if oldest else 0


def mails_of(event_id: uuid.UUID, *, state: MailState | None, words: str) -> Select[Any]:
    """An event's mails, the newest first; `words` are part of an address or a subject."""
    query = select(OutgoingMail).where(OutgoingMail.event_id == event_id)
    if state:
        query = query.where(OutgoingMail.state == state)
    if words:
        address = OutgoingMail.recipient.icontains(words.strip(), autoescape=True)
        subject = OutgoingMail.subject.icontains(words.strip(), autoescape=True)
        query = query.where(or_(address, subject))
    return query.order_by(OutgoingMail.queued_at.desc(), OutgoingMail.id.desc())


def mails_by_state(event_id: uuid.UUID) -> dict[MailState, int]:
    query = select(OutgoingMail.state, func.count()).where(OutgoingMail.event_id == event_id)
    return _counted(query.group_by(OutgoingMail.state))


def all_mails_by_state() -> dict[MailState, int]:
    """How many mails of all events are in each state."""
    return _counted(select(OutgoingMail.state, func.count()).group_by(OutgoingMail.state))


def jobs_in(state: JobState | None) -> Select[Any]:
    """Jobs, the newest first."""
    query = select(Job).where(Job.state == state) if state else select(Job)
    return query.order_by(Job.created_at.desc(), Job.id.desc())


def jobs_by_state() -> dict[JobState, int]:
    return _counted(select(Job.state, func.count()).group_by(Job.state))


def schedule_runs_by_state() -> dict[RunState, int]:
    return _counted(select(ScheduleRun.state, func.count()).group_by(ScheduleRun.state))


def scans_by_verdict() -> dict[Verdict, int]:
    return _counted(select(Scan.verdict, func.count()).group_by(Scan.verdict))


def jobs_by_kind() -> dict[str, dict[JobState, int]]:
    """How many jobs of each kind are in each state, without those that are done."""
    query = select(Job.kind, Job.state, func.count()).where(Job.state != JobState.DONE)
    found: dict[str, dict[JobState, int]] = {}
    for kind, state, count in db.session.execute(query.group_by(Job.kind, Job.state)):
        found.setdefault(kind, {})[state] = count
    return dict(sorted(found.items()))


def failed_mails(limit: int = 20) -> Sequence[OutgoingMail]:
    """Mails of every event, and of none, that were given up; the newest first."""
    query = select(OutgoingMail).where(OutgoingMail.state == MailState.FAILED)
    return db.session.scalars(query.order_by(OutgoingMail.id.desc()).limit(limit)).all()


def _counted(query: Any) -> dict[Any, int]:
    return {row[0]: row[1] for row in db.session.execute(query)}
