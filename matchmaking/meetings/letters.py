"""Mails about requests and meetings: to the people concerned alone, in their language."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import select

from matchmaking.companies.models import Company, Representative
from matchmaking.core import outbox
from matchmaking.core.database import db
from matchmaking.core.i18n import _, current_language
from matchmaking.core.outbox import Letter, OutgoingMail
from matchmaking.meetings.models import Meeting, MeetingRequest, MeetingStatus, RequestStatus
from matchmaking.meetings.queries.meetings import meetings_of
from matchmaking.registration.access import personal_link
from matchmaking.registration.models import Registration


@dataclass(frozen=True)
class Words:
    """What a letter says: its subject, its one sentence, and a word from the other side."""

    subject: str
    sentence: str
    quote: str = ""


Names = dict[str, str]
Tell = Callable[[Names], tuple[str, str]]


def _request_received(names: Names) -> tuple[str, str]:
    return (
        _("%(partner)s asks to meet you", **names),
        _("%(partner)s would like to meet %(company)s at %(event)s. One tap answers.", **names),
    )


def _request_accepted(names: Names) -> tuple[str, str]:
    return (
        _("%(partner)s accepts your request", **names),
        _(
            "%(partner)s would like to meet %(company)s too. "
            "You will hear the time once the schedule is published, or you book one yourselves.",
            **names,
        ),
    )


def _request_declined(names: Names) -> tuple[str, str]:
    return (
        _("%(partner)s cannot meet you this time", **names),
        _(
            "%(partner)s thanks you for your request and cannot meet %(company)s this time. "
            "Others fit you as well: your page shows them.",
            **names,
        ),
    )


def _request_withdrawn(names: Names) -> tuple[str, str]:
    return (
        _("%(partner)s takes its request back", **names),
        _("%(partner)s no longer asks to meet %(company)s at %(event)s.", **names),
    )


def _meeting_booked(names: Names) -> tuple[str, str]:
    return (
        _("Meeting with %(partner)s: %(when)s", **names),
        _("A meeting of %(company)s and %(partner)s is booked.", **names),
    )


def _meeting_moved(names: Names) -> tuple[str, str]:
    return (
        _("New time with %(partner)s: %(when)s", **names),
        _("The meeting of %(company)s and %(partner)s has a new time or table.", **names),
    )


def _meeting_cancelled(names: Names) -> tuple[str, str]:
    return (
        _("Cancelled: meeting with %(partner)s, %(when)s", **names),
        _("The meeting of %(company)s and %(partner)s will not take place.", **names),
    )


@outbox.letter("meeting_request_received")
def _received(mail: OutgoingMail) -> Letter | None:
    return _about_request(mail, RequestStatus.PENDING, _request_received)


@outbox.letter("meeting_request_accepted")
def _accepted(mail: OutgoingMail) -> Letter | None:
    return _about_request(mail, RequestStatus.ACCEPTED, _request_accepted)


@outbox.letter("meeting_request_declined")
def _declined(mail: OutgoingMail) -> Letter | None:
    return _about_request(mail, RequestStatus.DECLINED, _request_declined)


@outbox.letter("meeting_request_withdrawn")
def _withdrawn(mail: OutgoingMail) -> Letter | None:
    return _about_request(mail, RequestStatus.WITHDRAWN, _request_withdrawn)


@outbox.letter("meeting_booked")
def _booked(mail: OutgoingMail) -> Letter | None:
    return _about_meeting(mail, MeetingStatus.SCHEDULED, _meeting_booked)


@outbox.letter("meeting_moved")
def _moved(mail: OutgoingMail) -> Letter | None:
    return _about_meeting(mail, MeetingStatus.SCHEDULED, _meeting_moved)


@outbox.letter("meeting_cancelled")
def _cancelled(mail: OutgoingMail) -> Letter | None:
    return _about_meeting(mail, MeetingStatus.CANCELLED, _meeting_cancelled)


@outbox.letter("schedule_published")
def _published(mail: OutgoingMail) -> Letter | None:
    """Only while no later version is in force, which has its own letter."""
    company = db.session.get_one(Company, uuid.UUID(mail.about["company"]))
    event = company.event
    if event.schedule_version != mail.about["version"]:
        return None
    words = Words(
        _("Your meetings at %(event)s", event=event.name.in_(current_language())),
        _("The schedule is published. These are the meetings of %(company)s:", **_named(company)),
    )
    return _meetings_letter(mail, company, words)


@outbox.letter("meetings_changed")
def _changed(mail: OutgoingMail) -> Letter | None:
    company = db.session.get_one(Company, uuid.UUID(mail.about["company"]))
    words = Words(
        _("Your meetings at %(event)s", event=company.event.name.in_(current_language())),
        _(
            "The schedule has changed. These are the meetings of %(company)s now:",
            **_named(company),
        ),
    )
    return _meetings_letter(mail, company, words)


def _named(company: Company) -> Names:
    return {"company": company.name.in_(current_language())}


def _meetings_letter(mail: OutgoingMail, company: Company, words: Words) -> Letter:
    """All meetings of a company."""
    reader = _reader(mail, company)
    context: dict[str, Any] = {
        "words": words,
        "event": company.event,
        "company": company,
        "meetings": meetings_of(company),
        "link": personal_link(reader) if reader else _business_link(company),
    }
    return Letter("meetings/schedule", context, (("calendar", reader.id),) if reader else ())


def _about_request(mail: OutgoingMail, status: RequestStatus, tell: Tell) -> Letter | None:
    """Worth sending only while the request still stands so."""
    request = db.session.get(MeetingRequest, uuid.UUID(mail.about["request"]))
    if request is None or request.status is not status:
        return None
    company = db.session.get_one(Company, uuid.UUID(mail.about["company"]))
    is_sender = company.id == request.from_company_id
    partner = request.to_company if is_sender else request.from_company
    quote = request.answer if is_sender else request.message
    return _letter(mail, company, partner, tell, quote=quote)


def _about_meeting(mail: OutgoingMail, status: MeetingStatus, tell: Tell) -> Letter | None:
    meeting = db.session.get(Meeting, uuid.UUID(mail.about["meeting"]))
    if meeting is None or meeting.status is not status:
        return None
    company = db.session.get_one(Company, uuid.UUID(mail.about["company"]))
    return _letter(mail, company, meeting.partner_of(company.id), tell, meeting=meeting)


def _letter(
    mail: OutgoingMail,
    company: Company,
    partner: Company,
    tell: Tell,
    *,
    quote: str = "",
    meeting: Meeting | None = None,
) -> Letter:
    names = {
        "company": company.name.in_(current_language()),
        "partner": partner.name.in_(current_language()),
        "event": company.event.name.in_(current_language()),
        "when": _when(meeting) if meeting else "",
    }
    reader = _reader(mail, company)
    context: dict[str, Any] = {
        "words": Words(*tell(names), quote=quote),
        "event": company.event,
        "meeting": meeting,
        "link": personal_link(reader) if reader else _business_link(company),
    }
    is_on = meeting is not None and meeting.status is MeetingStatus.SCHEDULED
    calendar = (("calendar", reader.id),) if reader and is_on else ()
    return Letter("meetings/news", context, calendar)


def _when(meeting: Meeting) -> str:
    starts_at = meeting.slot.starts_at.astimezone(meeting.event.zone)
    return starts_at.strftime("%H:%M, %d/%m/%Y")


def _reader(mail: OutgoingMail, company: Company) -> Registration | None:
    """The representative this mail goes to; None when it goes to the company's address."""
    query = (
        select(Registration)
        .join(Representative, Representative.registration_id == Registration.id)
        .where(Representative.company_id == company.id, Registration.email == mail.recipient)
    )
    return db.session.scalar(query)


def _business_link(company: Company) -> str:
    return url_for("companies.business", slug=company.event.slug, _external=True)
