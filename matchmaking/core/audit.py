"""Who did what, when, to what."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from blinker import signal
from sqlalchemy import Index, Select, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from matchmaking.core import clock
from matchmaking.core.codes import new_id
from matchmaking.core.database import Base, db, insert_all
from matchmaking.core.text import name_sort_key


@dataclass(frozen=True)
class Actor:
    """Who acts now. `kind`: user, delegate (through the personal link), program (by a token), or system."""

    kind: str
    id: uuid.UUID | None = None
    name: str = ""


SYSTEM = Actor("system")
recorded = signal("audit-recorded")
"""Sender: the entry, in the transaction of the act; `subject`: the row it is about."""

_current: ContextVar[Actor] = ContextVar("actor", default=SYSTEM)


class AuditEntry(Base):
    """One act. Entries are only ever added."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index(None, "subject_id", "happened_at"),
        Index(None, "event_id", "happened_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    happened_at: Mapped[datetime] = mapped_column(default=clock.now)
    actor_kind: Mapped[str] = mapped_column(String(12))
    actor_id: Mapped[uuid.UUID | None]
    actor_name: Mapped[str] = mapped_column(String(250))
    action: Mapped[str] = mapped_column(String(60))
    subject_type: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[uuid.UUID]
    event_id: Mapped[uuid.UUID | None]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)


@contextmanager
def acting_as(actor: Actor) -> Iterator[None]:
    """Everything recorded inside the block was done by this actor."""
    token = _current.set(actor)
    try:
        yield
    finally:
        _current.reset(token)


def set_actor(actor: Actor) -> None:
    """Name the actor for the rest of this request."""
    _current.set(actor)


def current_actor() -> Actor:
    return _current.get()


def acting_user_id() -> uuid.UUID | None:
    """The account of who acts now; None for delegates, programs and the system."""
    actor = current_actor()
    return actor.id if actor.kind == "user" else None


def record(action: str, subject: Any, **details: Any) -> AuditEntry:
    """Write down `action` ("registration.cancelled") on a row that has an `id`.

    The row's `event_id`, or its own id when it is an event, files the entry under
    the event. `details` are JSON values; never secrets, never whole texts.
    """
    if subject.id is None:
        db.session.flush()
    entry = new_entry(action, subject, **details)
    db.session.add(entry)
    recorded.send(entry, subject=subject)
    return entry


def record_all(action: str, subjects: Sequence[Any], details: Sequence[dict[str, Any]]) -> None:
    """Write the same act down on many new rows at once."""
    told = zip(subjects, details, strict=True)
    entries = [new_entry(action, subject, **said) for subject, said in told]
    insert_all(entries)
    for entry, subject in zip(entries, subjects, strict=True):
        recorded.send(entry, subject=subject)


def new_entry(action: str, subject: Any, **details: Any) -> AuditEntry:
    """An entry that is not yet part of any transaction: whoever writes it sends `recorded`."""
    is_event = subject.__tablename__ == "events"
    actor = current_actor()
    return AuditEntry(
        id=new_id(),
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name,
        action=action,
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        event_id=subject.id if is_event else getattr(subject, "event_id", None),
        details=details,
    )


def history_of(subject: Any, *, limit: int = 50) -> Sequence[AuditEntry]:
    """The entries of one row, newest first."""
    query = (
        select(AuditEntry)
        .where(AuditEntry.subject_id == subject.id)
        .order_by(AuditEntry.happened_at.desc(), AuditEntry.id.desc())
    )
    return db.session.scalars(query.limit(limit)).all()


def entries_of_event(
    event_id: uuid.UUID, *, kind: str = "", actor_id: uuid.UUID | None = None
) -> Select[Any]:
    """Everything done at an event, newest first; `kind` is what the actions start with."""
    query = select(AuditEntry).where(AuditEntry.event_id == event_id)
    if kind:
        query = query.where(AuditEntry.action.startswith(f"{kind}.", autoescape=True))
    if actor_id:
        query = query.where(AuditEntry.actor_id == actor_id)
    return query.order_by(AuditEntry.happened_at.desc(), AuditEntry.id.desc())


def actors_of_event(event_id: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    """(id, name) of everybody with an account who did something at the event, by given name."""
    query = (
        select(AuditEntry.actor_id, func.max(AuditEntry.actor_name))
        .where(AuditEntry.event_id == event_id, AuditEntry.actor_kind == "user")
        .group_by(AuditEntry.actor_id)
    )
    found = [(actor_id, name) for actor_id, name in db.session.execute(query) if actor_id]
    return sorted(found, key=lambda actor: name_sort_key(actor[1]))
