"""Who a company should meet, and the reasons a page puts into a sentence."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from matchmaking.companies.matching import Fit, Pair, Party, fits
from matchmaking.companies.models import Company, CompanySector, CompanyStatus, SectorRole
from matchmaking.core.database import db


@dataclass(frozen=True)
class Reason:
    """Why two companies fit. `values` are codes: sectors, languages, a province.

    they_offer (what the reader's company seeks): sought, offered ·
    they_seek (what it offers): sought, offered · languages: one or more ·
    province: one · priority: a sector the event puts first
    """

    code: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Recommendation:
    company: Company
    score: float
    reasons: tuple[Reason, ...]


def recommend(company: Company, *, limit: int = 20) -> list[Recommendation]:
    """The confirmed companies that fit best, of the other side unless the event allows both."""
    best = _ranked(company)[:limit]
    rows = select(Company).where(Company.id.in_([fit.key for fit in best]))
    found = {row.id: row for row in db.session.scalars(rows)}
    return [Recommendation(found[fit.key], fit.score, reasons(fit)) for fit in best]


def fit_between(company: Company, other: Company) -> Recommendation | None:
    """How these two fit, whoever else is there; None when nothing joins them."""
    parties = _parties(Company.id.in_([company.id, other.id]))
    of = {party.key: party for party in parties}
    found = fits(of[company.id], [of[other.id]], priorities=company.event.priority_sectors)
    return Recommendation(other, found[0].score, reasons(found[0])) if found else None


def reasons(fit: Fit[uuid.UUID]) -> tuple[Reason, ...]:
    """What speaks for the meeting, the strongest first."""
    ways = [("they_offer", fit.wanted), ("they_seek", fit.wanting)]
    ways.sort(key=lambda way: -way[1].affinity)
    return (*_of_sectors(ways), *_of_people(fit))


def _of_sectors(ways: list[tuple[str, Pair]]) -> Iterator[Reason]:
    for code, pair in ways:
        if pair.affinity:
            yield Reason(code, (pair.sought, pair.offered))


def _of_people(fit: Fit[uuid.UUID]) -> Iterator[Reason]:
    if fit.languages:
        yield Reason("languages", fit.languages)
    if fit.province:
        yield Reason("province", (fit.province,))
    if fit.priority:
        yield Reason("priority", (fit.priority,))


def _ranked(company: Company) -> list[Fit[uuid.UUID]]:
    partners = [
        Company.event_id == company.event_id,
        Company.status == CompanyStatus.CONFIRMED,
        Company.id != company.id,
    ]
    if not company.event.same_side_meetings:
        partners.append(Company.side != company.side)
    (me,) = _parties(Company.id == company.id)
    return fits(me, _parties(*partners), priorities=company.event.priority_sectors)


def _parties(*conditions: ColumnElement[bool]) -> list[Party[uuid.UUID]]:
    """Companies as the matching sees them, one row each, in the order of their names."""
    columns = select(
        Company.id,
        Company.languages,
        Company.province_code,
        _codes(SectorRole.OFFERING),
        _codes(SectorRole.SEEKING),
    )
    rows = db.session.execute(columns.where(*conditions).order_by(Company.sort_name, Company.id))
    return [
        Party(
            key=company_id,
            offering=tuple(sorted((offering or "").split())),
            seeking=tuple(sorted((seeking or "").split())),
            languages=tuple(languages),
            province=province_code,
        )
        for company_id, languages, province_code, offering, seeking in rows
    ]


def _codes(role: SectorRole) -> ScalarSelect[str]:
    """The codes of a company's sectors in one role, with spaces between."""
    return (
        select(func.aggregate_strings(CompanySector.sector_id, " "))
        .where(CompanySector.company_id == Company.id, CompanySector.role == role)
        .scalar_subquery()
    )
