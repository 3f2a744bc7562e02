"""Removed rows, kept for a day so that removing can be undone."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError

from matchmaking.core import audit, clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import Base, db
from matchmaking.core.errors import DomainError
from matchmaking.core.files import StoredFile, store
from matchmaking.core.i18n import _l
from matchmaking.events.models import AgendaSession, Booth, Event, EventHost, Hall, Speaker, Track
from matchmaking.events.signals import b2b_session_changed

KEPT_FOR = timedelta(days=1)
CONTENT_TYPE = "application/vnd.gap-go.removed+json"
TABLES: dict[str, type[Base]] = {
    table.__tablename__: table for table in (AgendaSession, Speaker, EventHost, Booth, Hall, Track)
}
NOUNS: dict[type[Base], str] = {
    AgendaSession: "session",
    EventHost: "host",
    Booth: "booth",
    Hall: "hall",
    Track: "track",
}


@dataclass(frozen=True)
class Removed:
    """What was removed, by name, and the id under which it can be brought back."""

    id: uuid.UUID
    name: str


class StillUsed(DomainError):
    code = "still_used"
    message = _l("“%(name)s” is still in use elsewhere in this event, so it cannot be removed.")


class CannotRestore(DomainError):
    code = "cannot_restore"
    message = _l("This can no longer be undone: something else has taken its place since.")


def bury(event: Event, name: str, rows: Sequence[Base]) -> Removed:
    """Delete the rows, keeping what they held. The first ones are those the others belong to."""
    kept = json.dumps([[row.__tablename__, _as_json(row)] for row in rows], default=_tagged)
    try:
        with db.session.begin_nested():
            for row in reversed(rows):
                db.session.expire(row)
                db.session.delete(row)
                db.session.flush()
    except IntegrityError as error:
        raise StillUsed(name=name) from error
    stored = store(
        kept.encode(),
        name=name[:200],
        content_type=CONTENT_TYPE,
        event_id=event.id,
        expires_at=clock.now() + KEPT_FOR,
    )
    return Removed(stored.id, name)


def removed_from(event: Event, removed_id: uuid.UUID | None) -> Removed | None:
    """What this event's id stands for, as long as it can be brought back."""
    stored = db.session.get(StoredFile, removed_id) if removed_id else None
    if stored is None or stored.event_id != event.id or stored.content_type != CONTENT_TYPE:
        return None
    is_gone = stored.expires_at is not None and stored.expires_at <= clock.now()
    return None if is_gone else Removed(stored.id, stored.name)


def forget_removed(event_id: uuid.UUID, name: str) -> None:
    """What was removed and names this person cannot be brought back any more."""
    query = select(StoredFile).where(
        StoredFile.event_id == event_id, StoredFile.content_type == CONTENT_TYPE
    )
    for stored in db.session.scalars(query):
        if json.dumps(name)[1:-1].encode() in stored.content:
            db.session.delete(stored)


def restore(event: Event, removed_id: uuid.UUID) -> Removed:
    """Bring the rows back under their own ids."""
    removed = removed_from(event, removed_id)
    stored = db.session.get(StoredFile, removed_id)
    if removed is None or stored is None:
        raise CannotRestore
    kept = json.loads(stored.content, object_hook=_untagged)
    rows = [TABLES[name](**values) for name, values in kept]
    try:
        with db.session.begin_nested():
            db.session.add_all(rows)
    except IntegrityError as error:
        raise CannotRestore from error
    db.session.delete(stored)
    audit.record(f"{NOUNS[type(rows[0])]}.restored", rows[0], title=removed.name)
    if any(isinstance(row, AgendaSession) and row.has_slots for row in rows):
        b2b_session_changed.send(event)
    return removed


def _as_json(row: Base) -> dict[str, Any]:
    columns = inspect(type(row)).column_attrs
    return {column.key: getattr(row, column.key) for column in columns}


def _tagged(value: Any) -> dict[str, Any]:
    """What JSON cannot hold, under the name of its type."""
    if isinstance(value, Bilingual):
        return {"$text": [value.vi, value.en]}
    if isinstance(value, uuid.UUID):
        return {"$id": str(value)}
    if isinstance(value, datetime):
        return {"$moment": value.isoformat()}
    raise TypeError(value)


def _untagged(value: dict[str, Any]) -> Any:
    if "$text" in value:
        return Bilingual(*value["$text"])
    if "$id" in value:
        return uuid.UUID(value["$id"])
    if "$moment" in value:
        return datetime.fromisoformat(value["$moment"])
    return value
