"""What somebody does for a company, or as an interpreter."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from matchmaking.companies.models import Company, Representative
from matchmaking.core.database import db
from matchmaking.core.i18n import _, _l
from matchmaking.meetings.models import Interpreter, Meeting, MeetingRequest
from matchmaking.privacy.holdings.table import Table, at
from matchmaking.privacy.person import Person
from matchmaking.web.filters import local


def companies(person: Person) -> Table:
    rows = [
        (
            local(one.company.event.name),
            local(one.company.name),
            str(one.line + 1),
            _("yes") if one.is_contact else _("no"),
        )
        for one in _roles(person)
    ]
    heads = (_l("Event"), _l("Company"), _l("Table of the company"), _l("Its contact"))
    return Table(_l("Companies spoken for"), heads, rows)


def requests(person: Person) -> Table:
    ids = [one.company_id for one in _roles(person)]
    query = select(MeetingRequest).where(
        or_(MeetingRequest.from_company_id.in_(ids), MeetingRequest.to_company_id.in_(ids))
    )
    query = query.options(
        joinedload(MeetingRequest.from_company), joinedload(MeetingRequest.to_company)
    )
    rows = [
        (
            local(one.from_company.name),
            local(one.to_company.name),
            one.status.value,
            at(one.requested_at),
            one.message,
            one.answer,
        )
        for one in db.session.scalars(
            query.order_by(MeetingRequest.requested_at, MeetingRequest.id)
        )
    ]
    heads = (_l("From"), _l("To"), _l("State"), _l("Asked"), _l("Message"), _l("Answer"))
    return Table(_l("Meeting requests"), heads, rows)


def meetings(person: Person) -> Table:
    ids = [one.company_id for one in _roles(person)]
    mine = or_(Meeting.company_a_id.in_(ids), Meeting.company_b_id.in_(ids))
    return Table(_l("Meetings"), _HEADS, [_row(one) for one in _meetings(mine)])


def interpreting(person: Person) -> Table:
    """An interpreter's own entry, then what they interpret."""
    entries = [_entry(one) for one in person.interpreters]
    ids = [one.id for one in person.interpreters]
    held = [_row(one) for one in _meetings(Meeting.interpreter_id.in_(ids))] if ids else []
    return Table(_l("Interpreting"), _HEADS, [*entries, *held])


_HEADS = (_l("When"), _l("Who"), _l("With"), _l("Table"), _l("State"))


def _entry(one: Interpreter) -> tuple[str, ...]:
    return (
        local(one.event.name),
        one.full_name,
        " · ".join(filter(None, (one.email, one.phone))),
        "",
        ", ".join(one.languages),
    )


def _row(one: Meeting) -> tuple[str, ...]:
    return (
        at(one.slot.starts_at),
        local(one.company_a.name),
        local(one.company_b.name),
        str(one.table.number),
        one.outcome.value if one.outcome else one.status.value,
    )


def _roles(person: Person) -> Sequence[Representative]:
    query = select(Representative).where(
        Representative.registration_id.in_([one.id for one in person.registrations])
    )
    company = joinedload(Representative.company).joinedload(Company.event)
    return db.session.scalars(query.options(company)).all()


def _meetings(mine: object) -> Sequence[Meeting]:
    query = select(Meeting).join(Meeting.slot).where(mine)  # type: ignore[arg-type]
    query = query.options(
        joinedload(Meeting.company_a), joinedload(Meeting.company_b), joinedload(Meeting.table)
    )
    return db.session.scalars(query.order_by(Meeting.booked_at, Meeting.id)).all()
