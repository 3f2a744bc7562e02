"""Meeting requests: asking, answering, taking back."""

import uuid
from typing import Any

from sqlalchemy import or_, select

from matchmaking.api.access import ORGANIZER, READER
from matchmaking.api.endpoint import endpoint
from matchmaking.api.listing import listing
from matchmaking.api.meeting import named_companies, request_at, request_out, requests_out
from matchmaking.api.schemas.base import Nothing
from matchmaking.api.schemas.meetings import (
    NewRequest,
    Reply,
    RequestList,
    RequestOut,
    RequestQuery,
)
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event
from matchmaking.meetings.models import MeetingRequest
from matchmaking.meetings.services import errors, requests

PATH = "/events/<slug>/meeting-requests"
ANSWERS: dict[str, Any] = {
    "topic": "meeting-requests",
    "access": ORGANIZER,
    "answer": RequestOut,
    "refusals": (errors.AlreadyAnswered,),
}


@endpoint(
    f"POST {PATH}",
    topic="meeting-requests",
    summary=_l("Ask for a meeting on behalf of a company"),
    access=ORGANIZER,
    body=NewRequest,
    answer=RequestOut,
    status=201,
    refusals=(
        errors.AlreadyRequested,
        errors.SameSide,
        errors.SameCompany,
        errors.LimitReached,
        errors.CompanyNotConfirmed,
    ),
)
def ask(event: Event, body: NewRequest) -> RequestOut:
    if body.from_company == body.to_company:
        raise errors.SameCompany
    sender, receiver = named_companies(
        event, from_company=body.from_company, to_company=body.to_company
    )
    made = requests.send(sender, receiver, priority=body.priority, message=body.message)
    return request_out(made)


@endpoint(
    f"GET {PATH}",
    topic="meeting-requests",
    summary=_l("List meeting requests, the first to be sent first"),
    access=READER,
    query=RequestQuery,
    answer=RequestList,
)
def meeting_requests(event: Event, query: RequestQuery) -> RequestList:
    found = select(MeetingRequest).where(MeetingRequest.event_id == event.id)
    if query.company:
        sent = MeetingRequest.from_company_id == query.company
        found = found.where(or_(sent, MeetingRequest.to_company_id == query.company))
    if query.status:
        found = found.where(MeetingRequest.status == query.status)
    return listing(found, (MeetingRequest.id,), query, requests_out)


@endpoint(
    f"GET {PATH}/<uuid:request_id>",
    topic="meeting-requests",
    summary=_l("Read one meeting request"),
    access=READER,
    answer=RequestOut,
)
def meeting_request(event: Event, request_id: uuid.UUID) -> RequestOut:
    return request_out(request_at(event, request_id))


@endpoint(
    f"POST {PATH}/<uuid:request_id>/accept",
    summary=_l("Say yes to a request"),
    body=Reply,
    **ANSWERS,
)
def accept_request(event: Event, request_id: uuid.UUID, body: Reply) -> RequestOut:
    return request_out(requests.accept(request_at(event, request_id), answer=body.answer))


@endpoint(
    f"POST {PATH}/<uuid:request_id>/decline",
    summary=_l("Say no to a request"),
    body=Reply,
    **ANSWERS,
)
def decline_request(event: Event, request_id: uuid.UUID, body: Reply) -> RequestOut:
    return request_out(requests.decline(request_at(event, request_id), answer=body.answer))


@endpoint(
    f"POST {PATH}/<uuid:request_id>/withdraw",
    summary=_l("Take a request back"),
    body=Nothing,
    **ANSWERS,
)
def withdraw_request(event: Event, request_id: uuid.UUID, body: Nothing) -> RequestOut:
    return request_out(requests.withdraw(request_at(event, request_id)))
