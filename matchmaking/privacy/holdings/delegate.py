"""What somebody told as a delegate, and what was made of it."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from matchmaking.core.database import db
from matchmaking.core.i18n import _l
from matchmaking.privacy.holdings.table import Table, at, both
from matchmaking.privacy.person import Person
from matchmaking.registration.acts import SOURCES
from matchmaking.registration.answers import COLUMNS, SCREENS
from matchmaking.registration.delegate_page import answer_in_words
from matchmaking.registration.forms.identity import KINDS
from matchmaking.registration.forms.public import ATTENDANCES
from matchmaking.registration.models import (
    Attendance,
    Badge,
    Consent,
    Registration,
    SessionSignUp,
)
from matchmaking.registration.own_page import STATUSES
from matchmaking.registration.purposes import BY_CODE
from matchmaking.registration.services.identities import identity_of
from matchmaking.web.filters import local
from matchmaking.web.labels import country_name
from matchmaking.web.settings import settings

EVENT = _l("Event")


def details(person: Person) -> Table:
    rows = [
        (local(one.event.name), both(label), value)
        for one in person.registrations
        for label, value in _details(one)
        if value
    ]
    return Table(_l("Registration"), (EVENT, _l("What"), _l("As we hold it")), rows)


def _details(one: Registration) -> Iterator[tuple[Any, str]]:
    yield _l("Full name"), one.full_name
    yield _l("Form of address"), one.salutation
    yield _l("E-mail"), one.email
    yield _l("New e-mail, not confirmed yet"), one.new_email
    yield _l("Telephone"), one.phone
    yield _l("Organization"), one.organization
    yield _l("Position"), one.job_title
    yield _l("Delegation"), one.delegation
    yield _l("Country or territory"), country_name(one.country)
    yield _l("Language"), one.language
    yield _l("Code"), one.code
    yield _l("Ticket type"), local(one.ticket_type.name)
    yield _l("Attendance"), str(ATTENDANCES[Attendance(one.attendance)])
    yield _l("State"), str(STATUSES[one.status])
    yield _l("Registered"), str(SOURCES.get(one.source, one.source))
    yield _l("Registered at"), at(one.registered_at)
    yield _l("Confirmed at"), at(one.confirmed_at)
    yield _l("Cancelled at"), at(one.cancelled_at)
    yield _l("Note of the organizer"), one.note


def answers(person: Person) -> Table:
    rows = [
        (local(one.event.name), both(question.label), answer_in_words(question, answer))
        for one in person.registrations
        for screen in SCREENS
        for question in screen.questions
        if question.code not in COLUMNS and (answer := one.answers.get(question.code))
    ]
    return Table(_l("Told later"), (EVENT, _l("What"), _l("As we hold it")), rows)


def identities(person: Person) -> Table:
    secret = settings().data_secret
    rows = [
        (
            local(one.event.name),
            both(KINDS[given.kind]),
            given.number if person.is_asking else given.masked,
        )
        for one in person.registrations
        if (given := identity_of(one, secret=secret))
    ]
    return Table(_l("Identity number"), (EVENT, _l("Identity paper"), _l("Identity number")), rows)


def consents(person: Person) -> Table:
    query = select(Consent).where(_belongs(person, Consent)).order_by(Consent.given_at, Consent.id)
    names = _event_names(person)
    rows = [
        (
            names[one.registration_id],
            both(BY_CODE[one.purpose].sentence),
            one.wording,
            at(one.given_at),
            at(one.withdrawn_at),
        )
        for one in db.session.scalars(query)
    ]
    heads = (EVENT, _l("Agreed to"), _l("Wording"), _l("Agreed at"), _l("Taken back at"))
    return Table(_l("Consents"), heads, rows)


def badges(person: Person) -> Table:
    query = select(Badge).where(_belongs(person, Badge)).order_by(Badge.issued_at, Badge.id)
    names = _event_names(person)
    rows = [
        (names[one.registration_id], at(one.issued_at), at(one.revoked_at), str(one.prints))
        for one in db.session.scalars(query)
    ]
    heads = (EVENT, _l("Issued"), _l("Ended"), _l("Times printed"))
    return Table(_l("Badges"), heads, rows)


def sessions(person: Person) -> Table:
    query = select(SessionSignUp).where(_belongs(person, SessionSignUp))
    names = _event_names(person)
    rows = [
        (names[one.registration_id], local(one.session.title), at(one.signed_up_at))
        for one in db.session.scalars(
            query.order_by(SessionSignUp.signed_up_at, SessionSignUp.session_id)
        )
    ]
    return Table(_l("Sessions chosen"), (EVENT, _l("Session"), _l("Signed up")), rows)


def _belongs(person: Person, table: Any) -> Any:
    return table.registration_id.in_([one.id for one in person.registrations])


def _event_names(person: Person) -> dict[Any, str]:
    return {one.id: local(one.event.name) for one in person.registrations}
