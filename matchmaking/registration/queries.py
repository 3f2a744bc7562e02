"""Reads about registrations."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import contains_eager

from matchmaking.core.database import db, run
from matchmaking.core.text import fold
from matchmaking.events.models import Event
from matchmaking.registration.models import (
    Attendance,
    Badge,
    Registration,
    RegistrationStatus,
    TicketType,
)

ENDED = (RegistrationStatus.CANCELLED, RegistrationStatus.REJECTED)
ORDERS = {
    "name": (Registration.sort_name, Registration.id),
    "newest": (Registration.registered_at.desc(), Registration.id.desc(), Registration.id.desc()),
    "oldest": (Registration.registered_at, Registration.id),
}


def current_badge(registration: Registration) -> Badge | None:
    """The badge a confirmed delegate wears now."""
    if not registration.is_confirmed:
        return None
    return db.session.scalar(_CURRENT_BADGE, {"registration_id": registration.id})


_CURRENT_BADGE = (
    select(Badge)
    .where(Badge.registration_id == bindparam("registration_id"), Badge.revoked_at.is_(None))
    .order_by(Badge.issued_at.desc(), Badge.id.desc())
    .limit(1)
)


def current_badges(registrations: Sequence[Registration]) -> dict[uuid.UUID, Badge]:
    """The badges that count now, by registration."""
    ids = [one.id for one in registrations if one.is_confirmed]
    query = select(Badge).where(Badge.registration_id.in_(ids), Badge.revoked_at.is_(None))
    found = db.session.scalars(query.order_by(Badge.issued_at, Badge.id))
    return {badge.registration_id: badge for badge in found}


def living_registration(event: Event, email: str) -> Registration | None:
    """The registration this address holds at the event, ended ones aside."""
    if not email:
        return None
    db.session.flush()
    found = run(_LIVING, {"event_id": event.id, "email": email}).scalar()
    return db.session.get(Registration, found) if found else None


_R = Registration.__table__.c
_LIVING = select(_R.id).where(
    _R.event_id == bindparam("event_id"),
    _R.email == bindparam("email"),
    _R.status.not_in(ENDED),
)
"""Asked at every registration, and mostly for nothing: kept short."""


def registration_of_address(event: Event, email: str) -> Registration | None:
    """What this address has at the event: the living registration, or else the last that ended."""
    query = select(Registration).where(
        Registration.event_id == event.id, Registration.email == email
    )
    living_first = query.order_by(
        Registration.status.in_(ENDED), Registration.registered_at.desc(), Registration.id.desc()
    )
    return db.session.scalar(living_first.limit(1))


def search(
    event: Event,
    text: str = "",
    *,
    status: RegistrationStatus | None = None,
    ticket_type: str = "",
    country: str = "",
    attendance: Attendance | None = None,
    order: str = "name",
) -> Select[Registration]:
    """The event's delegates that fit; every word of `text` must, with or without diacritics."""
    query = (
        select(Registration)
        .join(Registration.ticket_type)
        .where(Registration.event_id == event.id)
        .options(contains_eager(Registration.ticket_type))
        .order_by(*ORDERS[order])
    )
    for word in fold(text).split():
        query = query.where(Registration.search_text.contains(word, autoescape=True))
    if status:
        query = query.where(Registration.status == status)
    if ticket_type:
        query = query.where(TicketType.code == ticket_type)
    if country:
        query = query.where(Registration.country == country)
    if attendance:
        query = query.where(Registration.attendance == attendance)
    return query


def countries_of(event: Event) -> Sequence[str]:
    """Where delegates come from."""
    query = select(Registration.country).where(Registration.event_id == event.id)
    return db.session.scalars(query.distinct().order_by(Registration.country)).all()


def counts_by_status(event: Event) -> dict[RegistrationStatus, int]:
    query = (
        select(Registration.status, func.count().label("counted"))
        .where(Registration.event_id == event.id)
        .group_by(Registration.status)
    )
    return {row.status: row.counted for row in db.session.execute(query)}


def with_codes(event: Event, codes: Sequence[str]) -> Sequence[Registration]:
    """The event's registrations with these codes, in the order they came in."""
    query = select(Registration).where(
        Registration.event_id == event.id, Registration.code.in_(codes[:500])
    )
    return db.session.scalars(query.order_by(*ORDERS["oldest"])).all()


def badges_of(registration: Registration) -> Sequence[Badge]:
    """Every badge that was issued, the newest first."""
    query = select(Badge).where(Badge.registration_id == registration.id)
    return db.session.scalars(query.order_by(Badge.issued_at.desc(), Badge.id.desc())).all()


def offered_ticket_types(event: Event, *, invited: TicketType | None = None) -> list[TicketType]:
    """What a visitor may choose: the listed ones, and the one their link names."""
    listed = [one for one in ticket_types_of(event) if one.is_listed and one != invited]
    return [invited, *listed] if invited else listed


def offered_ticket_types_by_event(
    event_ids: Sequence[uuid.UUID],
) -> dict[uuid.UUID, list[TicketType]]:
    """What visitors may choose at each of these events, in the organizers' order."""
    query = select(TicketType).where(TicketType.event_id.in_(event_ids), TicketType.is_listed)
    offered: dict[uuid.UUID, list[TicketType]] = {}
    for one in db.session.scalars(query.order_by(TicketType.position, TicketType.id)):
        offered.setdefault(one.event_id, []).append(one)
    return offered


def ticket_type_by_link(event: Event, key: str) -> TicketType | None:
    """The ticket type a link names by its id; None for anything else."""
    try:
        ticket_type = db.session.get(TicketType, uuid.UUID(key))
    except ValueError:
        return None
    return ticket_type if ticket_type and ticket_type.event_id == event.id else None


def ticket_types_of(event: Event) -> Sequence[TicketType]:
    """All of them, in the organizer's order."""
    return db.session.scalars(_TICKET_TYPES, {"event_id": event.id}).all()


_TICKET_TYPES = (
    select(TicketType)
    .where(TicketType.event_id == bindparam("event_id"))
    .order_by(TicketType.position, TicketType.id)
)


def ticket_type_with_code(event: Event, code: str) -> TicketType | None:
    return db.session.scalar(_WITH_CODE, {"event_id": event.id, "code": code})


_WITH_CODE = select(TicketType).where(
    TicketType.event_id == bindparam("event_id"), TicketType.code == bindparam("code")
)


def latest_registration(email: str) -> Registration | None:
    """Of all that live under this address, the one whose event ends last."""
    query = (
        select(Registration)
        .join(Registration.event)
        .where(Registration.email == email, Registration.status.not_in(ENDED))
        .order_by(
            Event.ends_on.desc(),
            Registration.registered_at.desc(),
            Registration.id.desc(),
        )
        .limit(1)
    )
    return db.session.scalar(query)
