"""The next edition of an event: everything structural, on other days; nobody who came."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import inspect, select

from matchmaking.accounts.models import User
from matchmaking.core import audit
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.codes import new_id
from matchmaking.core.database import Base, db
from matchmaking.core.files import StoredFile, store
from matchmaking.events.models import (
    AgendaSession,
    Booth,
    Event,
    EventHost,
    EventStatus,
    Hall,
    Speaker,
    Track,
)
from matchmaking.events.services.dates import shifted
from matchmaking.events.services.details import require_free_edition
from matchmaking.events.services.lifecycle import add_owner, create_series, free_slug
from matchmaking.events.signals import event_cloned

Row = TypeVar("Row", bound=Base)

ITS_OWN = ("id", "slug", "status", "version", "schedule_version", "created_at", "published_at")
MOMENTS = ("registration_opens_at", "registration_closes_at", "check_in_opens_at")


@dataclass
class _Copying:
    """What was copied so far: the ids of the source's rows, and those of their copies."""

    source: Event
    edition: Event
    shift: timedelta
    ids: dict[uuid.UUID, uuid.UUID]

    def moved(self, moment: Any) -> Any:
        zone = self.source.zone
        return moment and shifted(moment, self.shift, zone, zone)


def clone_edition(
    event: Event,
    *,
    starts_on: date,
    edition: str,
    name: Bilingual | None = None,
    owner: User | None = None,
) -> Event:
    """A draft with the structure of `event`, its dates moved to begin on `starts_on`.

    An event without a series gets one of its own name, so that its editions belong together.
    Registrations, companies and meetings stay with the old edition.
    """
    event.series = event.series or create_series(event.name)
    db.session.flush()
    require_free_edition(event.series_id, edition)
    shift = starts_on - event.starts_on
    copy = _copy(event, without=ITS_OWN, name=name or event.name, ends_on=event.ends_on + shift)
    copy.slug = free_slug(Event.slug, _with_edition(copy.name, edition))
    copy.status, copy.starts_on, copy.edition = EventStatus.DRAFT, starts_on, edition
    db.session.add(copy)
    db.session.flush()
    copying = _Copying(event, copy, shift, {})
    _copy_pictures(copying)
    for moment in MOMENTS:
        setattr(copy, moment, copying.moved(getattr(event, moment)))
    for rows in (_rows(Hall, event), _rows(Track, event), _rows(Booth, event)):
        _copy_rows(copying, rows)
    _copy_sessions(copying)
    add_owner(copy, owner)
    audit.record("event.cloned", copy, source=str(event.id), edition=edition)
    db.session.flush()
    event_cloned.send(copy, source=event)
    return copy


def next_year(day: date) -> date:
    """The same weekday of the same week, a year on: events keep to their days of the week."""
    return day + timedelta(weeks=52)


def next_number(event: Event) -> str:
    """What the next edition will probably be called: a year or a number, one higher."""
    if event.edition and event.edition.isdigit():
        return str(int(event.edition) + 1)
    return str(next_year(event.starts_on).year)


def _with_edition(name: Bilingual, edition: str) -> Bilingual:
    words = name.vi or name.en
    return Bilingual(words if edition in words else f"{words} {edition}")


def _copy(row: Row, *, without: Iterable[str] = ("id",), **values: Any) -> Row:
    """A new row with the columns of another, but those left out or given."""
    columns = [attribute.key for attribute in inspect(type(row)).column_attrs]
    kept = {key: getattr(row, key) for key in columns if key not in without}
    return type(row)(**{**kept, **values})


def _rows(table: Any, event: Event) -> list[Any]:
    return list(db.session.scalars(select(table).where(table.event_id == event.id)))


def _copy_rows(copying: _Copying, rows: Iterable[Any]) -> None:
    for row in rows:
        copying.ids[row.id] = new_id()
        links: dict[str, Any] = {
            link: copying.ids.get(getattr(row, link))
            for link in ("hall_id", "track_id", "session_id", "parent_id")
            if hasattr(row, link)
        }
        db.session.add(_copy(row, id=copying.ids[row.id], event_id=copying.edition.id, **links))
    db.session.flush()


def _copy_pictures(copying: _Copying) -> None:
    """Each edition keeps its own pictures, so that deleting one leaves the other whole."""
    copying.edition.banner_id = _copy_file(copying.source.banner_id, copying.edition)
    for host in _rows(EventHost, copying.source):
        logo_id = _copy_file(host.logo_id, copying.edition)
        db.session.add(_copy(host, event_id=copying.edition.id, logo_id=logo_id))


def _copy_file(file_id: uuid.UUID | None, edition: Event) -> uuid.UUID | None:
    kept = db.session.get(StoredFile, file_id) if file_id else None
    if kept is None:
        return None
    return store(
        kept.content,
        name=kept.name,
        content_type=kept.content_type,
        event_id=edition.id,
        is_public=kept.is_public,
    ).id


def _copy_sessions(copying: _Copying) -> None:
    sessions = _rows(AgendaSession, copying.source)
    copying.ids.update({session.id: new_id() for session in sessions})
    for session in parents_first(sessions):
        db.session.add(
            _copy(
                session,
                id=copying.ids[session.id],
                event_id=copying.edition.id,
                parent_id=session.parent_id and copying.ids[session.parent_id],
                hall_id=session.hall_id and copying.ids[session.hall_id],
                track_id=session.track_id and copying.ids[session.track_id],
                starts_at=copying.moved(session.starts_at),
                ends_at=copying.moved(session.ends_at),
                version=1,
            )
        )
        db.session.flush()
    _copy_rows(copying, _rows(Speaker, copying.source))


def parents_first(sessions: Iterable[AgendaSession]) -> list[AgendaSession]:
    """An order in which no session comes before the one it is part of."""
    by_id = {session.id: session for session in sessions}

    def depth(session: AgendaSession) -> int:
        return 1 + depth(by_id[session.parent_id]) if session.parent_id in by_id else 0

    return sorted(by_id.values(), key=depth)
