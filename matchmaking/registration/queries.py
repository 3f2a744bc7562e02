"""Reads about registrations."""

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


def ticket_types_of(event: Event) -> Sequence[TicketType]:
    """All of them, in the organizer's order."""
    query = select(TicketType).where(TicketType.event_id == event.id)
    return db.session.scalars(query.order_by(TicketType.position, TicketType.id)).all()
