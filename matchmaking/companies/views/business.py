"""A representative's own company: its profile, its people, what happens next."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.companies import queries, services
from matchmaking.companies.access import delegate_for_business, own_colleague, own_company
from matchmaking.companies.forms import (
    ColleagueForm,
    LinesForm,
    OwnCompanyForm,
    values_from,
    values_of,
)
from matchmaking.companies.models import Company
from matchmaking.companies.navigation import business_nav
from matchmaking.companies.recommendations import recommend
from matchmaking.companies.services import CompanyError, Profile
from matchmaking.companies.views.blueprint import bp
from matchmaking.companies.views.saving import saved
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.registration.models import Registration
from matchmaking.web.forms import refuse


def business_page(template: str, delegate: Registration, **values: Any) -> str:
    """A page of the representative's area, with its dock."""
    company = values.setdefault("company", queries.company_of(delegate))
    return render_template(
        template,
        event=delegate.event,
        delegate=delegate,
        personal_nav=business_nav(delegate, company),
        **values,
    )


@bp.get("/events/<slug>/business")
def business(slug: str) -> ResponseReturnValue:
    delegate = delegate_for_business(slug)
    company = own_company(slug)
    return _business(delegate, company, ColleagueForm(), LinesForm(lines=company.lines))


def _business(
    delegate: Registration, company: Company, colleague_form: ColleagueForm, lines_form: LinesForm
) -> str:
    return business_page(
        "companies/business.html",
        delegate,
        company=company,
        colleague_form=colleague_form,
        lines_form=lines_form,
        most_lines=services.most_lines(company),
        recommendations=recommend(company, limit=3) if company.is_confirmed else [],
    )


@bp.route("/events/<slug>/business/profile", methods=["GET", "POST"])
def profile(slug: str) -> ResponseReturnValue:
    delegate = delegate_for_business(slug)
    company = queries.company_of(delegate)
    form = OwnCompanyForm(
        delegate.event, data=values_of(company) if company else values_from(delegate)
    )
    if request.method == "POST" and form.validate() and _saved(form, delegate, company):
        flash(_("Your company's profile is saved."), "success")
        return redirect(url_for(".business", slug=slug))
    page = business_page(
        "companies/profile.html",
        delegate,
        company=company,
        form=form,
        namesakes=[] if company else queries.namesakes(delegate.event, delegate.organization),
    )
    return page, 422 if request.method == "POST" else 200


def _saved(form: OwnCompanyForm, delegate: Registration, company: Company | None) -> bool:
    def write(profile: Profile) -> Company:
        if company:
            services.change(company, profile, version=form.seen_version)
            return company
        return services.create_for(delegate, profile)

    return saved(form, delegate.event, write) is not None


@bp.post("/events/<slug>/business/people")
def add_colleague(slug: str) -> ResponseReturnValue:
    delegate = delegate_for_business(slug)
    company = own_company(slug)
    form = ColleagueForm()
    if form.validate():
        try:
            with transaction():
                added = services.add_by_code(company, form.code.data)
            flash(_("%(name)s now speaks for the company too.", name=added.full_name), "success")
            return redirect(url_for(".business", slug=slug))
        except CompanyError as error:
            refuse(form.code, error)
    return _business(delegate, company, form, LinesForm(lines=company.lines)), 422


@bp.post("/events/<slug>/business/people/<uuid:representative_id>/remove")
def remove_colleague(slug: str, representative_id: uuid.UUID) -> ResponseReturnValue:
    colleague = own_colleague(own_company(slug), representative_id)
    name = colleague.registration.full_name
    with transaction():
        services.remove_representative(colleague)
    flash(_("%(name)s no longer speaks for the company.", name=name), "success")
    return redirect(url_for(".business", slug=slug))


@bp.post("/events/<slug>/business/lines")
def own_lines(slug: str) -> ResponseReturnValue:
    delegate = delegate_for_business(slug)
    company = own_company(slug)
    form = LinesForm()
    if form.validate():
        try:
            with transaction():
                services.set_lines(company, form.lines.data)
            flash(_("The number of tables is saved."), "success")
            return redirect(url_for(".business", slug=slug))
        except CompanyError as error:
            refuse(form.lines, error)
    return _business(delegate, company, ColleagueForm(formdata=None), form), 422
