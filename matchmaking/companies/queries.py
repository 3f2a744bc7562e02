"""Companies as lists and figures."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import selectinload

from matchmaking.companies.models import (
    Company,
    CompanySector,
    CompanyStatus,
    Representative,
    SectorRole,
    Side,
)
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.core.i18n import current_language
from matchmaking.core.text import fold, sort_key
from matchmaking.events.models import AgendaSession, Booth, Event
from matchmaking.events.signals import booth_holders
from matchmaking.reference import sector, sector_tree
from matchmaking.registration.models import Registration

HALF_HOUR = timedelta(minutes=30)

ORDERS: Mapping[str, tuple[Any, ...]] = {
    "name": (Company.sort_name, Company.id),
    "country": (Company.country, Company.sort_name, Company.id),
    "newest": (Company.created_at.desc(), Company.id.desc()),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which companies a list shows; an empty value filters nothing."""

    words: str = ""
    side: Side | None = None
    country: str = ""
    sector: str = ""
    role: SectorRole | None = None
    status: CompanyStatus | None = None
    unrepresented: bool = False
    needs_interpreter: bool = False
    order: str = "name"


def companies(event: Event, wanted: Wanted) -> Select[Company]:
    """The event's companies, with their sectors and people loaded."""
    return (
        select(Company)
        .where(Company.event_id == event.id, *_conditions(wanted))
        .order_by(*ORDERS.get(wanted.order, ORDERS["name"]))
        .options(
            selectinload(Company.sectors),
            selectinload(Company.representatives)
            .joinedload(Representative.registration)
            .joinedload(Registration.ticket_type),
        )
    )


def partners(company: Company, wanted: Wanted) -> Select[Company]:
    """The confirmed companies at the event, without the reader's own."""
    others = companies(company.event, wanted).options(selectinload(Company.sectors))
    return others.where(Company.status == CompanyStatus.CONFIRMED, Company.id != company.id)


def shown_order(company: Company) -> str:
    """By what it is sorted in a list that is all there: its name as the reader sees it."""
    if current_language() == "en" and company.name.en:
        return sort_key(company.name.en)
    return company.sort_name


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    for word in fold(wanted.words).split():
        yield _mentions(word)
    if wanted.side:
        yield Company.side == wanted.side
    if wanted.country:
        yield Company.country == wanted.country
    if wanted.sector:
        yield Company.sectors.any(_in_branch(wanted.sector, wanted.role))
    if wanted.status:
        yield Company.status == wanted.status
    if wanted.unrepresented:
        yield ~Company.representatives.any()
    if wanted.needs_interpreter:
        yield Company.needs_interpreter.is_(True)


def _mentions(word: str) -> ColumnElement[bool]:
    """In what the company says of itself, or in what is known of its people."""
    person = Representative.registration.has(
        Registration.search_text.contains(word, autoescape=True)
    )
    return or_(
        Company.search_text.contains(word, autoescape=True), Company.representatives.any(person)
    )


def _in_branch(code: str, role: SectorRole | None) -> ColumnElement[bool]:
    """The sector itself, a sector under it, or the branch it belongs to."""
    chosen = sector(code)
    codes = {code, chosen.parent, *(child.code for child in sector_tree().get(chosen, ()))}
    meant = CompanySector.sector_id.in_(sorted(one for one in codes if one))
    return meant & (CompanySector.role == role) if role else meant


def company_of(registration: Registration) -> Company | None:
    """The company a delegate speaks for."""
    query = select(Company).join(Company.representatives)
    return db.session.scalar(query.where(Representative.registration_id == registration.id))


def namesakes(event: Event, organization: str) -> list[Company]:
    """Companies at the event a delegate of this organization may belong to."""
    words = fold(organization)
    if len(words) < 3:
        return []
    query = select(Company).where(
        Company.event_id == event.id,
        Company.status != CompanyStatus.WITHDRAWN,
        Company.search_text.contains(words, autoescape=True),
    )
    return list(db.session.scalars(query.order_by(Company.sort_name).limit(5)))


@dataclass(frozen=True)
class Figures:
    """How many companies there are, by what an organizer acts on."""

    total: int
    pending: int
    confirmed: int
    withdrawn: int
    local: int
    foreign: int
    unrepresented: int
    needing_interpreter: int


def figures(event: Event) -> Figures:
    living = Company.status != CompanyStatus.WITHDRAWN

    def count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(*conditions)

    query = select(
        count(living),
        count(Company.status == CompanyStatus.PENDING),
        count(Company.status == CompanyStatus.CONFIRMED),
        count(~living),
        count(living, Company.side == Side.LOCAL),
        count(living, Company.side == Side.FOREIGN),
        count(living, ~Company.representatives.any()),
        count(living, Company.needs_interpreter.is_(True)),
    )
    return Figures(*db.session.execute(query.where(Company.event_id == event.id)).one())


def by_country(event: Event) -> list[tuple[str, int]]:
    """Confirmed companies of each country, the most first."""
    number = func.count()
    query = (
        select(Company.country, number)
        .where(Company.event_id == event.id, Company.status == CompanyStatus.CONFIRMED)
        .group_by(Company.country)
        .order_by(number.desc(), Company.country)
    )
    return [(country, count) for country, count in db.session.execute(query)]


def by_branch(event: Event) -> list[tuple[str, int]]:
    """Confirmed companies in each top sector, in any role, the most first."""
    query = (
        select(CompanySector.company_id, CompanySector.sector_id)
        .join(CompanySector.company)
        .where(Company.event_id == event.id, Company.status == CompanyStatus.CONFIRMED)
    )
    members: dict[str, set[uuid.UUID]] = {}
    for company_id, code in db.session.execute(query):
        members.setdefault(sector(code).parent or code, set()).add(company_id)
    counted = [(branch, len(companies)) for branch, companies in members.items()]
    return sorted(counted, key=lambda entry: (-entry[1], entry[0]))


def countries_of(event: Event) -> list[str]:
    """The countries its companies come from, withdrawn ones included."""
    query = select(Company.country).where(Company.event_id == event.id).distinct()
    return list(db.session.scalars(query.order_by(Company.country)))


def meeting_times(event: Event) -> list[tuple[datetime, datetime]]:
    """The half-hours of the event's B2B sessions, in order: what an absence is chosen from."""
    query = select(AgendaSession).where(
        AgendaSession.event_id == event.id, AgendaSession.slot_minutes.is_not(None)
    )
    found: set[tuple[datetime, datetime]] = set()
    for session in db.session.scalars(query):
        start = session.starts_at
        while start < session.ends_at:
            found.add((start, min(start + HALF_HOUR, session.ends_at)))
            start += HALF_HOUR
    return sorted(found)


def free_booths(company: Company) -> list[Booth]:
    """The booths no other company stands at."""
    others = select(Company.booth_id).where(Company.booth_id.is_not(None), Company.id != company.id)
    query = select(Booth).where(Booth.event_id == company.event_id, Booth.id.not_in(others))
    return list(db.session.scalars(query.order_by(Booth.number)))


@booth_holders.connect
def _holders(event: Event) -> dict[uuid.UUID | None, Bilingual]:
    """The confirmed companies that stand at a booth, for the list of exhibitors."""
    query = select(Company.booth_id, Company.name).where(
        Company.event_id == event.id,
        Company.booth_id.is_not(None),
        Company.status == CompanyStatus.CONFIRMED,
    )
    return {row.booth_id: row.name for row in db.session.execute(query)}
