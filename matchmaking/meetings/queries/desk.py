"""What the organizer sees of requests, tables and interpreters."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased, contains_eager

from matchmaking.companies.models import Company, CompanyStatus
from matchmaking.companies.queries import shown_order
from matchmaking.core.database import db
from matchmaking.core.text import fold
from matchmaking.events.models import Event
from matchmaking.meetings.models import (
    Meeting,
    MeetingRequest,
    MeetingStatus,
    RequestStatus,
)
from matchmaking.meetings.queries.meetings import agreed


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which requests a list shows; an empty value filters nothing."""

    words: str = ""
    status: RequestStatus | None = None
    has_meeting: bool | None = None


def requests_at(event: Event, wanted: Wanted) -> Select[MeetingRequest]:
    """The event's requests, newest first, with both companies loaded."""
    sender, receiver = aliased(Company), aliased(Company)
    return (
        select(MeetingRequest)
        .join(sender, MeetingRequest.from_company_id == sender.id)
        .join(receiver, MeetingRequest.to_company_id == receiver.id)
        .where(
            MeetingRequest.event_id == event.id,
            *_conditions(wanted, sender.search_text, receiver.search_text),
        )
        .order_by(MeetingRequest.requested_at.desc(), MeetingRequest.id.desc())
        .options(
            contains_eager(MeetingRequest.from_company.of_type(sender)),
            contains_eager(MeetingRequest.to_company.of_type(receiver)),
        )
    )


def _conditions(
    wanted: Wanted, *search_texts: InstrumentedAttribute[str]
) -> Iterator[ColumnElement[bool]]:
    for word in fold(wanted.words).split():
        yield or_(*(text.contains(word, autoescape=True) for text in search_texts))
    if wanted.status:
        yield MeetingRequest.status == wanted.status
    if wanted.has_meeting is not None:
        meets = _meets()
        yield meets if wanted.has_meeting else ~meets


def _meets() -> ColumnElement[bool]:
    """The two companies of the request have a scheduled meeting."""
    pair = or_(
        (Meeting.company_a_id == MeetingRequest.from_company_id)
        & (Meeting.company_b_id == MeetingRequest.to_company_id),
        (Meeting.company_b_id == MeetingRequest.from_company_id)
        & (Meeting.company_a_id == MeetingRequest.to_company_id),
    )
    return (
        select(Meeting.id)
        .where(pair, Meeting.status == MeetingStatus.SCHEDULED)
        .correlate(MeetingRequest)
        .exists()
    )


def request_counts(event: Event) -> dict[RequestStatus, int]:
    """How many requests there are of each status, none left out."""
    query = (
        select(MeetingRequest.status, func.count())
        .where(MeetingRequest.event_id == event.id)
        .group_by(MeetingRequest.status)
    )
    found = dict(db.session.execute(query).all())
    return {status: found.get(status, 0) for status in RequestStatus}


def scheduled_count(event: Event) -> int:
    """How many meetings have a time."""
    query = select(func.count()).where(
        Meeting.event_id == event.id, Meeting.status == MeetingStatus.SCHEDULED
    )
    return db.session.scalar(query) or 0


def unplaced_count(event: Event) -> int:
    """How many of the agreed requests have no meeting."""
    without = agreed(event).where(~_meets()).with_only_columns(func.count())
    return db.session.scalar(without) or 0


def meetings_between(requests: Sequence[MeetingRequest]) -> dict[uuid.UUID, Meeting]:
    """The scheduled meeting of each request's two companies, by the request's id."""
    ids = [
        company_id for one in requests for company_id in (one.from_company_id, one.to_company_id)
    ]
    query = select(Meeting).where(
        Meeting.company_a_id.in_(ids), Meeting.status == MeetingStatus.SCHEDULED
    )
    pairs = {one.pair: one for one in db.session.scalars(query)}
    keys = {one.id: one.pair for one in requests}
    return {request_id: pairs[key] for request_id, key in keys.items() if key in pairs}


def companies_to_meet(event: Event) -> Sequence[Company]:
    """The confirmed companies, by name."""
    query = select(Company).where(
        Company.event_id == event.id, Company.status == CompanyStatus.CONFIRMED
    )
    return sorted(db.session.scalars(query), key=shown_order)


def meetings_by_table(event: Event) -> dict[uuid.UUID, int]:
    return _counted(event, Meeting.table_id)


def meetings_by_interpreter(event: Event) -> dict[uuid.UUID, int]:
    return _counted(event, Meeting.interpreter_id)


def _counted(event: Event, column: InstrumentedAttribute[Any]) -> dict[uuid.UUID, int]:
    """How many scheduled meetings use each."""
    query = (
        select(column, func.count())
        .where(Meeting.event_id == event.id, Meeting.status == MeetingStatus.SCHEDULED)
        .group_by(column)
    )
    return {key: count for key, count in db.session.execute(query) if key}
