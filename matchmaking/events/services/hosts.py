"""Who stands behind an event, in the order of the invitation."""

from dataclasses import dataclass

from sqlalchemy import func, select

from matchmaking.core import audit
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.events.models import Event, EventHost, HostRole
from matchmaking.events.services.pictures import PictureUse, store_picture
from matchmaking.events.services.trash import Removed, bury
from matchmaking.events.services.versions import lock_version


@dataclass(frozen=True, kw_only=True)
class HostDetails:
    """`logo` is an uploaded file's content; without one the present logo stays."""

    role: HostRole
    name: Bilingual
    url: str = ""
    logo: bytes = b""
    remove_logo: bool = False


def add_host(event: Event, details: HostDetails) -> EventHost:
    last = select(func.max(EventHost.position)).where(EventHost.event_id == event.id)
    host = EventHost(event_id=event.id, position=(db.session.scalar(last) or 0) + 1)
    _write(event, host, details)
    db.session.add(host)
    db.session.flush()
    audit.record("host.added", host, title=_title(host))
    return host


def change_host(host: EventHost, details: HostDetails, *, version: int) -> None:
    lock_version(host, version)
    _write(host.event, host, details)
    host.version += 1
    audit.record("host.changed", host, title=_title(host))
    db.session.flush()


def move_host_up(host: EventHost) -> None:
    """Before the one that stands above it among those of the same role."""
    above = (
        select(EventHost)
        .where(
            EventHost.event_id == host.event_id,
            EventHost.role == host.role,
            EventHost.position < host.position,
        )
        .order_by(EventHost.position.desc())
    )
    other = db.session.scalars(above.limit(1)).first()
    if other is None:
        return
    host.position, other.position = other.position, host.position
    audit.record("host.moved", host, title=_title(host))
    db.session.flush()


def remove_host(host: EventHost) -> Removed:
    audit.record("host.removed", host, title=_title(host))
    return bury(host.event, _title(host), [host])


def _write(event: Event, host: EventHost, details: HostDetails) -> None:
    host.role, host.name, host.url = details.role, details.name, details.url
    if details.remove_logo:
        host.logo_id = None
    if details.logo:
        logo = store_picture(event, details.logo, name=details.name.vi, use=PictureUse.LOGO)
        host.logo_id = logo.id


def _title(host: EventHost) -> str:
    return host.name.vi or host.name.en
