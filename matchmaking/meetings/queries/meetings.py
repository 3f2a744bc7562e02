"""Reads about requests and meetings."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select, tuple_
from sqlalchemy.orm import aliased, joinedload

from matchmaking.companies.models import Company
from matchmaking.companies.queries import company_of, shown_order
from matchmaking.core.database import db
from matchmaking.events.models import AgendaSession, Event
from matchmaking.meetings.models import (
    Meeting,
    MeetingRequest,
    MeetingStatus,
    RequestStatus,
    Slot,
)
from matchmaking.registration.models import Registration, SessionSignUp


def _with_everything(query: Select[Any]) -> Select[Any]:
    return query.options(
        joinedload(Meeting.company_a),
        joinedload(Meeting.company_b),
        joinedload(Meeting.slot),
        joinedload(Meeting.table),
        joinedload(Meeting.interpreter),
    )


def _scheduled() -> Select[Any]:
    query = select(Meeting).join(Meeting.slot).where(Meeting.status == MeetingStatus.SCHEDULED)
    return _with_everything(query).order_by(Slot.starts_at, Meeting.id)


def meetings_at(event: Event) -> Sequence[Meeting]:
    """Every scheduled meeting of the event, in order of time."""
    return db.session.scalars(_scheduled().where(Meeting.event_id == event.id)).all()


def meetings_of(company: Company) -> Sequence[Meeting]:
    """A company's scheduled meetings, in order of time."""
    mine = or_(Meeting.company_a_id == company.id, Meeting.company_b_id == company.id)
    return db.session.scalars(_scheduled().where(mine)).all()


@dataclass(frozen=True)
class AgendaItem:
    """One entry of a person's day: a session they attend, or a meeting (then `company` is theirs)."""

    starts_at: Any
    ends_at: Any
    session: AgendaSession | None = None
    meeting: Meeting | None = None
    company: Company | None = None


def agenda_of(registration: Registration) -> list[AgendaItem]:
    """What a delegate attends, in order of time: signed-up sessions and their line's meetings."""
    sessions = (
        select(AgendaSession)
        .join(SessionSignUp, SessionSignUp.session_id == AgendaSession.id)
        .where(SessionSignUp.registration_id == registration.id)
        .options(joinedload(AgendaSession.hall))
    )
    items = [
        AgendaItem(session.starts_at, session.ends_at, session=session)
        for session in db.session.scalars(sessions)
    ]
    company = company_of(registration)
    if company is not None:
        items += [_meeting_item(meeting, company) for meeting in meetings_of(company)]
    return sorted(items, key=lambda item: (item.starts_at, item.ends_at))


def _meeting_item(meeting: Meeting, company: Company) -> AgendaItem:
    length = meeting.slot.ends_at - meeting.slot.starts_at
    ends_at = meeting.slot.starts_at + length * meeting.length
    return AgendaItem(meeting.slot.starts_at, ends_at, meeting=meeting, company=company)


def requests_received(company: Company) -> Sequence[MeetingRequest]:
    """Living requests to this company: the unanswered first, then by rank."""
    query = _requests().where(
        MeetingRequest.to_company_id == company.id,
        MeetingRequest.status != RequestStatus.WITHDRAWN,
    )
    return db.session.scalars(query).all()


def requests_by(company: Company) -> Sequence[MeetingRequest]:
    """What this company has asked, withdrawn requests left out."""
    query = _requests().where(
        MeetingRequest.from_company_id == company.id,
        MeetingRequest.status != RequestStatus.WITHDRAWN,
    )
    return db.session.scalars(query).all()


def partners_asked(company: Company) -> list[Company]:
    """The other company of each living request, by name."""
    others = {one.from_company for one in requests_received(company)}
    others |= {one.to_company for one in requests_by(company)}
    return sorted(others, key=shown_order)


def partners_cancelled(company: Company) -> set[uuid.UUID]:
    """Whom the company had a meeting with that was cancelled."""
    a, b = Meeting.company_a_id, Meeting.company_b_id
    query = select(a, b).where(
        or_(a == company.id, b == company.id), Meeting.status == MeetingStatus.CANCELLED
    )
    return {key for pair in db.session.execute(query) for key in pair} - {company.id}


def _requests() -> Select[Any]:
    return (
        select(MeetingRequest)
        .options(joinedload(MeetingRequest.from_company), joinedload(MeetingRequest.to_company))
        .order_by(
            MeetingRequest.status != RequestStatus.PENDING,
            MeetingRequest.priority.desc(),
            MeetingRequest.requested_at,
            MeetingRequest.id,
        )
    )


def agreed_requests(event: Event) -> Sequence[MeetingRequest]:
    """What the scheduler is to place, the oldest first."""
    query = agreed(event).order_by(MeetingRequest.requested_at, MeetingRequest.id)
    return db.session.scalars(query).all()


def agreed(event: Event) -> Select[MeetingRequest]:
    """Accepted requests, and pairs that asked each other: of these the earlier stands for both."""
    other = aliased(MeetingRequest)
    came = tuple_(other.requested_at, other.id) < tuple_(
        MeetingRequest.requested_at, MeetingRequest.id
    )
    mutual = (
        (other.from_company_id == MeetingRequest.to_company_id)
        & (other.to_company_id == MeetingRequest.from_company_id)
        & other.status.in_((RequestStatus.PENDING, RequestStatus.ACCEPTED))
    )
    return (
        select(MeetingRequest)
        .outerjoin(other, mutual)
        .where(
            MeetingRequest.event_id == event.id,
            or_(
                MeetingRequest.status == RequestStatus.ACCEPTED,
                (MeetingRequest.status == RequestStatus.PENDING) & other.id.is_not(None),
            ),
            or_(other.id.is_(None), ~came),
        )
    )


def pairs_asked(event: Event) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    """The two companies of every request of the event, by the request's id."""
    query = select(
        MeetingRequest.id, MeetingRequest.from_company_id, MeetingRequest.to_company_id
    ).where(MeetingRequest.event_id == event.id)
    return {
        key: frozenset((sender, receiver)) for key, sender, receiver in db.session.execute(query)
    }


def priorities(event: Event) -> dict[frozenset[uuid.UUID], int]:
    """How much each pair wants to meet: the ranks both gave, added."""
    query = select(
        MeetingRequest.from_company_id, MeetingRequest.to_company_id, MeetingRequest.priority
    ).where(
        MeetingRequest.event_id == event.id,
        MeetingRequest.status.in_((RequestStatus.PENDING, RequestStatus.ACCEPTED)),
    )
    wanted: dict[frozenset[uuid.UUID], int] = {}
    for sender, receiver, priority in db.session.execute(query):
        pair = frozenset((sender, receiver))
        wanted[pair] = wanted.get(pair, 0) + priority
    return wanted
