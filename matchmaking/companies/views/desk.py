"""The organizer's list of companies, and a company's page."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.companies import filters, queries, services
from matchmaking.companies.access import (
    company_for_editor,
    company_for_viewer,
    may_edit,
    own_colleague,
)
from matchmaking.companies.forms import CompanyForm, DelegateForm, LimitsForm, values_of
from matchmaking.companies.models import Company
from matchmaking.companies.recommendations import recommend
from matchmaking.companies.services import CompanyError, Profile
from matchmaking.companies.views.blueprint import bp
from matchmaking.companies.views.saving import saved
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _, ngettext
from matchmaking.events.access import event_for_editor, event_for_viewer
from matchmaking.web import acts
from matchmaking.web.forms import refuse
from matchmaking.web.pagination import paginate


@bp.get("/organize/<slug>/companies")
def desk(slug: str) -> ResponseReturnValue:
    event = event_for_viewer(slug)
    wanted = filters.wanted(request.args)
    return render_template(
        "companies/desk.html",
        event=event,
        wanted=wanted,
        page=paginate(queries.companies(event, wanted)),
        figures=queries.figures(event),
        options=filters.desk_options(event),
        may_edit=may_edit(event),
    )


@bp.post("/organize/<slug>/companies/confirm")
def confirm_all(slug: str) -> ResponseReturnValue:
    """Confirm every company that waits."""
    event = event_for_editor(slug)
    with transaction():
        count = services.confirm_waiting(event)
    flash(
        ngettext("%(num)s company is confirmed.", "%(num)s companies are confirmed.", count),
        "success",
    )
    return redirect(url_for(".desk", slug=slug))


@bp.route("/organize/<slug>/companies/new", methods=["GET", "POST"])
def add(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = CompanyForm(event)

    def write(profile: Profile) -> Company:
        return services.create(event, profile, is_confirmed=True)

    if form.validate_on_submit() and (company := saved(form, event, write)):
        flash(_("The company is added and confirmed."), "success")
        return redirect(url_for(".company", slug=slug, company_id=company.id))
    page = render_template("companies/edit.html", event=event, form=form, company=None)
    return page, 422 if request.method == "POST" else 200


@bp.get("/organize/<slug>/companies/<uuid:company_id>")
def company(slug: str, company_id: uuid.UUID) -> ResponseReturnValue:
    return _company_page(company_for_viewer(slug, company_id))


def _company_page(
    company: Company, *, delegate: DelegateForm | None = None, limits: LimitsForm | None = None
) -> str:
    event = company.event
    return render_template(
        "companies/company.html",
        event=event,
        company=company,
        delegate_form=delegate or DelegateForm(formdata=None),
        limits_form=limits or LimitsForm.of(company),
        recommendations=recommend(company, limit=8),
        history=acts.history(company, event.zone),
        may_edit=may_edit(event),
    )


@bp.route("/organize/<slug>/companies/<uuid:company_id>/edit", methods=["GET", "POST"])
def edit(slug: str, company_id: uuid.UUID) -> ResponseReturnValue:
    company = company_for_editor(slug, company_id)
    form = CompanyForm(company.event, data=values_of(company))

    def write(profile: Profile) -> Company:
        services.change(company, profile, version=form.seen_version)
        return company

    if form.validate_on_submit() and saved(form, company.event, write):
        flash(_("The company is saved."), "success")
        return redirect(url_for(".company", slug=slug, company_id=company_id))
    page = render_template("companies/edit.html", event=company.event, form=form, company=company)
    return page, 422 if request.method == "POST" else 200


@bp.post("/organize/<slug>/companies/<uuid:company_id>/confirm")
def confirm(slug: str, company_id: uuid.UUID) -> ResponseReturnValue:
    company = company_for_editor(slug, company_id)
    with transaction():
        services.confirm(company)
    flash(_("The company takes part."), "success")
    return redirect(url_for(".company", slug=slug, company_id=company_id))


@bp.post("/organize/<slug>/companies/<uuid:company_id>/withdraw")
def withdraw(slug: str, company_id: uuid.UUID) -> ResponseReturnValue:
    company = company_for_editor(slug, company_id)
    with transaction():
        services.withdraw(company)
    flash(_("The company is withdrawn. It can be confirmed again at any time."), "success")
    return redirect(url_for(".company", slug=slug, company_id=company_id))


@bp.post("/organize/<slug>/companies/<uuid:company_id>/limits")
def limits(slug: str, company_id: uuid.UUID) -> ResponseReturnValue:
    company = company_for_editor(slug, company_id)
    form = LimitsForm(company)
    if form.validate():
        try:
            with transaction():
                services.limit(company, form.limits())
            flash(_("The limits are saved."), "success")
            return redirect(url_for(".company", slug=slug, company_id=company_id))
        except CompanyError as error:
            refuse(form.booth if error.code == "booth_taken" else form.lines, error)
    return _company_page(company, limits=form), 422


@bp.post("/organize/<slug>/companies/<uuid:company_id>/people")
def add_person(slug: str, company_id: uuid.UUID) -> ResponseReturnValue:
    company = company_for_editor(slug, company_id)
    form = DelegateForm()
    if form.validate():
        try:
            with transaction():
                services.add_by_code_or_email(company, form.code.data)
            return redirect(url_for(".company", slug=slug, company_id=company_id))
        except CompanyError as error:
            refuse(form.code, error)
    return _company_page(company, delegate=form), 422


@bp.post("/organize/<slug>/companies/<uuid:company_id>/people/<uuid:representative_id>/remove")
def remove_person(
    slug: str, company_id: uuid.UUID, representative_id: uuid.UUID
) -> ResponseReturnValue:
    representative = own_colleague(company_for_editor(slug, company_id), representative_id)
    with transaction():
        services.remove_representative(representative)
    return redirect(url_for(".company", slug=slug, company_id=company_id))


@bp.post("/organize/<slug>/companies/<uuid:company_id>/people/<uuid:representative_id>/contact")
def name_contact(
    slug: str, company_id: uuid.UUID, representative_id: uuid.UUID
) -> ResponseReturnValue:
    representative = own_colleague(company_for_editor(slug, company_id), representative_id)
    with transaction():
        services.make_contact(representative)
    return redirect(url_for(".company", slug=slug, company_id=company_id))
