"""Companies, and who fits whom."""

import uuid

from sqlalchemy.orm import selectinload

from matchmaking.api.access import ORGANIZER, READER, company_of
from matchmaking.api.companies import changed, companies_out, company_out, intervals, with_lists
from matchmaking.api.endpoint import Answer, endpoint
from matchmaking.api.errors import ChangedSince
from matchmaking.api.etags import check_unchanged, tagged
from matchmaking.api.listing import listing
from matchmaking.api.schemas.companies import (
    CompanyChange,
    CompanyList,
    CompanyOut,
    CompanyQuery,
    NewCompany,
    ReasonOut,
    RecommendationOut,
    RecommendationQuery,
    Recommendations,
)
from matchmaking.companies import queries, services
from matchmaking.companies.models import Company, Side
from matchmaking.companies.reasons import sentence
from matchmaking.companies.recommendations import Reason, recommend
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event
from matchmaking.meetings.queries.grid import slots_of

PATH = "/events/<slug>/companies"
BLANK = services.Profile(name=Bilingual(), side=Side.LOCAL, country="")
REFUSALS = (services.CompanyAlreadyThere, services.NamelessCompany, services.AbsenceOutsideEvent)


@endpoint(
    f"POST {PATH}",
    topic="companies",
    summary=_l("Add a company; it takes part at once"),
    access=ORGANIZER,
    body=NewCompany,
    answer=CompanyOut,
    status=201,
    refusals=REFUSALS,
)
def add_company(event: Event, body: NewCompany) -> Answer:
    slots = slots_of(event)
    absences = intervals(body, slots)
    made = services.create(event, changed(BLANK, body), is_confirmed=True)
    services.set_absences(made, absences)
    return tagged(company_out(made, slots))


@endpoint(
    f"GET {PATH}",
    topic="companies",
    summary=_l("List companies, the first to be added first"),
    access=ORGANIZER,
    query=CompanyQuery,
    answer=CompanyList,
)
def companies(event: Event, query: CompanyQuery) -> CompanyList:
    wanted = queries.Wanted(words=query.q, side=query.side, status=query.status)
    found = queries.companies(event, wanted).options(selectinload(Company.absences))
    return listing(found, (Company.id,), query, companies_out)


@endpoint(
    f"GET {PATH}/<uuid:company_id>",
    topic="companies",
    summary=_l("Read one company"),
    access=ORGANIZER,
    answer=CompanyOut,
)
def company(event: Event, company_id: uuid.UUID) -> Answer:
    return tagged(company_out(company_of(event, company_id), slots_of(event)))


@endpoint(
    f"PATCH {PATH}/<uuid:company_id>",
    topic="companies",
    summary=_l("Change a company"),
    access=ORGANIZER,
    body=CompanyChange,
    answer=CompanyOut,
    edits=True,
    refusals=REFUSALS,
)
def change_company(event: Event, company_id: uuid.UUID, body: CompanyChange) -> Answer:
    found, slots = company_of(event, company_id, for_change=True), slots_of(event)
    check_unchanged(company_out(found, slots))
    profile = changed(services.profile_of(found), body)
    try:
        services.change(found, profile, version=found.version)
    except services.CompanyChangedMeanwhile:
        raise ChangedSince from None
    if "unavailable_slots" in body.model_fields_set:
        services.set_absences(found, intervals(body, slots))
    return tagged(company_out(found, slots))


@endpoint(
    f"GET {PATH}/<uuid:company_id>/recommendations",
    topic="companies",
    summary=_l("Find the best partners of the other side"),
    access=READER,
    query=RecommendationQuery,
    answer=Recommendations,
)
def recommendations(
    event: Event, company_id: uuid.UUID, query: RecommendationQuery
) -> Recommendations:
    found = recommend(company_of(event, company_id), limit=query.limit)
    with_lists([one.company for one in found])
    shown = companies_out([one.company for one in found])
    items = [
        RecommendationOut(company=company, score=one.score, reasons=_reasons(one.reasons))
        for one, company in zip(found, shown, strict=True)
    ]
    return Recommendations(items=items, next_cursor=None)


def _reasons(reasons: tuple[Reason, ...]) -> list[ReasonOut]:
    return [ReasonOut(code=one.code, text=sentence([one], to_organizer=True)) for one in reasons]
