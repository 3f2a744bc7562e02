"""Check-in as the organizer sees it: figures, and the gates."""

import uuid

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import require_user
from matchmaking.checkin import queries, services
from matchmaking.checkin.access import gate_of
from matchmaking.checkin.forms import GateNameForm, NewGateForm
from matchmaking.checkin.services.validity import opens_at
from matchmaking.checkin.views.live import live_figures
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.events.access import event_for_editor, event_for_viewer, may
from matchmaking.events.models import Event, MemberRole
from matchmaking.web.forms import refuse

bp = Blueprint("checkin_desk", __name__, url_prefix="/organize/<slug>/check-in")


@bp.get("")
def show(slug: str) -> ResponseReturnValue:
    return _page(event_for_viewer(slug), NewGateForm(formdata=None))


@bp.post("/gates")
def add_gate(slug: str) -> ResponseReturnValue:
    event = event_for_editor(slug)
    form = NewGateForm()
    if not form.validate() or not _added(event, form):
        return _page(event, form), 422
    flash(_("Gate %(code)s is added.", code=form.code.data.upper()), "success")
    return redirect(url_for("checkin_desk.show", slug=slug), 303)


@bp.route("/gates/<uuid:gate_id>", methods=["GET", "POST"])
def gate(slug: str, gate_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    chosen = gate_of(event, gate_id)
    form = GateNameForm(data={"vi": chosen.name.vi, "en": chosen.name.en})
    if not form.is_submitted():
        return render_template("checkin/gate_name.html", event=event, form=form, gate=chosen)
    if not form.validate():
        return render_template("checkin/gate_name.html", event=event, form=form, gate=chosen), 422
    with transaction():
        services.rename_gate(chosen, form.name)
    flash(_("Gate %(code)s is renamed.", code=chosen.code), "success")
    return redirect(url_for("checkin_desk.show", slug=slug), 303)


def _page(event: Event, form: NewGateForm) -> str:
    return render_template(
        "checkin/desk.html",
        event=event,
        form=form,
        gates=queries.gates_of(event),
        live=live_figures(event),
        opens_at=opens_at(event),
        may_edit=may(require_user(), event, MemberRole.EDITOR),
    )


def _added(event: Event, form: NewGateForm) -> bool:
    """A refusal is put beside the mark it is about."""
    try:
        with transaction():
            services.add_gate(event, code=form.code.data, name=form.name)
    except services.GateTaken as refusal:
        refuse(form.code, refusal)
        return False
    return True
