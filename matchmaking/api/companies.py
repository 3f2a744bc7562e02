"""Companies as the API takes them in and shows them."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from matchmaking.api.errors import NoSuch
from matchmaking.api.schemas.base import Bilingual
from matchmaking.api.schemas.companies import CompanyFields, CompanyOut
from matchmaking.companies.models import Company, SectorRole
from matchmaking.companies.services import Profile
from matchmaking.core import bilingual
from matchmaking.core.database import db
from matchmaking.meetings.models import Slot
from matchmaking.meetings.queries.availability import overlaps
from matchmaking.meetings.queries.grid import slots_of


def changed(profile: Profile, body: CompanyFields) -> Profile:
    """The profile with everything that was sent."""
    sent: dict[str, Any] = {name: getattr(body, name) for name in body.model_fields_set}
    sent.pop("unavailable_slots", None)
    if "name" in sent:
        sent["name"] = bilingual.Bilingual(sent["name"].vi, sent["name"].en)
    if "sectors" in sent:
        sent["sector"] = sent.pop("sectors")
    lists = {name: tuple(value) for name, value in sent.items() if isinstance(value, list)}
    return replace(profile, **{**sent, **lists})


def intervals(body: CompanyFields, slots: Sequence[Slot]) -> list[tuple[Any, Any]]:
    """When it cannot meet. Raises NoSuch for a slot the event does not have."""
    by_id = {slot.id: slot for slot in slots}
    if not by_id.keys() >= set(body.unavailable_slots):
        raise NoSuch(field="unavailable_slots")
    chosen = [by_id[one] for one in body.unavailable_slots]
    return [(slot.starts_at, slot.ends_at) for slot in chosen]


def company_out(company: Company, slots: Iterable[Slot]) -> CompanyOut:
    return CompanyOut(
        id=company.id,
        name=Bilingual.of(company.name),
        side=company.side,
        status=company.status,
        country=company.country,
        sectors=company.sector_ids(SectorRole.SECTOR),
        offering=company.sector_ids(SectorRole.OFFERING),
        seeking=company.sector_ids(SectorRole.SEEKING),
        languages=company.languages,
        needs_interpreter=company.needs_interpreter,
        unavailable_slots=_unavailable(company, slots),
    )


def companies_out(companies: Sequence[Company]) -> list[CompanyOut]:
    """All of one event; their sectors and absences are loaded."""
    slots = slots_of(companies[0].event) if companies else []
    return [company_out(company, slots) for company in companies]


def with_lists(companies: Sequence[Company]) -> None:
    """Load what `companies_out` shows of each, for all at once."""
    lists = selectinload(Company.sectors), selectinload(Company.absences)
    query = select(Company).where(Company.id.in_([company.id for company in companies]))
    db.session.scalars(query.options(*lists)).all()


def _unavailable(company: Company, slots: Iterable[Slot]) -> list[uuid.UUID]:
    return [slot.id for slot in slots if overlaps(slot, company.absences)]
