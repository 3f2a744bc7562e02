"""What documents are made of, read for many people at once, and the printing jobs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from matchmaking.accounts.models import User
from matchmaking.companies.models import Company, CompanyStatus, Representative
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.core.files import StoredFile
from matchmaking.core.jobs import Job
from matchmaking.core.text import fold
from matchmaking.documents.orders import Paper, PrintOrder
from matchmaking.events.models import Event
from matchmaking.meetings.models import Interpreter, Meeting, MeetingTable, Slot
from matchmaking.registration.models import (
    Attendance,
    Badge,
    Registration,
    RegistrationStatus,
    TicketType,
)

PRINTING = "print_documents"


def all_meetings_of(company: Company) -> Sequence[Meeting]:
    """Every meeting the company ever had, cancelled ones too, in order of time."""
    query = (
        select(Meeting)
        .join(Meeting.slot)
        .where(or_(Meeting.company_a_id == company.id, Meeting.company_b_id == company.id))
        .options(
            contains_eager(Meeting.slot),
            joinedload(Meeting.company_a),
            joinedload(Meeting.company_b),
            joinedload(Meeting.table),
            joinedload(Meeting.interpreter),
            joinedload(Meeting.event),
        )
    )
    return db.session.scalars(query.order_by(Slot.starts_at, Meeting.id)).all()


def badges_to_print(event: Event, order: PrintOrder) -> Select[Any]:
    """The badges people come with, by given name or first by organization."""
    query = (
        select(Badge)
        .join(Badge.registration)
        .join(Registration.ticket_type)
        .where(
            Badge.event_id == event.id,
            Badge.revoked_at.is_(None),
            Registration.status == RegistrationStatus.CONFIRMED,
            Registration.attendance == Attendance.IN_PERSON,
        )
        .options(
            contains_eager(Badge.registration).contains_eager(Registration.ticket_type),
            contains_eager(Badge.registration).joinedload(Registration.event),
        )
    )
    if order.ticket_type:
        query = query.where(TicketType.code == order.ticket_type)
    if order.organization:
        words = fold(order.organization)
        query = query.where(Registration.search_text.contains(words, autoescape=True))
    if order.unprinted:
        query = query.where(Badge.prints == 0)
    first = [Registration.organization] if order.by_organization else []
    return query.order_by(*first, Registration.sort_name, Registration.id)


def delegates_in_person(event: Event) -> Select[Any]:
    """Confirmed delegates who come to the place, by given name."""
    return (
        select(Registration)
        .where(
            Registration.event_id == event.id,
            Registration.status == RegistrationStatus.CONFIRMED,
            Registration.attendance == Attendance.IN_PERSON,
        )
        .order_by(Registration.sort_name, Registration.id)
    )


def companies_that_meet(event: Event) -> Select[Any]:
    people = selectinload(Company.representatives).joinedload(Representative.registration)
    return (
        select(Company)
        .where(Company.event_id == event.id, Company.status == CompanyStatus.CONFIRMED)
        .options(people, joinedload(Company.booth))
        .order_by(Company.sort_name, Company.id)
    )


def usable_tables(event: Event) -> Select[Any]:
    query = select(MeetingTable).where(MeetingTable.event_id == event.id, MeetingTable.is_usable)
    return query.order_by(MeetingTable.number)


def interpreters_by_name(event: Event) -> Select[Any]:
    query = select(Interpreter).where(Interpreter.event_id == event.id)
    return query.order_by(Interpreter.sort_name, Interpreter.id)


def subjects_of(event: Event, order: PrintOrder) -> Select[Any]:
    """The rows an order is about: a page or more for each. The programme is one for all."""
    if order.paper is Paper.BADGES:
        return badges_to_print(event, order)
    return _SUBJECTS[order.paper](event)


_SUBJECTS: dict[Paper, Callable[[Event], Select[Any]]] = {
    Paper.AGENDAS: delegates_in_person,
    Paper.COMPANY_AGENDAS: companies_that_meet,
    Paper.TABLE_CARDS: usable_tables,
    Paper.INTERPRETER_AGENDAS: interpreters_by_name,
    Paper.SIGN_IN_SHEET: delegates_in_person,
    Paper.PROGRAMME: lambda event: select(Event).where(Event.id == event.id),
}


def number_of_subjects(event: Event, order: PrintOrder) -> int:
    query = subjects_of(event, order).order_by(None).options()
    return db.session.scalar(select(func.count()).select_from(query.subquery())) or 0


@dataclass(frozen=True)
class Batch:
    """A printing job and who asked for it."""

    job: Job
    asked_by: str
    is_kept: bool

    @property
    def order(self) -> PrintOrder:
        return PrintOrder.from_arguments(self.job.arguments)


def batches_of(event: Event, *, limit: int = 12) -> list[Batch]:
    """The newest printing jobs of the event."""
    query = (
        select(Job, User.full_name)
        .outerjoin(User, User.id == Job.created_by_id)
        .where(Job.event_id == event.id, Job.kind == PRINTING)
        .order_by(Job.created_at.desc(), Job.id.desc())
    )
    found = db.session.execute(query.limit(limit)).all()
    kept = _kept_files(event)
    return [Batch(job, name or "", job.result.get("file") in kept) for job, name in found]


def _kept_files(event: Event) -> set[str]:
    query = select(StoredFile.id).where(
        StoredFile.event_id == event.id, StoredFile.expires_at > clock.now()
    )
    return {str(id_) for id_ in db.session.scalars(query)}
