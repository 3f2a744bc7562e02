"""An event's life: made, published, withdrawn, archived."""

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from matchmaking.accounts.models import User
from matchmaking.core import audit, clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.core.text import fold
from matchmaking.events.models import Event, EventMember, EventStatus, MemberRole, Series
from matchmaking.events.queries import series_called
from matchmaking.events.readiness import missing
from matchmaking.events.services.details import require_free_edition
from matchmaking.events.signals import event_created
from matchmaking.reference import event_type

LONGEST_SLUG = 80
UNNAMED = "event"


@dataclass(frozen=True, kw_only=True)
class NewEvent:
    """The few answers an event begins with; `edition` only within a series."""

    kind: str
    name: Bilingual
    starts_on: date
    ends_on: date
    timezone: str = "Asia/Ho_Chi_Minh"
    province_code: str | None = None
    venue: Bilingual = Bilingual()
    series: Series | None = None
    edition: str | None = None


class NotReady(DomainError):
    code = "not_ready_to_publish"
    message = _l("This event cannot be published yet. Still missing: %(what)s.")


def free_slug(column: InstrumentedAttribute[str], name: Bilingual) -> str:
    """An address nobody has, made of the name: "Gặp gỡ Hàn Quốc" gives gap-go-han-quoc."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(name.vi or name.en)).strip("-")
    stem = words[: LONGEST_SLUG - 4].rstrip("-") or UNNAMED
    taken = set(db.session.scalars(select(column).where(column.startswith(stem))))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)


def create_event(new: NewEvent, *, owner: User | None) -> Event:
    """A draft with the modules its kind usually has, owned by whoever made it."""
    require_free_edition(new.series.id if new.series else None, new.edition)
    event = Event(
        kind=new.kind,
        modules=list(event_type(new.kind).modules),
        name=new.name,
        slug=free_slug(Event.slug, new.name),
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        timezone=new.timezone,
        province_code=new.province_code,
        venue=new.venue,
        series=new.series,
        edition=new.edition or None,
    )
    db.session.add(event)
    db.session.flush()
    add_owner(event, owner)
    audit.record("event.created", event)
    event_created.send(event)
    return event


def add_owner(event: Event, owner: User | None) -> None:
    """Administrators are owners everywhere; anyone else is written down."""
    if owner is not None and not owner.is_administrator:
        db.session.add(EventMember(event_id=event.id, user_id=owner.id, role=MemberRole.OWNER))
        db.session.flush()


def create_series(name: Bilingual) -> Series:
    series = Series(slug=free_slug(Series.slug, name), name=name)
    db.session.add(series)
    db.session.flush()
    return series


def chosen_series(slug: str, new_name: str) -> Series | None:
    """A new series of this name, else the one with this address, else none."""
    return create_series(Bilingual(vi=new_name)) if new_name else series_called(slug)


def publish(event: Event) -> None:
    """Let everyone see the event. Raises NotReady while something essential is missing."""
    absent = missing(event)
    if absent:
        raise NotReady(what=", ".join(str(item.label) for item in absent))
    if event.status is EventStatus.PUBLISHED:
        return
    event.status = EventStatus.PUBLISHED
    event.published_at = event.published_at or clock.now()
    audit.record("event.published", event)
    db.session.flush()


def unpublish(event: Event) -> None:
    """Make it a draft again: nobody but those who work on it sees it."""
    if event.status is EventStatus.DRAFT:
        return
    event.status = EventStatus.DRAFT
    audit.record("event.unpublished", event)
    db.session.flush()


def archive(event: Event) -> None:
    """Keep it readable, with nothing to register for any more."""
    if event.status is EventStatus.ARCHIVED:
        return
    event.status = EventStatus.ARCHIVED
    audit.record("event.archived", event)
    db.session.flush()
