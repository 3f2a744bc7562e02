"""The delegate's own pages, opened by the personal link and without a password."""

import uuid
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.core.database import transaction
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _
from matchmaking.events.access import part_of
from matchmaking.events.models import AgendaSession
from matchmaking.registration.access import (
    open_personal_link,
    own_registration,
    registration_with_new_email,
    remember,
)
from matchmaking.registration.answers import SCREEN
from matchmaking.registration.forms.own import DetailsForm, form_of
from matchmaking.registration.forms.public import ConsentForm
from matchmaking.registration.models import Registration
from matchmaking.registration.own_page import (
    STATUS_KINDS,
    STATUSES,
    offers_to,
    page_of,
    personal_nav,
)
from matchmaking.registration.services import (
    AlreadyRegistered,
    ChangedMeanwhile,
    ask_for_new_email,
    cancel,
    change,
    choose_consents,
    confirm_new_email,
    reinstate,
)
from matchmaking.registration.services.consents import consents_of
from matchmaking.registration.services.sign_ups import sign_off, sign_up
from matchmaking.registration.views.blueprint import bp
from matchmaking.web.forms import BaseForm


def _page(template: str, registration: Registration, **values: Any) -> str:
    return render_template(
        f"registration/{template}.html",
        registration=registration,
        event=registration.event,
        personal_nav=personal_nav(registration),
        **values,
    )


def _to_my_page(registration: Registration) -> ResponseReturnValue:
    return redirect(url_for("registration.show", code=registration.code))


@bp.get("/r/<code>/<key>")
def open_link(code: str, key: str) -> ResponseReturnValue:
    """From here on the browser remembers the registration, and no address holds the key."""
    return _to_my_page(open_personal_link(code, key))


@bp.get("/registrations/<code>")
def show(code: str) -> ResponseReturnValue:
    registration = own_registration(code)
    return _page(
        "show",
        registration,
        page=page_of(registration),
        status=STATUSES[registration.status],
        status_kind=STATUS_KINDS[registration.status],
        form=BaseForm(),
    )


@bp.route("/registrations/<code>/details", methods=["GET", "POST"])
def details(code: str) -> ResponseReturnValue:
    registration = own_registration(code)
    form = DetailsForm(obj=registration)
    form.offer(registration)
    if not form.validate_on_submit():
        return _page("details", registration, form=form), 422 if form.is_submitted() else 200
    try:
        with transaction():
            change(registration, version=int(form.version.data), **form.changes)
            ask_for_new_email(registration, form.email.data)
    except ChangedMeanwhile as refusal:
        form.take_over(refusal.current)
        return _page("details", registration, form=form), 409
    flash(_saved_words(registration), "success")
    return _to_my_page(registration)


def _saved_words(registration: Registration) -> str:
    if not registration.new_email:
        return str(_("Your details are saved."))
    sentence = _(
        "Your details are saved. We have written to %(email)s: open the link there, and the new address counts.",
        email=registration.new_email,
    )
    return str(sentence)


@bp.route("/registrations/<code>/new-email/<key>", methods=["GET", "POST"])
def new_email(code: str, key: str) -> ResponseReturnValue:
    """The link in the letter to the new address; opening it changes nothing, the button does."""
    registration = registration_with_new_email(code, key)
    form = BaseForm()
    if not form.validate_on_submit():
        return render_template(
            "registration/new_email.html",
            registration=registration,
            event=registration.event,
            form=form,
        )
    try:
        with transaction():
            confirm_new_email(registration, registration.new_email)
    except AlreadyRegistered:
        abort(404)
    remember(registration.code, registration.link_version)
    flash(_("From now on we write to %(email)s.", email=registration.email), "success")
    return _to_my_page(registration)


@bp.get("/registrations/<code>/sessions")
def sessions(code: str) -> ResponseReturnValue:
    registration = own_registration(code)
    return _page("sessions", registration, offers=offers_to(registration))


@bp.post("/registrations/<code>/sessions/<uuid:session_id>")
def choose_session(code: str, session_id: uuid.UUID) -> ResponseReturnValue:
    registration = own_registration(code)
    session = part_of(registration.event, AgendaSession, session_id)
    try:
        with transaction():
            (sign_off if request.form.get("leave") else sign_up)(registration, session)
    except DomainError as refusal:
        flash(str(refusal), "warning")
    return redirect(url_for("registration.sessions", code=code))


@bp.route("/registrations/<code>/more/<screen>", methods=["GET", "POST"])
def more(code: str, screen: str) -> ResponseReturnValue:
    registration = own_registration(code)
    if screen not in SCREEN:
        abort(404)
    form = form_of(SCREEN[screen], registration)
    if not form.validate_on_submit():
        page = _page("more", registration, form=form, screen=SCREEN[screen])
        return page, 422 if form.is_submitted() else 200
    asked = {question.code for question in form.screen.questions}
    kept = {code: answer for code, answer in registration.answers.items() if code not in asked}
    with transaction():
        change(registration, answers={**kept, **form.answers}, **form.columns)
    flash(_("Thank you. It is saved."), "success")
    return _to_my_page(registration)


@bp.route("/registrations/<code>/consents", methods=["GET", "POST"])
def consents(code: str) -> ResponseReturnValue:
    registration = own_registration(code)
    held = {consent.purpose: consent for consent in consents_of(registration)}
    form = ConsentForm(data=dict.fromkeys(held, True))
    if not form.validate_on_submit():
        return _page("consents", registration, form=form, held=held)
    with transaction():
        choose_consents(registration, form.consents)
    flash(_("Your choice is saved."), "success")
    return _to_my_page(registration)


@bp.post("/registrations/<code>/cancel")
def cancel_mine(code: str) -> ResponseReturnValue:
    registration = own_registration(code)
    try:
        with transaction():
            cancel(registration)
    except DomainError as refusal:
        flash(str(refusal), "warning")
    return _to_my_page(registration)


@bp.post("/registrations/<code>/reinstate")
def reinstate_mine(code: str) -> ResponseReturnValue:
    registration = own_registration(code)
    try:
        with transaction():
            reinstate(registration)
        flash(_("Your registration stands again."), "success")
    except DomainError as refusal:
        flash(str(refusal), "warning")
    return _to_my_page(registration)
