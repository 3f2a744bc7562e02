"""Telling people, once each, what changed for them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from matchmaking.companies.models import Company, Representative
from matchmaking.core.database import db
from matchmaking.core.outbox import queue_mail
from matchmaking.meetings.models import Meeting, MeetingRequest
from matchmaking.registration.models import Registration, RegistrationStatus


@dataclass(frozen=True)
class Reader:
    """Someone a company's news goes to."""

    email: str
    language: str


def readers_of(company: Company) -> list[Reader]:
    """The company's confirmed representatives; without any, its contact address."""
    query = (
        select(Registration)
        .join(Representative, Representative.registration_id == Registration.id)
        .where(
            Representative.company_id == company.id,
            Registration.status == RegistrationStatus.CONFIRMED,
        )
    )
    people = [Reader(row.email, row.language) for row in db.session.scalars(query)]
    if people or not company.contact_email:
        return people
    return [Reader(company.contact_email, "vi" if company.country == "VN" else "en")]


def meeting_changed(letter: str, meeting: Meeting) -> None:
    """Mail both companies; at most one mail per meeting, sequence and person."""
    meeting.told = meeting.whereabouts
    for company in (meeting.company_a, meeting.company_b):
        for reader in readers_of(company):
            queue_mail(
                letter,
                reader.email,
                language=reader.language,
                event_id=meeting.event_id,
                dedupe_key=f"meeting:{meeting.id}:{meeting.sequence}:{reader.email}",
                meeting=str(meeting.id),
                company=str(company.id),
            )


def request_changed(letter: str, request: MeetingRequest, to: Company) -> None:
    """Mail one of the two companies of a request."""
    for reader in readers_of(to):
        queue_mail(
            letter,
            reader.email,
            language=reader.language,
            event_id=request.event_id,
            dedupe_key=f"request:{request.id}:{letter}:{request.version}:{reader.email}",
            request=str(request.id),
            company=str(to.id),
        )


def schedule_published(version: int, companies: Iterable[Company]) -> None:
    """Mail the people of the companies whose meetings changed with this version."""
    for company in companies:
        for reader in readers_of(company):
            queue_mail(
                "schedule_published",
                reader.email,
                language=reader.language,
                event_id=company.event_id,
                dedupe_key=f"schedule:{company.event_id}:{version}:{company.id}:{reader.email}",
                company=str(company.id),
                version=version,
            )


def meetings_changed(mark: str, companies: Iterable[Company]) -> None:
    """Mail the people of these companies the meetings they have now. `mark`: at most once each."""
    for company in companies:
        for reader in readers_of(company):
            queue_mail(
                "meetings_changed",
                reader.email,
                language=reader.language,
                event_id=company.event_id,
                dedupe_key=f"changed:{mark}:{company.id}:{reader.email}",
                company=str(company.id),
            )
