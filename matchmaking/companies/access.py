"""Whose company, and who may see or change it. Strangers get 404."""

import uuid

from flask import abort, redirect, url_for
from sqlalchemy import select

from matchmaking.accounts.access import require_user, signed_in_user
from matchmaking.companies import queries
from matchmaking.companies.models import Company, CompanyStatus, Representative
from matchmaking.core import audit, clock
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.files import StoredFile
from matchmaking.core.i18n import _l
from matchmaking.core.spreadsheets import WORKBOOK
from matchmaking.events.access import event_for_editor, event_for_viewer, may, public_event
from matchmaking.events.models import Event, MemberRole
from matchmaking.registration.access import registration_at
from matchmaking.registration.models import Registration


class TicketMeetsNobody(DomainError):
    code = "ticket_meets_nobody"
    status = 403
    message = _l(
        "Your kind of registration does not include business meetings. "
        "Ask the organizer to change it if you come for a company."
    )


def delegate_for_business(slug: str) -> Registration:
    """The visitor's registration, where it may speak for a company."""
    event = public_event(slug)
    delegate = registration_at(event)
    if delegate is None:
        require_user()
        abort(404)
    if not (delegate.ticket_type.meets_companies or queries.company_of(delegate)):
        raise TicketMeetsNobody
    if signed_in_user() is None:
        audit.set_actor(audit.Actor("delegate", delegate.id, delegate.full_name))
    return delegate


def company_of_visitor(event: Event) -> Company | None:
    """The company the visitor speaks for at this event."""
    delegate = registration_at(event)
    return queries.company_of(delegate) if delegate else None


def own_company(slug: str) -> Company:
    """The visitor's company; who has none yet is sent to create it."""
    company = queries.company_of(delegate_for_business(slug))
    if company is None:
        abort(redirect(url_for("companies.profile", slug=slug)))
    return company


def partner_of(company: Company, partner_id: uuid.UUID) -> Company:
    """Another confirmed company at the same event."""
    query = select(Company).where(
        Company.id == partner_id,
        Company.id != company.id,
        Company.event_id == company.event_id,
        Company.status == CompanyStatus.CONFIRMED,
    )
    return db.session.scalar(query) or abort(404)


def own_colleague(company: Company, representative_id: uuid.UUID) -> Representative:
    found = (row for row in company.representatives if row.id == representative_id)
    return next(found, None) or abort(404)


def company_for_viewer(slug: str, company_id: uuid.UUID) -> Company:
    return _company_at(event_for_viewer(slug), company_id)


def company_for_editor(slug: str, company_id: uuid.UUID) -> Company:
    return _company_at(event_for_editor(slug), company_id)


def uploaded_workbook(slug: str, file_id: uuid.UUID) -> tuple[Event, StoredFile]:
    """A workbook someone sent for this event a short while ago."""
    event = event_for_editor(slug)
    query = select(StoredFile).where(
        StoredFile.id == file_id,
        StoredFile.event_id == event.id,
        StoredFile.content_type == WORKBOOK,
        StoredFile.expires_at > clock.now(),
    )
    return event, db.session.scalar(query) or abort(404)


def may_edit(event: Event) -> bool:
    """Whether the visitor may change the event's companies, or only look."""
    return may(signed_in_user(), event, MemberRole.EDITOR)


def _company_at(event: Event, company_id: uuid.UUID) -> Company:
    query = select(Company).where(Company.id == company_id, Company.event_id == event.id)
    return db.session.scalar(query) or abort(404)
