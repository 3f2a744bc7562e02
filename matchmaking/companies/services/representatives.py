"""Who speaks for a company, and at how many tables at one time."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from matchmaking.companies.models import Company, Representative
from matchmaking.companies.services.profile import CompanyError, Profile, create
from matchmaking.companies.signals import company_changed
from matchmaking.core import audit
from matchmaking.core.database import db, lock
from matchmaking.core.i18n import _l
from matchmaking.core.text import fold
from matchmaking.registration.models import Registration
from matchmaking.registration.signals import registration_cancelled


class NotADelegateHere(CompanyError):
    code = "not_a_delegate_here"
    message = _l("This person is not registered for this event, or has cancelled.")


class AlreadyRepresents(CompanyError):
    code = "already_represents"
    message = _l("%(name)s already speaks for another company at this event.")


class TooManyLines(CompanyError):
    code = "too_many_lines"
    message = _l("The company can sit at %(most)d tables at one time at most: one for each person.")


def add_representative(company: Company, registration: Registration) -> Representative:
    """Let a delegate speak for the company; adding them twice is once.

    Two companies may add one delegate in the same moment: the unique
    `registration_id` lets one through.
    """
    if registration.event_id != company.event_id or registration.is_cancelled:
        raise NotADelegateHere
    lock(company)
    if present := _representative(registration):
        if present.company_id != company.id:
            raise AlreadyRepresents(name=registration.full_name)
        return present
    added = Representative(registration=registration, is_contact=not company.representatives)
    company.representatives.append(added)
    _seat(company)
    audit.record("company.representative_added", company, name=registration.full_name)
    db.session.flush()
    company_changed.send(company)
    return added


def create_for(delegate: Registration, profile: Profile) -> Company:
    """The company of a delegate who is the first to speak for it.

    Confirmed at once when the organizer approved the delegate in person: their kind of
    registration needs approval, and has it. Every other company waits for the organizer.
    """
    approved = delegate.ticket_type.needs_approval and delegate.is_confirmed
    company = create(delegate.event, profile, is_confirmed=approved)
    add_representative(company, delegate)
    return company


def add_by_code(company: Company, code: str) -> Registration:
    """Add the colleague who told this registration code."""
    return _add_found(company, Registration.code == fold(code).upper())


def add_by_code_or_email(company: Company, text: str) -> Registration:
    """The organizer may also name a delegate by e-mail address; that tells them nothing new."""
    is_address = and_(Registration.email == text.casefold(), Registration.email != "")
    return _add_found(company, or_(Registration.code == fold(text).upper(), is_address))


def _add_found(company: Company, is_meant: ColumnElement[bool]) -> Registration:
    query = select(Registration).where(Registration.event_id == company.event_id, is_meant)
    living = (row for row in db.session.scalars(query) if not row.is_cancelled)
    colleague = next(living, None)
    if colleague is None:
        raise NotADelegateHere
    add_representative(company, colleague)
    return colleague


def remove_representative(representative: Representative) -> None:
    """The delegate no longer speaks for the company; another becomes its contact."""
    company = representative.company
    lock(company)
    company.representatives.remove(representative)
    left = company.representatives
    if left:
        company.lines = min(company.lines, len(left))
        left[0].is_contact |= not any(row.is_contact for row in left)
    _seat(company)
    audit.record(
        "company.representative_removed", company, name=representative.registration.full_name
    )
    db.session.flush()
    company_changed.send(company)


def make_contact(representative: Representative) -> None:
    """Whom the organizer calls."""
    for row in representative.company.representatives:
        row.is_contact = row is representative
    db.session.flush()


def set_lines(company: Company, lines: int) -> None:
    """At how many tables the company meets at one time."""
    lock(company)
    most = most_lines(company)
    if not 1 <= lines <= most:
        raise TooManyLines(most=most)
    if lines != company.lines:
        company.lines = lines
        _seat(company)
        audit.record("company.lines_changed", company, lines=lines)
        db.session.flush()
        company_changed.send(company)


def most_lines(company: Company) -> int:
    """One for each representative; while none is named, for each person it says it sends."""
    return min(9, len(company.representatives) or company.persons_at_table)


def _seat(company: Company) -> None:
    """Spread the representatives over the lines, the contact at the first."""
    in_order = sorted(company.representatives, key=lambda row: not row.is_contact)
    for position, row in enumerate(in_order):
        row.line = position % company.lines


def _representative(registration: Registration) -> Representative | None:
    query = select(Representative).where(Representative.registration_id == registration.id)
    return db.session.scalar(query)


@registration_cancelled.connect
def _leave(registration: Registration, **_news: Any) -> None:
    """Who does not come speaks for nobody."""
    if representative := _representative(registration):
        remove_representative(representative)
