"""Optimistic locks: of two who edit one thing, the second is shown what the first saved."""

from typing import TypeVar

from sqlalchemy import select

from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import AgendaSession, Booth, Event, EventHost, Hall, Track

Row = TypeVar("Row", Event, AgendaSession, Booth, EventHost, Hall, Track)


class ChangedMeanwhile(DomainError):
    code = "changed_meanwhile"
    message = _l("A colleague saved a change while you were editing. Nothing of yours is lost.")


class RemovedMeanwhile(DomainError):
    code = "removed_meanwhile"
    message = _l("A colleague removed this while you were editing.")


def lock(row: Row) -> Row:
    """Hold a row until the transaction ends, and see it as it is now."""
    query = select(type(row)).where(type(row).id == row.id).with_for_update()
    found = db.session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise RemovedMeanwhile
    return found


def lock_version(row: Row, version: int) -> None:
    """Hold a row that is to be saved over `version`, the one its editor has seen."""
    if lock(row).version != version:
        raise ChangedMeanwhile
