"""The event as the board sees it, read at once."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaking.companies.models import Company
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.meetings.models import BoardChange, Meeting, Occupancy, Slot
from matchmaking.meetings.queries.grid import slots_of


def companies_at(event: Event) -> dict[uuid.UUID, Company]:
    """Every company by id, with its representatives; those without a meeting too."""
    query = (
        select(Company)
        .where(Company.event_id == event.id)
        .options(selectinload(Company.representatives))
    )
    return {company.id: company for company in db.session.scalars(query)}


def holders_at(event: Event) -> dict[tuple[uuid.UUID, str], uuid.UUID]:
    """Whose meeting each taken (slot id, resource) is."""
    slot_ids = [slot.id for slot in slots_of(event)]
    query = select(Occupancy.slot_id, Occupancy.resource, Occupancy.meeting_id)
    rows = db.session.execute(query.where(Occupancy.slot_id.in_(slot_ids)))
    return {(slot_id, resource): meeting_id for slot_id, resource, meeting_id in rows}


def untold(event: Event) -> list[Meeting]:
    """Meetings whose companies do not know yet where they are now."""
    query = select(Meeting).join(Slot, Slot.id == Meeting.slot_id)
    query = query.where(Meeting.event_id == event.id).order_by(Slot.starts_at, Meeting.id)
    return [meeting for meeting in db.session.scalars(query) if meeting.told != meeting.whereabouts]


def last_change(event: Event, user_id: uuid.UUID | None) -> BoardChange | None:
    """The last change this person made by hand that is not undone."""
    query = select(BoardChange).where(
        BoardChange.event_id == event.id,
        BoardChange.made_by_id == user_id,
        BoardChange.undone_at.is_(None),
    )
    return db.session.scalar(query.order_by(BoardChange.made_at.desc(), BoardChange.id.desc()))
