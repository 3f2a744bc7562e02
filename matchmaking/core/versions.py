"""Which migration the database has had, and which one this code needs."""

from functools import cache

from sqlalchemy import inspect, text

from matchmaking.config import ROOT
from matchmaking.core.database import db


def database_version() -> str | None:
    """The last migration the database has had; None when it has had none."""
    if not inspect(db.session.connection()).has_table("alembic_version"):
        return None
    version: str | None = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    return version


@cache
def needed_version() -> str:
    """The last migration there is: they are files in order. Alembic is not for web processes."""
    return max(path.stem for path in (ROOT / "migrations" / "versions").glob("0*.py"))
