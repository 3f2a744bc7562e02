"""Meeting requests: asking, answering, taking back. A request never holds a slot."""

from sqlalchemy import func, select

from matchmaking.companies.models import Company
from matchmaking.core import audit, clock
from matchmaking.core.database import db, lock
from matchmaking.meetings.models import MeetingRequest, RequestStatus
from matchmaking.meetings.services import errors, news

LIVING = (RequestStatus.PENDING, RequestStatus.ACCEPTED)


def send(
    sender: Company, receiver: Company, *, priority: int = 3, message: str = ""
) -> MeetingRequest:
    """Ask another company to meet. Asking again after a withdrawal revives the request.

    Raises SameCompany, SameSide, CompanyNotConfirmed, AlreadyRequested or LimitReached.
    """
    db.session.execute(select(Company.id).where(Company.id == sender.id).with_for_update())
    refuse_asking(sender, receiver)
    request = _between(sender, receiver) or MeetingRequest(
        event_id=sender.event_id, from_company=sender, to_company=receiver, version=0
    )
    request.priority = priority
    request.message = message
    request.status = RequestStatus.PENDING
    request.requested_at = clock.now()
    request.answer = ""
    request.answered_at = None
    request.version += 1
    db.session.add(request)
    db.session.flush()
    audit.record("meeting_request.sent", request, priority=priority)
    news.request_changed("meeting_request_received", request, receiver)
    return request


def refuse_asking(sender: Company, receiver: Company) -> None:
    """Raise what stands in the way of asking, if anything does."""
    event = sender.event
    if sender.id == receiver.id:
        raise errors.SameCompany(sender)
    if sender.event_id != receiver.event_id:
        raise errors.OtherEvent(receiver)
    if sender.side is receiver.side and not event.same_side_meetings:
        raise errors.SameSide(sender, receiver)
    for company in (sender, receiver):
        if not company.is_confirmed:
            raise errors.CompanyNotConfirmed(company, company=company.name)
    earlier = _between(sender, receiver)
    if earlier and earlier.status is not RequestStatus.WITHDRAWN:
        raise errors.AlreadyRequested(earlier)
    limit = event.requests_per_company
    if requests_sent(sender) >= limit:
        raise errors.LimitReached(sender, company=sender.name, limit=limit)


def accept(request: MeetingRequest, *, answer: str = "") -> MeetingRequest:
    """Say yes; the scheduler will find the time. Raises AlreadyAnswered."""
    _answer(request, RequestStatus.ACCEPTED, answer)
    news.request_changed("meeting_request_accepted", request, request.from_company)
    return request


def decline(request: MeetingRequest, *, answer: str = "") -> MeetingRequest:
    """Say no. An earlier yes may be taken back so. Raises AlreadyAnswered."""
    _answer(request, RequestStatus.DECLINED, answer)
    news.request_changed("meeting_request_declined", request, request.from_company)
    return request


def withdraw(request: MeetingRequest) -> MeetingRequest:
    """Take a request back. Raises AlreadyAnswered when it is no longer open."""
    if request.status not in LIVING:
        raise errors.AlreadyAnswered(request)
    was_accepted = request.status is RequestStatus.ACCEPTED
    request.status = RequestStatus.WITHDRAWN
    request.version += 1
    audit.record("meeting_request.withdrawn", request)
    if was_accepted:
        news.request_changed("meeting_request_withdrawn", request, request.to_company)
    return request


def end_between(company: Company, partner: Company) -> None:
    """This company does not want to meet the other any more: what it asked is withdrawn, what it was asked declined.

    Nobody is told: whoever calls this has told them of the meeting.
    """
    for request in (_between(company, partner), _between(partner, company)):
        if request is not None and _is_living(request):
            is_own = request.from_company_id == company.id
            request.status = RequestStatus.WITHDRAWN if is_own else RequestStatus.DECLINED
            request.version += 1
            audit.record(f"meeting_request.{request.status.value}", request)


def rank(request: MeetingRequest, priority: int) -> None:
    """Change how much the sender wants this meeting: 1 to 5, 5 the most."""
    if request.status not in LIVING:
        raise errors.AlreadyAnswered(request)
    request.priority = priority
    request.version += 1
    audit.record("meeting_request.ranked", request, priority=priority)


def requests_sent(company: Company) -> int:
    """How many living requests the company has sent."""
    query = select(func.count(MeetingRequest.id)).where(
        MeetingRequest.from_company_id == company.id, MeetingRequest.status.in_(LIVING)
    )
    return db.session.scalar(query) or 0


def _between(sender: Company, receiver: Company) -> MeetingRequest | None:
    return db.session.scalar(
        select(MeetingRequest).where(
            MeetingRequest.from_company_id == sender.id,
            MeetingRequest.to_company_id == receiver.id,
        )
    )


def _is_living(request: MeetingRequest) -> bool:
    lock(request)
    return request.status in LIVING


def _answer(request: MeetingRequest, status: RequestStatus, answer: str) -> None:
    lock(request)
    if request.status not in LIVING or request.status is status:
        raise errors.AlreadyAnswered(request)
    request.status = status
    request.answer = answer
    request.answered_at = clock.now()
    request.version += 1
    audit.record(f"meeting_request.{status.value}", request)
