"""Requests and meetings as the API shows them, and the times it offers in place of one refused."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from flask import abort
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaking.api.errors import NoSuch
from matchmaking.api.schemas.meetings import Alternative, MeetingOut, RequestOut
from matchmaking.companies.models import Company
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.meetings.models import Meeting, MeetingRequest, MeetingTable, Slot
from matchmaking.meetings.services.errors import MeetingError


def request_out(request: MeetingRequest) -> RequestOut:
    return RequestOut(
        id=request.id,
        from_company=request.from_company_id,
        to_company=request.to_company_id,
        priority=request.priority,
        message=request.message,
        status=request.status,
        answer=request.answer,
        requested_at=request.requested_at,
        answered_at=request.answered_at,
    )


def requests_out(requests: Sequence[MeetingRequest]) -> list[RequestOut]:
    return [request_out(request) for request in requests]


def meeting_out(meeting: Meeting) -> MeetingOut:
    slot = meeting.slot
    return MeetingOut(
        id=meeting.id,
        status=meeting.status,
        slot=meeting.slot_id,
        starts_at=slot.starts_at,
        ends_at=slot.starts_at + (slot.ends_at - slot.starts_at) * meeting.length,
        table=meeting.table_id,
        interpreter=meeting.interpreter_id,
        companies=[meeting.company_a_id, meeting.company_b_id],
        request=meeting.request_id,
        outcome=meeting.outcome,
        outcome_note=meeting.outcome_note,
    )


def meetings_out(meetings: Sequence[Meeting]) -> list[MeetingOut]:
    return [meeting_out(meeting) for meeting in meetings]


def request_at(event: Event, request_id: uuid.UUID) -> MeetingRequest:
    """A request of this event, or 404."""
    query = select(MeetingRequest).where(
        MeetingRequest.id == request_id, MeetingRequest.event_id == event.id
    )
    pair = joinedload(MeetingRequest.from_company), joinedload(MeetingRequest.to_company)
    return db.session.scalar(query.options(*pair)) or abort(404)


def named_companies(event: Event, **ids: uuid.UUID) -> list[Company]:
    """The companies a body names, in its order. Raises NoSuch."""
    query = select(Company).where(Company.event_id == event.id, Company.id.in_(ids.values()))
    found = {company.id: company for company in db.session.scalars(query)}
    for field, id_ in ids.items():
        if id_ not in found:
            raise NoSuch(field=field)
    return [found[id_] for id_ in ids.values()]


def named_slot(event: Event, slot_id: uuid.UUID) -> Slot:
    slot = db.session.get(Slot, slot_id)
    if slot is None or slot.event_id != event.id:
        raise NoSuch(field="slot")
    return slot


def named_table(event: Event, table_id: uuid.UUID | None) -> MeetingTable | None:
    table = db.session.get(MeetingTable, table_id) if table_id else None
    if table_id and (table is None or table.event_id != event.id):
        raise NoSuch(field="table")
    return table


@contextmanager
def telling_alternatives() -> Iterator[None]:
    """A refusal inside says at which other times the two could meet."""
    try:
        yield
    except MeetingError as error:
        free = [
            Alternative(slot=slot.id, starts_at=slot.starts_at, ends_at=slot.ends_at)
            for slot in error.alternatives
        ]
        error.members = {"alternatives": [one.model_dump(mode="json") for one in free]}
        raise
