"""Who comes on a day, by quarter of an hour, gate and ticket type, against who is expected."""

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from sqlalchemy import Integer, Select, and_, cast, extract, func, select
from sqlalchemy.orm import contains_eager, joinedload

from matchmaking.checkin.models import Direction, Scan, ScanRevision, Verdict, VipReception
from matchmaking.checkin.queries import QUARTER, STANDS
from matchmaking.core.database import db
from matchmaking.events.models import AgendaSession, Event
from matchmaking.reference import badge_types
from matchmaking.registration.models import Registration, RegistrationStatus, TicketType

QUARTER_SECONDS = 900
LEAD = 6 * QUARTER
SHARES = (2, 4, 8, 14, 20, 22, 15, 9, 6)
"""Percent of those expected by quarter of an hour: seven in ten before the day's first session begins."""


@dataclass(frozen=True)
class Group:
    """How many came first on the day in this quarter, at this gate, with this ticket type."""

    quarter: datetime
    gate: str
    ticket_type_id: uuid.UUID
    count: int


def day_bounds(event: Event, day: date) -> tuple[datetime, datetime]:
    """The first moment of a day where the event is, and the first one after it."""
    begins_at = datetime.combine(day, time.min, event.zone)
    return begins_at, datetime.combine(day + timedelta(days=1), time.min, event.zone)


def days_of_gates(event: Event) -> list[date]:
    """The event's days and the one before, on which badges are good already."""
    return [event.starts_on - timedelta(days=1), *event.days]


def day_shown(event: Event, now: datetime) -> date:
    """Today while the gates are open, else the last day with arrivals, else the first of the event."""
    today = now.astimezone(event.zone).date()
    if today in days_of_gates(event):
        return today
    last = db.session.scalar(
        select(func.max(Scan.scanned_at)).where(Scan.event_id == event.id, Scan.zone == "")
    )
    return last.astimezone(event.zone).date() if last else event.starts_on


def entries(event: Event, day: date) -> Select[uuid.UUID | None, str, datetime, int]:
    """Admissions to the event on a day; `turn` counts those of one delegate from 1."""
    begins_at, ends_at = day_bounds(event, day)
    turn = func.row_number().over(
        partition_by=Scan.registration_id, order_by=(Scan.scanned_at, Scan.id)
    )
    return (
        select(Scan.registration_id, Scan.gate, Scan.scanned_at, turn.label("turn"))
        .outerjoin(ScanRevision, ScanRevision.scan_id == Scan.id)
        .where(
            Scan.event_id == event.id,
            Scan.scanned_at >= begins_at,
            Scan.scanned_at < ends_at,
            Scan.direction == Direction.ENTRY,
            Scan.zone == "",
            STANDS == Verdict.ADMITTED,
        )
    )


def arrivals_on(event: Event, day: date) -> list[Group]:
    """Everybody once, at the first entry of the day."""
    came = entries(event, day).subquery()
    quarter = cast(func.floor(extract("epoch", came.c.scanned_at) / QUARTER_SECONDS), Integer)
    query = (
        select(quarter, came.c.gate, Registration.ticket_type_id, func.count())
        .join(Registration, Registration.id == came.c.registration_id)
        .where(came.c.turn == 1)
        .group_by(quarter, came.c.gate, Registration.ticket_type_id)
    )
    return [
        Group(datetime.fromtimestamp(number * QUARTER_SECONDS, UTC), gate, ticket_type_id, count)
        for number, gate, ticket_type_id, count in db.session.execute(query)
    ]


def expected_by_ticket_type(event: Event) -> dict[uuid.UUID, int]:
    """Who has a confirmed place; they are expected on each day of the event."""
    query = (
        select(Registration.ticket_type_id, func.count().label("counted"))
        .where(
            Registration.event_id == event.id, Registration.status == RegistrationStatus.CONFIRMED
        )
        .group_by(Registration.ticket_type_id)
    )
    return {row.ticket_type_id: row.counted for row in db.session.execute(query)}


def first_session_on(event: Event, day: date) -> datetime | None:
    begins_at, ends_at = day_bounds(event, day)
    query = select(func.min(AgendaSession.starts_at)).where(
        AgendaSession.event_id == event.id,
        AgendaSession.starts_at >= begins_at,
        AgendaSession.starts_at < ends_at,
    )
    return db.session.scalar(query)


def expected_curve(count: int, begins_at: datetime | None) -> dict[datetime, int]:
    """How many of `count` to expect by quarter of an hour around the day's first session.

    Rounded so that the quarters add up to `count`; without a programme there is no curve.
    """
    if begins_at is None or not count:
        return {}
    first = _quarter(begins_at) - LEAD
    ends = [0, *(count * sum(SHARES[: n + 1]) // 100 for n in range(len(SHARES)))]
    return {first + n * QUARTER: ends[n + 1] - ends[n] for n in range(len(SHARES))}


def side_by_side(
    groups: Sequence[Group], curve: dict[datetime, int]
) -> list[tuple[datetime, int, int]]:
    """(beginning of the quarter, how many came, how many were expected), none left out between."""
    came: Counter[datetime] = Counter()
    for group in groups:
        came[group.quarter] += group.count
    told = came.keys() | curve.keys()
    if not told:
        return []
    first, last = min(told), max(told)
    quarters = [first + n * QUARTER for n in range((last - first) // QUARTER + 1)]
    return [(quarter, came[quarter], curve.get(quarter, 0)) for quarter in quarters]


def expected_by(curve: dict[datetime, int], now: datetime) -> int:
    """How many should have come in the quarters that are over."""
    return sum(count for quarter, count in curve.items() if quarter + QUARTER <= now)


@dataclass(frozen=True)
class VipArrival:
    """The first admission of a VIP on a day, and who receives them."""

    scan: Scan
    registration: Registration
    reception: VipReception | None


@cache
def vip_codes() -> frozenset[str]:
    """The badge types for which the protocol is called."""
    return frozenset(one.code for one in badge_types() if one.is_vip)


def vip_arrivals(event: Event, day: date) -> list[VipArrival]:
    """The latest first."""
    begins_at, ends_at = day_bounds(event, day)
    query = (
        select(Scan, Registration, VipReception)
        .join(Scan.registration)
        .join(Registration.ticket_type)
        .outerjoin(ScanRevision, ScanRevision.scan_id == Scan.id)
        .outerjoin(
            VipReception,
            and_(
                VipReception.registration_id == Registration.id,
                VipReception.day == day.isoformat(),
            ),
        )
        .where(
            Scan.event_id == event.id,
            Scan.scanned_at >= begins_at,
            Scan.scanned_at < ends_at,
            Scan.direction == Direction.ENTRY,
            Scan.zone == "",
            STANDS == Verdict.ADMITTED,
            TicketType.badge_type.in_(vip_codes()),
        )
        .order_by(Scan.scanned_at.desc(), Scan.id.desc())
        .options(
            contains_eager(Registration.ticket_type),
            joinedload(VipReception.received_by),
        )
    )
    first = {}
    for scan, registration, reception in db.session.execute(query):
        first[registration.id] = VipArrival(scan, registration, reception)
    return sorted(first.values(), key=lambda one: one.scan.scanned_at, reverse=True)


def _quarter(moment: datetime) -> datetime:
    moment = moment.astimezone(UTC)
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
