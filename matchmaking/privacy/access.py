"""Who may see what is asked about personal data."""

import uuid

from flask import abort

from matchmaking.accounts.access import require_administrator, signed_in_user
from matchmaking.core.database import db
from matchmaking.core.erasures import NAME
from matchmaking.events.access import event_for_editor, event_for_owner, may
from matchmaking.events.models import Event, MemberRole, Speaker
from matchmaking.meetings.models import Interpreter
from matchmaking.privacy.models import Breach, DataRequest
from matchmaking.registration.access import own_registration
from matchmaking.registration.models import Registration


def erasable_registration(code: str) -> Registration:
    """The visitor's own, while there is something to erase."""
    registration = own_registration(code)
    if registration.is_erased:
        abort(404)
    return registration


def request_for_editor(slug: str, request_id: uuid.UUID) -> DataRequest:
    return _request_at(event_for_editor(slug), request_id)


def request_for_owner(slug: str, request_id: uuid.UUID) -> DataRequest:
    return _request_at(event_for_owner(slug), request_id)


def subject_for_owner(slug: str, kind: str, subject_id: uuid.UUID) -> Speaker | Interpreter:
    """Somebody of this very event who needs no registration to be there."""
    event = event_for_owner(slug)
    subject: Speaker | Interpreter | None = (
        db.session.get(Speaker, subject_id)
        if kind == "speaker"
        else db.session.get(Interpreter, subject_id)
    )
    if subject is None or subject.event_id != event.id or subject.full_name == NAME:
        abort(404)
    return subject


def is_owner(event: Event) -> bool:
    return may(signed_in_user(), event, MemberRole.OWNER)


def breach(breach_id: uuid.UUID) -> Breach:
    """One of the list, for an administrator."""
    require_administrator()
    return db.get_or_404(Breach, breach_id)


def _request_at(event: Event, request_id: uuid.UUID) -> DataRequest:
    request = db.session.get(DataRequest, request_id)
    if request is None or request.event_id != event.id:
        abort(404)
    return request
