from typing import Any

from matchmaking.companies.models import (
    Company,
    CompanySector,
    CompanyStatus,
    Representative,
    SectorRole,
    Side,
)
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.text import fold, sort_key
from matchmaking.events.models import Event
from matchmaking.registration.models import Registration
from tests.factories.base import add, numbers
from tests.factories.events import make_event
from tests.factories.registration import make_registration


def make_company(event: Event | None = None, **values: Any) -> Company:
    """A confirmed local company; `offering=["seafood"]` and the like name its sectors."""
    number = next(numbers)
    roles = {
        role: values.pop(role.value + "s" if role is SectorRole.SECTOR else role.value, [])
        for role in SectorRole
    }
    values.setdefault("name", Bilingual(f"Công ty Cơ khí Đông Sơn {number}", f"Dong Son {number}"))
    values.setdefault("side", Side.LOCAL)
    values.setdefault("country", "VN" if values["side"] is Side.LOCAL else "KR")
    values.setdefault("status", CompanyStatus.CONFIRMED)
    values.setdefault("languages", ["vi", "en"])
    values.setdefault("sort_name", sort_key(values["name"].vi))
    values.setdefault("search_text", fold(f"{values['name'].vi} {values['name'].en}"))
    company = add(Company(event_id=(event or make_event()).id, **values))
    for role, sector_ids in roles.items():
        for sector_id in sector_ids:
            add(CompanySector(company_id=company.id, role=role, sector_id=sector_id))
    return company


def make_representative(
    company: Company, registration: Registration | None = None, **values: Any
) -> Representative:
    """A delegate of the company's event who speaks for it."""
    registration = registration or make_registration(company.event)
    return add(Representative(company_id=company.id, registration_id=registration.id, **values))
