"""What an organizer tells about an event, and changing it without losing a colleague's change."""

import uuid
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import select

from matchmaking.core import audit
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event
from matchmaking.events.services.dates import move_programme, require_programme_within
from matchmaking.events.services.pictures import PictureUse, store_picture
from matchmaking.events.services.versions import lock_version


@dataclass(frozen=True, kw_only=True)
class EventDetails:
    """The columns of an event that its details page edits, by their own names."""

    kind: str
    modules: list[str]
    name: Bilingual
    theme: Bilingual
    description: Bilingual
    practical: Bilingual
    starts_on: date
    ends_on: date
    timezone: str
    languages: list[str]
    province_code: str | None
    venue: Bilingual
    map_url: str
    online_url: str
    contact_email: str
    contact_phone: str
    expected_delegates: int | None
    priority_sectors: list[str]
    accent: str
    slug: str
    series_id: uuid.UUID | None
    edition: str | None
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    check_in_opens_at: datetime | None
    security_list: bool
    requests_per_company: int
    meetings_per_company: int
    same_side_meetings: bool
    instant_booking: bool


class EventRefused(DomainError):
    """`about` names the value that cannot be taken."""

    about: ClassVar[str] = ""


class AddressTaken(EventRefused):
    code = "address_taken"
    message = _l("Another event has this address already. Choose another.")
    about = "slug"


class AddressIsPublic(EventRefused):
    code = "address_is_public"
    message = _l("The address was published and cannot change any more: links to it are out.")
    about = "slug"


class EditionExists(EventRefused):
    code = "edition_exists"
    message = _l("This series already has an edition %(edition)s.")
    about = "edition"


def details_of(event: Event) -> EventDetails:
    values = {field.name: getattr(event, field.name) for field in fields(EventDetails)}
    return EventDetails(**values)


def change_event(
    event: Event, details: EventDetails, *, version: int, shift_programme: bool = False
) -> None:
    """Save what the organizer typed over `version` of the event.

    A programme that would fall outside the new days is refused, or moves along
    with the first day when `shift_programme` says so.
    """
    lock_version(event, version)
    stored = details_of(event)
    names = (field.name for field in fields(EventDetails))
    changed = [name for name in names if getattr(stored, name) != getattr(details, name)]
    if not changed:
        return
    _require_free_address(event, details.slug)
    require_free_edition(details.series_id, details.edition, besides=event)
    before = stored.starts_on, stored.timezone
    for name in changed:
        setattr(event, name, getattr(details, name))
    move_programme(event, *before, by_days=shift_programme)
    require_programme_within(event)
    event.version += 1
    audit.record("event.changed", event, fields=changed)
    db.session.flush()


def change_banner(event: Event, content: bytes, *, remove: bool = False) -> None:
    """Put an uploaded picture on top of the event's page, or take it away."""
    if remove:
        event.banner_id = None
    if content:
        banner = store_picture(event, content, name=event.slug, use=PictureUse.BANNER)
        event.banner_id = banner.id
    if remove or content:
        audit.record("event.banner_changed", event)
        db.session.flush()


def _require_free_address(event: Event, slug: str) -> None:
    if slug == event.slug:
        return
    if event.published_at:
        raise AddressIsPublic
    if db.session.scalar(select(Event.id).where(Event.slug == slug)):
        raise AddressTaken


def require_free_edition(
    series_id: uuid.UUID | None, edition: str | None, *, besides: Event | None = None
) -> None:
    if series_id is None or not edition:
        return
    query = select(Event.id).where(Event.series_id == series_id, Event.edition == edition)
    if besides is not None:
        query = query.where(Event.id != besides.id)
    if db.session.scalar(query):
        raise EditionExists(edition=edition)
