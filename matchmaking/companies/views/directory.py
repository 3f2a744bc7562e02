"""Who else is there, and who fits: the partner directory."""

import uuid

from flask import request
from flask.typing import ResponseReturnValue

from matchmaking.companies import queries
from matchmaking.companies.access import delegate_for_business, own_company, partner_of
from matchmaking.companies.filters import directory_options, wanted
from matchmaking.companies.navigation import actions_with
from matchmaking.companies.recommendations import fit_between, recommend
from matchmaking.companies.views.blueprint import bp
from matchmaking.companies.views.business import business_page
from matchmaking.web.pagination import paginate

RECOMMENDED = 6


@bp.get("/events/<slug>/business/companies")
def directory(slug: str) -> ResponseReturnValue:
    """Who fits and why first, then everyone; a search shows everyone it finds."""
    delegate = delegate_for_business(slug)
    company = own_company(slug)
    sought = wanted(request.args)
    page = paginate(queries.partners(company, sought), size=24)
    fitting = recommend(company, limit=RECOMMENDED) if _is_start() else []
    shown = [*page.rows, *(one.company for one in fitting)]
    return business_page(
        "companies/directory.html",
        delegate,
        company=company,
        page=page,
        wanted=sought,
        fitting=fitting,
        actions=actions_with(company, shown),
        native=company.native_language,
        options=directory_options(company.event),
    )


def _is_start() -> bool:
    return not any(value for name, value in request.args.items() if name != "lang")


@bp.get("/events/<slug>/business/companies/<uuid:partner_id>")
def partner(slug: str, partner_id: uuid.UUID) -> ResponseReturnValue:
    delegate = delegate_for_business(slug)
    company = own_company(slug)
    other = partner_of(company, partner_id)
    return business_page(
        "companies/partner.html",
        delegate,
        company=company,
        partner=other,
        native=company.native_language,
        fit=fit_between(company, other),
        actions=actions_with(company, [other]),
    )
