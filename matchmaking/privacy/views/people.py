"""One person across all events, for an administrator. Addresses travel in forms, never in an address."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import require_administrator, require_proof
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.privacy.copying import note_copied
from matchmaking.privacy.fates import GOES, STAYS
from matchmaking.privacy.forms import ConfirmForm, PersonForm
from matchmaking.privacy.person import Person, person_with_email
from matchmaking.privacy.services import erasing
from matchmaking.privacy.views.answers import copy_file
from matchmaking.privacy.views.blueprint import bp


@bp.route("/personal-data", methods=["GET", "POST"])
def people() -> ResponseReturnValue:
    require_administrator()
    form = PersonForm()
    if not form.validate_on_submit():
        page = render_template("privacy/people.html", form=form, person=None)
        return page, 422 if form.is_submitted() else 200
    person = person_with_email(form.email.data)
    return render_template("privacy/people.html", form=form, person=person)


@bp.post("/personal-data/copy")
def copy_of_person() -> ResponseReturnValue:
    person = _person(PersonForm())
    with transaction():
        for one in person.parts:
            note_copied(one)
    return copy_file(person)


@bp.post("/personal-data/erase")
def erase_person() -> ResponseReturnValue:
    """First what goes and what stays; then, with the address typed, it is done."""
    form = PersonForm()
    person = _person(form)
    confirm = ConfirmForm(form.email.data)
    if not confirm.confirmation.data or not confirm.validate():
        page = render_template(
            "privacy/erase_person.html",
            person=person,
            email=form.email.data,
            form=confirm,
            goes=GOES,
            stays=STAYS,
        )
        return page, 422 if confirm.confirmation.data else 200
    with transaction():
        erasing.erase(person)
    flash(_("Everything about this person is erased."), "success")
    return redirect(url_for("privacy.people"))


def _person(form: PersonForm) -> Person:
    require_administrator()
    require_proof(url_for("privacy.people"))
    person = person_with_email(form.email.data) if form.validate() else Person()
    if not person:
        abort(404)
    return person
