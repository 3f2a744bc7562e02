"""Mails to delegates."""

import uuid
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload

from matchmaking.core import outbox
from matchmaking.core.database import db
from matchmaking.core.outbox import Letter, OutgoingMail
from matchmaking.registration.access import new_email_key, personal_link
from matchmaking.registration.models import Registration, RegistrationStatus
from matchmaking.web.settings import absolute

_SUBJECT = (
    select(Registration)
    .where(Registration.id == bindparam("id"))
    .options(joinedload(Registration.event), joinedload(Registration.ticket_type))
)


def _subject_of(mail: OutgoingMail) -> Registration | None:
    return db.session.scalar(_SUBJECT, {"id": uuid.UUID(mail.about["registration"])})


def _letter(
    template: str, registration: Registration, *, with_badge: bool = False, **context: Any
) -> Letter:
    attachments = ("badge", registration.id), ("calendar", registration.id)
    values = {
        "registration": registration,
        "event": registration.event,
        "link": personal_link(registration),
        **context,
    }
    return Letter(f"registration/{template}", values, attachments if with_badge else ())


@outbox.letter("registration_confirmed")
def _confirmed(mail: OutgoingMail) -> Letter | None:
    registration = _subject_of(mail)
    if registration is None or not registration.is_confirmed:
        return None
    came_from = mail.about.get("came_from", "")
    return _letter("confirmed", registration, with_badge=True, came_from=came_from)


@outbox.letter("registration_changed")
def _changed(mail: OutgoingMail) -> Letter | None:
    registration = _subject_of(mail)
    if registration is None or not registration.is_confirmed:
        return None
    return _letter("changed", registration, with_badge=True)


@outbox.letter("registration_pending")
def _pending(mail: OutgoingMail) -> Letter | None:
    return _while_it_is(RegistrationStatus.PENDING, mail, "pending")


@outbox.letter("registration_waitlisted")
def _waitlisted(mail: OutgoingMail) -> Letter | None:
    return _while_it_is(RegistrationStatus.WAITLISTED, mail, "waitlisted")


@outbox.letter("registration_rejected")
def _rejected(mail: OutgoingMail) -> Letter | None:
    return _while_it_is(RegistrationStatus.REJECTED, mail, "rejected")


@outbox.letter("registration_cancelled")
def _cancelled(mail: OutgoingMail) -> Letter | None:
    return _while_it_is(RegistrationStatus.CANCELLED, mail, "cancelled")


@outbox.letter("registration_link")
def _link(mail: OutgoingMail) -> Letter | None:
    registration = _subject_of(mail)
    if registration is None:
        return None
    return _letter("link", registration, with_badge=registration.is_confirmed)


@outbox.letter("registration_new_email")
def _new_email(mail: OutgoingMail) -> Letter | None:
    """Worth sending only while this very address waits to be confirmed."""
    registration = _subject_of(mail)
    if registration is None or registration.new_email != mail.recipient:
        return None
    key = new_email_key(registration)
    confirm = absolute(f"/registrations/{registration.code}/new-email/{key}")
    return _letter("new_email", registration, confirm_link=confirm)


def _while_it_is(status: RegistrationStatus, mail: OutgoingMail, template: str) -> Letter | None:
    """The letter, unless the registration has moved on since it was queued."""
    registration = _subject_of(mail)
    if registration is None or registration.status is not status:
        return None
    return _letter(template, registration, reason=mail.about.get("reason", ""))
