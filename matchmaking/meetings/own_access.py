"""What a company's own people may open of its requests and meetings. Strangers get 404."""

import uuid

from flask import abort
from sqlalchemy import ColumnElement, or_, select

from matchmaking.companies.models import Company
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.meetings.models import (
    Interpreter,
    Meeting,
    MeetingRequest,
    MeetingStatus,
    MeetingTable,
    Slot,
)


def request_to(company: Company, request_id: uuid.UUID) -> MeetingRequest:
    """A request the company received, so that it may answer."""
    return _request(MeetingRequest.to_company_id == company.id, request_id)


def request_by(company: Company, request_id: uuid.UUID) -> MeetingRequest:
    """A request the company sent, so that it may change it."""
    return _request(MeetingRequest.from_company_id == company.id, request_id)


def request_at(event: Event, request_id: uuid.UUID) -> MeetingRequest:
    return _request(MeetingRequest.event_id == event.id, request_id)


def _request(condition: ColumnElement[bool], request_id: uuid.UUID) -> MeetingRequest:
    query = select(MeetingRequest).where(condition, MeetingRequest.id == request_id)
    return db.session.scalar(query) or abort(404)


def meeting_of(company: Company, meeting_id: uuid.UUID) -> Meeting:
    """One of the company's scheduled meetings."""
    query = select(Meeting).where(
        Meeting.id == meeting_id,
        or_(Meeting.company_a_id == company.id, Meeting.company_b_id == company.id),
        Meeting.status == MeetingStatus.SCHEDULED,
    )
    return db.session.scalar(query) or abort(404)


def slot_at(event: Event, slot_id: uuid.UUID) -> Slot:
    query = select(Slot).where(Slot.id == slot_id, Slot.event_id == event.id)
    return db.session.scalar(query) or abort(404)


def table_at(event: Event, table_id: uuid.UUID) -> MeetingTable:
    query = select(MeetingTable).where(
        MeetingTable.id == table_id, MeetingTable.event_id == event.id
    )
    return db.session.scalar(query) or abort(404)


def interpreter_at(event: Event, interpreter_id: uuid.UUID) -> Interpreter:
    query = select(Interpreter).where(
        Interpreter.id == interpreter_id, Interpreter.event_id == event.id
    )
    return db.session.scalar(query) or abort(404)
