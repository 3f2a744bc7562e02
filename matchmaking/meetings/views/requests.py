"""A company's requests: asking, answering, ranking, taking back."""

import uuid
from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.companies.access import delegate_for_business, own_company, partner_of
from matchmaking.companies.views.business import business_page
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.meetings.forms.requests import AnswerForm, AskForm, RankForm
from matchmaking.meetings.models import MeetingRequest
from matchmaking.meetings.own_access import request_by, request_to
from matchmaking.meetings.pages.own_reasons import why_no_time
from matchmaking.meetings.queries.meetings import requests_by, requests_received
from matchmaking.meetings.queries.standing import standings
from matchmaking.meetings.services import requests as services
from matchmaking.meetings.services.asking import requests_left
from matchmaking.meetings.views.blueprint import bp
from matchmaking.web.paths import own_path


@bp.get("/events/<slug>/business/requests")
def requests(slug: str) -> ResponseReturnValue:
    delegate = delegate_for_business(slug)
    company = own_company(slug)
    received, sent = requests_received(company), requests_by(company)
    others = {one.from_company for one in received} | {one.to_company for one in sent}
    stand = standings(company, list(others))
    return business_page(
        "meetings/requests.html",
        delegate,
        company=company,
        received=received,
        sent=sent,
        standings=stand,
        reasons=why_no_time(company, stand.values()),
        left=requests_left(company),
        form=AnswerForm(),
        ranks=RankForm().priority.choices,
    )


def _back(slug: str, sentence: str) -> ResponseReturnValue:
    """To the page the button stood on."""
    flash(sentence, "success")
    return redirect(own_path(request.form.get("next")) or url_for("meetings.requests", slug=slug))


@bp.post("/events/<slug>/business/companies/<uuid:partner_id>/ask")
def ask(slug: str, partner_id: uuid.UUID) -> ResponseReturnValue:
    company = own_company(slug)
    partner = partner_of(company, partner_id)
    form = AskForm()
    if not form.validate():
        flash(" ".join(sentence for _id, sentence in form.error_list), "error")
        return redirect(url_for("companies.partner", slug=slug, partner_id=partner_id))
    with transaction():
        services.send(company, partner, priority=form.priority.data or 3, message=form.message.data)
    return _back(slug, _("Your request is on its way. You see the answer here and get it by mail."))


def _answer(
    slug: str, request_id: uuid.UUID, say: Callable[..., MeetingRequest], sentence: str
) -> ResponseReturnValue:
    received = request_to(own_company(slug), request_id)
    form = AnswerForm()
    if not form.validate():
        return render_template("errors/refused.html", message=form.error_list[0][1]), 422
    with transaction():
        say(received, answer=form.answer.data)
    return _back(slug, sentence)


@bp.post("/events/<slug>/business/requests/<uuid:request_id>/accept")
def accept(slug: str, request_id: uuid.UUID) -> ResponseReturnValue:
    return _answer(
        slug, request_id, services.accept, _("You will meet. The time is found for you both.")
    )


@bp.post("/events/<slug>/business/requests/<uuid:request_id>/decline")
def decline(slug: str, request_id: uuid.UUID) -> ResponseReturnValue:
    return _answer(slug, request_id, services.decline, _("Declined. They are told politely."))


@bp.post("/events/<slug>/business/requests/<uuid:request_id>/withdraw")
def withdraw(slug: str, request_id: uuid.UUID) -> ResponseReturnValue:
    sent = request_by(own_company(slug), request_id)
    with transaction():
        services.withdraw(sent)
    return _back(slug, _("The request is taken back. You can ask again at any time."))


@bp.post("/events/<slug>/business/requests/<uuid:request_id>/rank")
def rank(slug: str, request_id: uuid.UUID) -> ResponseReturnValue:
    sent = request_by(own_company(slug), request_id)
    form = RankForm()
    if form.validate():
        with transaction():
            services.rank(sent, form.priority.data)
        return _back(slug, _("The rank is saved."))
    return render_template("errors/refused.html", message=form.error_list[0][1]), 422
