"""A delegate's own pages: opened by the personal link, without a password.

The link holds a key derived from the registration; nothing is stored, and raising
`link_version` makes every earlier link worthless. Opening it remembers the
registration in the browser's session, so that no further address holds the key.
"""

import hmac
import uuid
from base64 import urlsafe_b64encode

from flask import abort, session
from sqlalchemy import ColumnElement, bindparam, or_, select
from sqlalchemy.orm import joinedload

from matchmaking.accounts.access import signed_in_user
from matchmaking.core import audit, clock
from matchmaking.core.database import db
from matchmaking.core.files import StoredFile
from matchmaking.events.access import event_for_editor, event_for_viewer, may
from matchmaking.events.models import Event, MemberRole
from matchmaking.registration.models import Registration, TicketType
from matchmaking.web.settings import absolute, settings

SESSION_KEY = "registrations"
UPLOADED_LIST = "delegates"


def personal_key(registration: Registration) -> str:
    """The secret part of the personal link: 120 bits."""
    return _derived("personal-link", registration)


def personal_link(registration: Registration) -> str:
    """The address that opens the delegate's own page, for their mails."""
    return absolute(f"/r/{registration.code}/{personal_key(registration)}")


def calendar_key(registration: Registration) -> str:
    """Opens the delegate's calendar and nothing else: a calendar program keeps it for months."""
    return _derived("calendar", registration)


def document_key(registration: Registration) -> str:
    """Opens the delegate's own papers and nothing else: for the links another program hands on."""
    return _derived("documents", registration)


def is_document_key(registration: Registration, key: str) -> bool:
    return _is_derived(key, "documents", registration)


def registration_of_calendar(code: str, key: str) -> Registration:
    """The registration whose calendar this address is; 404 for a wrong key."""
    registration = db.session.scalar(select(Registration).where(Registration.code == code))
    if registration is None:
        abort(404)
    if not _is_derived(key, "calendar", registration):
        abort(404)
    return registration


def new_email_key(registration: Registration) -> str:
    """Proves that the new address was read by its owner: 120 bits."""
    return _derived("new-email", registration, registration.new_email)


def registration_with_new_email(code: str, key: str) -> Registration:
    """The registration whose new address this link confirms; 404 for a wrong or spent key."""
    registration = db.session.scalar(select(Registration).where(Registration.code == code))
    if registration is None or not registration.new_email:
        abort(404)
    if not _is_derived(key, "new-email", registration, registration.new_email):
        abort(404)
    return registration


def open_personal_link(code: str, key: str) -> Registration:
    """The registration this link belongs to, remembered in this browser; 404 for a wrong key."""
    registration = db.session.scalar(select(Registration).where(Registration.code == code))
    if registration is None or not _is_key_of(registration, key):
        abort(404)
    remember(registration.code, registration.link_version)
    return registration


def _is_key_of(registration: Registration, key: str) -> bool:
    return _is_derived(key, "personal-link", registration)


def remember(code: str, link_version: int) -> None:
    """Let this browser open the registration's pages from now on."""
    kept = {**session.get(SESSION_KEY, {}), code: link_version}
    session[SESSION_KEY] = dict(list(kept.items())[-20:])
    session.permanent = True


def own_registration(code: str) -> Registration:
    """A registration this visitor may manage: by the personal link, or by their account's e-mail."""
    return require_own(db.session.scalar(_WITH_ITS_EVENT, {"code": code}))


_WITH_ITS_EVENT = (
    select(Registration)
    .where(Registration.code == bindparam("code"))
    .options(joinedload(Registration.event), joinedload(Registration.ticket_type))
)


def require_own(registration: Registration | None) -> Registration:
    """This very registration, if the visitor may manage it."""
    if registration is None or not _is_own(registration):
        abort(404)
    if signed_in_user() is None:
        audit.set_actor(audit.Actor("delegate", registration.id, registration.full_name))
    return registration


def registration_for_viewer(slug: str, code: str) -> Registration:
    """A delegate of an event whose desk this visitor may see."""
    return _delegate_of(event_for_viewer(slug), code)


def registration_for_editor(slug: str, code: str) -> Registration:
    return _delegate_of(event_for_editor(slug), code)


def ticket_type_for_editor(slug: str, ticket_type_id: uuid.UUID) -> TicketType:
    event = event_for_editor(slug)
    ticket_type = db.session.get(TicketType, ticket_type_id)
    if ticket_type is None or ticket_type.event_id != event.id:
        abort(404)
    return ticket_type


def may_edit(event: Event) -> bool:
    """Whether the visitor may change the event's delegates, or only look."""
    return may(signed_in_user(), event, MemberRole.EDITOR)


def uploaded_list(slug: str, file_id: uuid.UUID) -> tuple[Event, StoredFile]:
    """A list of delegates this event's editors uploaded a moment ago."""
    event = event_for_editor(slug)
    stored = db.session.get(StoredFile, file_id)
    if stored is None or stored.event_id != event.id or stored.name != UPLOADED_LIST:
        abort(404)
    if stored.expires_at is None or stored.expires_at <= clock.now():
        abort(404)
    return event, stored


def registration_at(event: Event) -> Registration | None:
    """The visitor's own living registration at this event, if any."""
    codes = list(session.get(SESSION_KEY, {}))
    user = signed_in_user()
    if not codes and user is None:
        return None
    mine: list[ColumnElement[bool]] = [Registration.code.in_(codes)]
    if user is not None:
        mine.append(Registration.email == user.email)
    query = select(Registration).where(Registration.event_id == event.id, or_(*mine))
    found = db.session.scalars(
        query.order_by(Registration.registered_at.desc(), Registration.id.desc())
    ).all()
    return next((row for row in found if not row.is_cancelled and _is_own(row)), None)


def _delegate_of(event: Event, code: str) -> Registration:
    query = select(Registration).where(Registration.event_id == event.id, Registration.code == code)
    registration = db.session.scalar(query.options(joinedload(Registration.ticket_type)))
    if registration is None:
        abort(404)
    return registration


def _derived(use: str, registration: Registration, *more: str) -> str:
    return _all_derived(use, registration, *more)[0]


def _is_derived(given: str, use: str, registration: Registration, *more: str) -> bool:
    """Whether somebody has the key of this link, made with the present secret or a former one."""
    made = _all_derived(use, registration, *more)
    return any(hmac.compare_digest(one.encode(), given.encode()) for one in made)


def _all_derived(use: str, registration: Registration, *more: str) -> list[str]:
    parts = (use, str(registration.id), str(registration.link_version), *more)
    subject = ":".join(parts).encode()
    digests = [hmac.digest(key, subject, "sha256") for key in settings().secret_keys]
    return [urlsafe_b64encode(digest[:15]).decode() for digest in digests]


def _is_own(registration: Registration) -> bool:
    if session.get(SESSION_KEY, {}).get(registration.code) == registration.link_version:
        return True
    user = signed_in_user()
    return user is not None and user.email == registration.email
