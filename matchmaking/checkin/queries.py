"""What the gate and the organizer read: gates, scans, figures."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import joinedload

from matchmaking.checkin.models import (
    Device,
    Direction,
    Gate,
    Presence,
    Scan,
    ScanRevision,
    Verdict,
)
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.core.text import fold
from matchmaking.events.models import Event
from matchmaking.registration.models import Registration, RegistrationStatus, TicketType

MAIN_GATE = ("A", Bilingual("Cổng chính", "Main gate"))
LEAST_LETTERS = 3
MOST_FOUND = 20
STANDS = func.coalesce(ScanRevision.verdict, Scan.verdict)
"""What a scan comes to now; joined to `ScanRevision` from outside."""
QUARTER = timedelta(minutes=15)


@dataclass(frozen=True)
class Arrivals:
    """How many of those expected have come: of one kind of place."""

    ticket_type: TicketType
    arrived: int
    expected: int


@dataclass(frozen=True)
class Figures:
    arrived: int
    expected: int
    inside: int
    refused: int


@dataclass(frozen=True)
class Found:
    """A delegate the search found, and since when they are inside."""

    registration: Registration
    entered_at: datetime | None


def gates_of(event: Event) -> Sequence[Gate]:
    query = select(Gate).where(Gate.event_id == event.id).order_by(Gate.position, Gate.id)
    return db.session.scalars(query).all()


def devices_of(event: Event) -> Sequence[Device]:
    """Those at work first, then the newest."""
    query = select(Device).where(Device.event_id == event.id)
    return db.session.scalars(
        query.order_by(Device.revoked_at.is_not(None), Device.created_at.desc(), Device.id.desc())
    ).all()


def gate_names(event: Event) -> dict[str, Bilingual]:
    """Mark and name of every gate; an event that named none has one all the same."""
    return {gate.code: gate.name for gate in gates_of(event)} or dict([MAIN_GATE])


def scan_at(event: Event, scan_id: uuid.UUID) -> Scan | None:
    """One scan with all that its answer tells."""
    query = select(Scan).where(Scan.id == scan_id, Scan.event_id == event.id)
    return db.session.scalar(query.options(*_FOR_AN_ANSWER))


def recent_scans(event: Event, *, limit: int = 12) -> Sequence[Scan]:
    query = (
        select(Scan)
        .where(Scan.event_id == event.id)
        .order_by(Scan.received_at.desc(), Scan.scanned_at.desc(), Scan.id.desc())
        .options(*_FOR_AN_ANSWER)
    )
    return db.session.scalars(query.limit(limit)).all()


def delegates_found(event: Event, text: str) -> list[Found]:
    """By any words of name, organization or delegation, from three letters, without diacritics."""
    words = fold(text).split()
    if len("".join(words)) < LEAST_LETTERS:
        return []
    query = (
        select(Registration, Scan.scanned_at)
        .outerjoin(Presence, and_(Presence.registration_id == Registration.id, Presence.zone == ""))
        .outerjoin(Scan, Scan.id == Presence.scan_id)
        .where(Registration.event_id == event.id)
        .order_by(Registration.sort_name, Registration.id)
        .options(joinedload(Registration.ticket_type))
    )
    for word in words:
        query = query.where(Registration.search_text.contains(word, autoescape=True))
    return [
        Found(row, entered_at) for row, entered_at in db.session.execute(query.limit(MOST_FOUND))
    ]


def figures(event: Event) -> Figures:
    arrived = db.session.scalar(select(func.count()).select_from(arrivals(event).subquery()))
    expected = select(func.count()).where(
        Registration.event_id == event.id, Registration.status == RegistrationStatus.CONFIRMED
    )
    inside = (
        select(func.count())
        .select_from(Presence)
        .join(Registration, Registration.id == Presence.registration_id)
        .where(Registration.event_id == event.id, Presence.zone == "")
    )
    refused = select(func.count()).where(Scan.event_id == event.id, Scan.verdict == Verdict.REFUSED)
    return Figures(
        arrived=arrived or 0,
        expected=db.session.scalar(expected) or 0,
        inside=db.session.scalar(inside) or 0,
        refused=db.session.scalar(refused) or 0,
    )


def arrivals_by_ticket_type(event: Event) -> list[Arrivals]:
    """In the organizer's order; kinds nobody holds are left out."""
    came = arrivals(event).subquery()
    query = (
        select(TicketType, func.count(came.c.registration_id), func.count(Registration.id))
        .join(Registration, Registration.ticket_type_id == TicketType.id)
        .outerjoin(came, came.c.registration_id == Registration.id)
        .where(TicketType.event_id == event.id, Registration.status == RegistrationStatus.CONFIRMED)
        .group_by(TicketType.id)
        .order_by(TicketType.position, TicketType.id)
    )
    return [
        Arrivals(kind, arrived, expected) for kind, arrived, expected in db.session.execute(query)
    ]


def arrivals_by_quarter_hour(event: Event) -> list[tuple[datetime, int]]:
    """(beginning of the quarter, how many came first in it) of the last day with arrivals."""
    moments = [row.first_at.astimezone(event.zone) for row in db.session.execute(arrivals(event))]
    if not moments:
        return []
    last_day = max(moments).date()
    quarters = Counter(_quarter(moment) for moment in moments if moment.date() == last_day)
    first, last = min(quarters), max(quarters)
    count = (last - first) // QUARTER + 1
    return [(first + n * QUARTER, quarters[first + n * QUARTER]) for n in range(count)]


def arrivals(event: Event) -> Select[uuid.UUID | None, datetime]:
    """Each delegate who came in and was not taken back, with the first time they did."""
    return (
        select(Scan.registration_id, func.min(Scan.scanned_at).label("first_at"))
        .outerjoin(ScanRevision, ScanRevision.scan_id == Scan.id)
        .where(
            Scan.event_id == event.id,
            Scan.registration_id.is_not(None),
            Scan.direction == Direction.ENTRY,
            Scan.zone == "",
            STANDS == Verdict.ADMITTED,
        )
        .group_by(Scan.registration_id)
    )


def _quarter(moment: datetime) -> datetime:
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


_FOR_AN_ANSWER = (
    joinedload(Scan.registration).joinedload(Registration.ticket_type),
    joinedload(Scan.first_scan).joinedload(Scan.scanned_by),
    joinedload(Scan.scanned_by),
)
