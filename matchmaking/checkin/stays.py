"""Who is inside the event or a room, who was, and who has not come yet."""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, case, func, select
from sqlalchemy.orm import contains_eager

from matchmaking.checkin.arriving import day_bounds
from matchmaking.checkin.models import Direction, Presence, Scan, ScanRevision, Verdict
from matchmaking.checkin.queries import STANDS
from matchmaking.core.database import db
from matchmaking.core.text import fold
from matchmaking.events.models import Event
from matchmaking.registration.models import Registration, RegistrationStatus, TicketType


class Whereabouts(StrEnum):
    INSIDE = "inside"
    CAME = "came"
    MISSING = "missing"


@dataclass(frozen=True)
class Stay:
    """One delegate at the event or in a room, so far as badges were scanned."""

    registration: Registration
    came_at: datetime | None
    left_at: datetime | None
    is_inside: bool

    @classmethod
    def of(cls, row: Any) -> "Stay":
        registration, came_at, left_at, scan_id = row
        has_left = left_at if scan_id is None else None
        return cls(registration, came_at, has_left, scan_id is not None)


@dataclass(frozen=True)
class WantedStays:
    """`zone` is empty for the event itself, else a gate that is a place of its own."""

    zone: str = ""
    whereabouts: Whereabouts = Whereabouts.INSIDE
    day: date | None = None
    ticket_type: str = ""
    words: str = ""


def stays(event: Event, wanted: WantedStays) -> Select[Registration, datetime, datetime, uuid.UUID]:
    """The parts of a `Stay`, by given name."""
    seen = _seen(event, wanted).subquery()
    here = and_(Presence.registration_id == Registration.id, Presence.zone == wanted.zone)
    query = (
        select(Registration, seen.c.came_at, seen.c.left_at, Presence.scan_id)
        .join(Registration.ticket_type)
        .outerjoin(seen, seen.c.registration_id == Registration.id)
        .outerjoin(Presence, here)
        .where(Registration.event_id == event.id, _filter(wanted, seen.c.registration_id))
        .options(contains_eager(Registration.ticket_type))
        .order_by(Registration.sort_name, Registration.id)
    )
    if wanted.ticket_type:
        query = query.where(TicketType.code == wanted.ticket_type)
    for word in fold(wanted.words).split():
        query = query.where(Registration.search_text.contains(word, autoescape=True))
    return query


def inside_by_zone(event: Event) -> Mapping[str, int]:
    query = (
        select(Presence.zone, func.count().label("counted"))
        .join(Registration, Registration.id == Presence.registration_id)
        .where(Registration.event_id == event.id)
        .group_by(Presence.zone)
    )
    return Counter({row.zone: row.counted for row in db.session.execute(query)})


def _seen(event: Event, wanted: WantedStays) -> Select[uuid.UUID | None, datetime, datetime]:
    """First entry and last exit of everybody who was admitted."""
    entry = case((Scan.direction == Direction.ENTRY, Scan.scanned_at))
    leaving = case((Scan.direction == Direction.EXIT, Scan.scanned_at))
    query = (
        select(
            Scan.registration_id,
            func.min(entry).label("came_at"),
            func.max(leaving).label("left_at"),
        )
        .outerjoin(ScanRevision, ScanRevision.scan_id == Scan.id)
        .where(
            Scan.event_id == event.id,
            Scan.zone == wanted.zone,
            Scan.registration_id.is_not(None),
            Scan.direction != Direction.VOID,
            STANDS == Verdict.ADMITTED,
        )
        .group_by(Scan.registration_id)
    )
    if wanted.day:
        begins_at, ends_at = day_bounds(event, wanted.day)
        query = query.where(Scan.scanned_at >= begins_at, Scan.scanned_at < ends_at)
    return query


def _filter(wanted: WantedStays, seen: Any) -> Any:
    if wanted.whereabouts is Whereabouts.INSIDE:
        return Presence.scan_id.is_not(None)
    if wanted.whereabouts is Whereabouts.CAME:
        return seen.is_not(None)
    return and_(seen.is_(None), Registration.status == RegistrationStatus.CONFIRMED)
