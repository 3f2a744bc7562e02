"""What documents are made of, read for many people at once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from matchmaking.companies.models import Company
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.meetings.models import Meeting, Slot
from matchmaking.registration.models import (
    Attendance,
    Badge,
    Registration,
    RegistrationStatus,
    TicketType,
)


def all_meetings_of(company: Company) -> Sequence[Meeting]:
    """Every meeting the company ever had, cancelled ones too, in order of time."""
    query = (
        select(Meeting)
        .join(Meeting.slot)
        .where(or_(Meeting.company_a_id == company.id, Meeting.company_b_id == company.id))
        .options(
            contains_eager(Meeting.slot),
            joinedload(Meeting.company_a),
            joinedload(Meeting.company_b),
            joinedload(Meeting.table),
            joinedload(Meeting.interpreter),
            joinedload(Meeting.event),
        )
    )
    return db.session.scalars(query.order_by(Slot.starts_at, Meeting.id)).all()


def badges_to_print(
    event: Event,
    *,
    ticket_type: str = "",
    organization: str = "",
    unprinted: bool = False,
    by_organization: bool = False,
) -> Select[Any]:
    """The badges people come with, by given name or first by organization."""
    query = (
        select(Badge)
        .join(Badge.registration)
        .join(Registration.ticket_type)
        .where(
            Badge.event_id == event.id,
            Badge.revoked_at.is_(None),
            Registration.status == RegistrationStatus.CONFIRMED,
            Registration.attendance == Attendance.IN_PERSON,
        )
        .options(
            contains_eager(Badge.registration).contains_eager(Registration.ticket_type),
            contains_eager(Badge.registration).joinedload(Registration.event),
        )
    )
    if ticket_type:
        query = query.where(TicketType.code == ticket_type)
    if organization:
        query = query.where(Registration.organization == organization)
    if unprinted:
        query = query.where(Badge.prints == 0)
    first = [Registration.organization] if by_organization else []
    return query.order_by(*first, Registration.sort_name, Registration.id)
