"""Mails about requests on personal data."""

import uuid

from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.core.outbox import Letter, OutgoingMail, letter
from matchmaking.privacy.models import DataRequest
from matchmaking.privacy.words import KINDS
from matchmaking.registration.access import personal_link


@letter("privacy.asked")
def asked(mail: OutgoingMail) -> Letter | None:
    return _about(mail, "asked")


@letter("privacy.answered")
def answered(mail: OutgoingMail) -> Letter | None:
    return _about(mail, "answered")


@letter("privacy.erased")
def erased(mail: OutgoingMail) -> Letter:
    """The last letter: its address is forgotten with it."""
    event = Bilingual.from_json(mail.about["event"])
    return Letter("privacy/erased", {"event_name": event}, is_last=True)


def _about(mail: OutgoingMail, template: str) -> Letter | None:
    request = db.session.get(DataRequest, uuid.UUID(mail.about["request"]))
    if request is None or request.registration.is_erased:
        return None
    registration = request.registration
    context = {
        "request": request,
        "asked_for": KINDS[request.kind],
        "registration": registration,
        "event": request.event,
        "link": personal_link(registration),
    }
    return Letter(f"privacy/{template}", context)
