"""What people ask about their data, and what the office answers in time."""

from typing import ClassVar

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from matchmaking.core import audit, clock
from matchmaking.core.database import db, lock
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.core.outbox import queue_mail
from matchmaking.events.models import Event
from matchmaking.privacy.models import DataRequest, RequestKind, RequestState
from matchmaking.registration.models import Registration


class AlreadyAnswered(DomainError):
    code: ClassVar[str] = "already_answered"
    message = _l("A colleague has answered this request meanwhile.")


def ask(registration: Registration, kind: RequestKind, said: str = "") -> DataRequest:
    """Note what somebody asks, and tell them at once that it came and until when it is answered.

    Asked again while it is open, it is the same request.
    """
    asked = requests_of(registration).where(
        DataRequest.kind == kind, DataRequest.status == RequestState.OPEN
    )
    if waiting := db.session.scalar(asked):
        return waiting
    request = DataRequest(
        event_id=registration.event_id, registration=registration, kind=kind, said=said
    )
    db.session.add(request)
    db.session.flush()
    audit.record("personal_data.asked", request, kind=kind.value)
    _tell(request, "privacy.asked")
    return request


def answer(request: DataRequest, state: RequestState, words: str) -> None:
    """Close a request; the words go to who asked. Raises AlreadyAnswered."""
    lock(request)
    if not request.is_open:
        raise AlreadyAnswered(request)
    request.status, request.answer, request.answered_at = state, words, clock.now()
    audit.record(f"personal_data.{state.value}", request, kind=request.kind.value)
    _tell(request, "privacy.answered")


def requests_of(registration: Registration) -> Select[DataRequest]:
    """What this person asked, the newest first."""
    query = select(DataRequest).where(DataRequest.registration_id == registration.id)
    return query.order_by(DataRequest.asked_at.desc(), DataRequest.id.desc())


def requests_at(event: Event) -> Select[DataRequest]:
    """What was asked at an event: the open ones first, the oldest of them on top."""
    is_closed = DataRequest.status != RequestState.OPEN
    return (
        select(DataRequest)
        .where(DataRequest.event_id == event.id)
        .options(joinedload(DataRequest.registration))
        .order_by(is_closed, DataRequest.asked_at, DataRequest.id)
    )


def _tell(request: DataRequest, letter: str) -> None:
    registration = request.registration
    queue_mail(
        letter,
        registration.email,
        language=registration.language,
        event_id=request.event_id,
        dedupe_key=f"{letter}:{request.id}",
        request=str(request.id),
    )
