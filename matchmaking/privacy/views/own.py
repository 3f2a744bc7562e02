"""What a delegate does about their own data, from the personal link."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaking.core.database import db, transaction
from matchmaking.core.i18n import _, _l
from matchmaking.privacy.access import erasable_registration
from matchmaking.privacy.fates import GOES, STAYS
from matchmaking.privacy.forms import AskForm, ConfirmForm
from matchmaking.privacy.models import RequestKind
from matchmaking.privacy.person import person_of
from matchmaking.privacy.services import erasing, requests
from matchmaking.privacy.views.answers import copy_file
from matchmaking.privacy.views.blueprint import bp
from matchmaking.privacy.words import WORDS
from matchmaking.registration.models import Registration
from matchmaking.registration.own_page import personal_nav
from matchmaking.web.forms import BaseForm

SENT = _l("Your request is with the organizer; a letter says until when it is answered.")


def _page(
    template: str, registration: Registration, form: BaseForm, **values: Any
) -> ResponseReturnValue:
    page = render_template(
        f"privacy/{template}.html",
        registration=registration,
        event=registration.event,
        personal_nav=personal_nav(registration),
        form=form,
        **values,
    )
    return page, 422 if form.is_submitted() else 200


@bp.route("/registrations/<code>/personal-data", methods=["GET", "POST"])
def mine(code: str) -> ResponseReturnValue:
    """Everything at hand, and a form to ask for what only the office can do."""
    registration = erasable_registration(code)
    form = AskForm()
    if not form.validate_on_submit():
        asked = db.session.scalars(requests.requests_of(registration)).all()
        return _page("mine", registration, form, asked=asked, **WORDS)
    with transaction():
        requests.ask(registration, RequestKind(form.kind.data), form.said.data)
    flash(str(SENT), "success")
    return redirect(url_for("privacy.mine", code=code))


@bp.get("/registrations/<code>/personal-data.zip")
def my_copy(code: str) -> ResponseReturnValue:
    return copy_file(person_of(erasable_registration(code), is_asking=True))


@bp.route("/registrations/<code>/personal-data/erase", methods=["GET", "POST"])
def erase_mine(code: str) -> ResponseReturnValue:
    """At once where nobody has to account for the place; else the office decides within 20 days."""
    registration = erasable_registration(code)
    at_once = erasing.nothing_obliges(registration)
    form = ConfirmForm(code)
    if not form.validate_on_submit():
        return _page("erase_mine", registration, form, at_once=at_once, goes=GOES, stays=STAYS)
    with transaction():
        if at_once:
            erasing.erase_registration(registration)
        else:
            requests.ask(registration, RequestKind.ERASURE)
    if at_once:
        flash(_("Your data is erased. A last letter says so."), "success")
        return redirect(url_for("events.show", slug=registration.event.slug))
    flash(str(SENT), "success")
    return redirect(url_for("privacy.mine", code=code))
