"""How the background work stands."""

from functools import cache

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import func, select

from matchmaking.config import ROOT
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.core.jobs import Job, JobState


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
