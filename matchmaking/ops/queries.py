"""How the background work and the mails stand."""

import uuid
from functools import cache
from typing import Any

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Select, func, or_, select

from matchmaking.config import ROOT
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.core.jobs import Job, JobState
from matchmaking.core.outbox import MailState, OutgoingMail


def waiting_jobs() -> tuple[int, int]:
    """How many jobs could be run now, and for how many seconds the first of them has waited."""
    now = clock.now()
    query = select(func.count(), func.min(Job.run_after)).where(
        Job.state == JobState.QUEUED, Job.run_after <= now
    )
    count, oldest = db.session.execute(query).one()
    return count, int((now - oldest).total_seconds()) if oldest else 0


def database_version() -> str | None:
    """The last migration the database has had; None when it has had none."""
    return MigrationContext.configure(db.session.connection()).get_current_revision()


@cache
def needed_version() -> str | None:
    """The last migration there is."""
    return ScriptDirectory(str(ROOT / "migrations")).get_current_head()


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


def jobs_in(state: JobState | None) -> Select[Any]:
    """Jobs, the newest first."""
    query = select(Job).where(Job.state == state) if state else select(Job)
    return query.order_by(Job.created_at.desc(), Job.id.desc())


def jobs_by_state() -> dict[JobState, int]:
    return _counted(select(Job.state, func.count()).group_by(Job.state))


def _counted(query: Any) -> dict[Any, int]:
    return {row[0]: row[1] for row in db.session.execute(query)}
