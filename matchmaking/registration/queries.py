"""Reads about registrations."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.registration.models import (
    Badge,
    Registration,
    RegistrationStatus,
    TicketType,
)

ENDED = (RegistrationStatus.CANCELLED, RegistrationStatus.REJECTED)


def current_badge(registration: Registration) -> Badge | None:
    """The badge a confirmed delegate wears now."""
    if not registration.is_confirmed:
        return None
    query = select(Badge).where(
        Badge.registration_id == registration.id, Badge.revoked_at.is_(None)
    )
    return db.session.scalar(query.order_by(Badge.issued_at.desc(), Badge.id.desc()).limit(1))


def living_registration(event: Event, email: str) -> Registration | None:
    """The registration this address holds at the event, ended ones aside."""
    query = select(Registration).where(
        Registration.event_id == event.id,
        Registration.email == email,
        Registration.status.not_in(ENDED),
    )
    return db.session.scalar(query)


def registration_of_address(event: Event, email: str) -> Registration | None:
    """What this address has at the event: the living registration, or else the last that ended."""
    query = select(Registration).where(
        Registration.event_id == event.id, Registration.email == email
    )
    living_first = query.order_by(Registration.status.in_(ENDED), Registration.registered_at.desc())
    return db.session.scalar(living_first.limit(1))


def offered_ticket_types(event: Event, *, invited: TicketType | None = None) -> list[TicketType]:
    """What a visitor may choose: the listed ones, and the one their link names."""
    listed = [one for one in ticket_types_of(event) if one.is_listed and one != invited]
    return [invited, *listed] if invited else listed


def ticket_type_by_link(event: Event, key: str) -> TicketType | None:
    """The ticket type a link names by its id; None for anything else."""
    try:
        ticket_type = db.session.get(TicketType, uuid.UUID(key))
    except ValueError:
        return None
    return ticket_type if ticket_type and ticket_type.event_id == event.id else None


def ticket_types_of(event: Event) -> Sequence[TicketType]:
    """All of them, in the organizer's order."""
    query = select(TicketType).where(TicketType.event_id == event.id)
    return db.session.scalars(query.order_by(TicketType.position, TicketType.id)).all()
