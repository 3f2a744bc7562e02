"""Whether a company may ask others, said before it tries."""

import uuid
from collections.abc import Sequence

from matchmaking.companies.models import Company
from matchmaking.core.errors import DomainError
from matchmaking.meetings.services import errors
from matchmaking.meetings.services.requests import requests_sent


def refusals(company: Company, partners: Sequence[Company]) -> dict[uuid.UUID, DomainError]:
    """What would stand in the way of asking each of these, without a query for each."""
    general = general_refusal(company)
    found: dict[uuid.UUID, DomainError] = {}
    for partner in partners:
        if refusal := general or _between(company, partner):
            found[partner.id] = refusal
    return found


def general_refusal(company: Company) -> DomainError | None:
    """What stands in the way of asking anyone."""
    if not company.is_confirmed:
        return errors.CompanyNotConfirmed(company, company=company.name)
    limit = company.event.requests_per_company
    if requests_sent(company) >= limit:
        return errors.LimitReached(company, company=company.name, limit=limit)
    return None


def requests_left(company: Company) -> int:
    return max(0, company.event.requests_per_company - requests_sent(company))


def _between(company: Company, partner: Company) -> DomainError | None:
    if company.side is partner.side and not company.event.same_side_meetings:
        return errors.SameSide(company, partner)
    return None
