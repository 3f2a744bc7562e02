"""The list of breaches, for administrators."""

import uuid

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import require_administrator, require_proof
from matchmaking.core import clock
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _, _l
from matchmaking.core.spreadsheets import WORKBOOK, write_rows
from matchmaking.privacy import access
from matchmaking.privacy.forms.breach import BreachForm
from matchmaking.privacy.models import Breach
from matchmaking.privacy.services import breaches as services
from matchmaking.privacy.views.blueprint import bp
from matchmaking.registration.person import shown_phone
from matchmaking.web import acts
from matchmaking.web.pagination import paginate

HEADS = (_l("Full name"), _l("E-mail"), _l("Telephone"), _l("Code"))


@bp.get("/breaches")
def breaches() -> ResponseReturnValue:
    require_administrator()
    page = paginate(services.breaches())
    return render_template("privacy/breaches.html", page=page, zone=clock.HOME)


@bp.route("/breaches/new", methods=["GET", "POST"])
def note_breach() -> ResponseReturnValue:
    require_administrator()
    return _saved(BreachForm(), None)


@bp.route("/breaches/<uuid:breach_id>", methods=["GET", "POST"])
def breach(breach_id: uuid.UUID) -> ResponseReturnValue:
    noted = access.breach(breach_id)
    return _saved(BreachForm(noted), noted)


def _saved(form: BreachForm, noted: Breach | None) -> ResponseReturnValue:
    if not form.validate_on_submit():
        page = render_template(
            "privacy/breach.html",
            form=form,
            breach=noted,
            zone=clock.HOME,
            history_lines=acts.history(noted, clock.HOME) if noted else [],
        )
        return page, 422 if form.is_submitted() else 200
    with transaction():
        services.note(form.known, breach=noted)
    flash(_("Saved."), "success")
    return redirect(url_for("privacy.breaches"))


@bp.post("/breaches/<uuid:breach_id>/people.xlsx")
def people_concerned(breach_id: uuid.UUID) -> Response:
    """Whom to tell: everybody still known by name at the event."""
    noted = access.breach(breach_id)
    require_proof(url_for("privacy.breach", breach_id=breach_id))
    with transaction():
        rows = [
            (one.full_name, one.email, shown_phone(one.phone), getattr(one, "code", ""))
            for one in services.concerned(noted)
        ]
    heads = [str(head) for head in HEADS]
    answer = Response(write_rows(_("People concerned"), heads, rows), mimetype=WORKBOOK)
    answer.headers["Content-Disposition"] = "attachment; filename=people-concerned.xlsx"
    return answer
