"""Check-in as the organizer sees it: figures, and the gates."""

import uuid
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import require_user
from matchmaking.checkin import queries, services
from matchmaking.checkin.access import gate_of
from matchmaking.checkin.arrivals_page import arrivals_shown
from matchmaking.checkin.figures import count_open_conflicts
from matchmaking.checkin.filters import options_of, wanted_arrivals
from matchmaking.checkin.forms import GateForm, NewGateForm
from matchmaking.checkin.models import Gate
from matchmaking.checkin.services.validity import opens_at
from matchmaking.checkin.verdicts import EntryRule
from matchmaking.checkin.words import REASONS, VERDICTS
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.events.access import event_for_editor, event_for_viewer, may
from matchmaking.events.models import Event, MemberRole
from matchmaking.registration.queries import ticket_types_of
from matchmaking.web.forms import refuse

bp = Blueprint("checkin_desk", __name__, url_prefix="/organize/<slug>/check-in")


@bp.get("")
def show(slug: str) -> ResponseReturnValue:
    return _page(event_for_viewer(slug), NewGateForm(formdata=None))


@bp.get("/live")
def live(slug: str) -> str:
    """The part of the page that changes while people come."""
    event = event_for_viewer(slug)
    return render_template("checkin/_arrivals.html", event=event, **_arrivals(event))


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
    form = GateForm(ticket_types_of(event), obj=chosen, data=_name_of(chosen))
    if not form.is_submitted():
        return _gate_page(event, chosen, form)
    if not form.validate():
        return _gate_page(event, chosen, form), 422
    with transaction():
        services.change_gate(
            chosen,
            name=form.name,
            rule=EntryRule(form.rule.data),
            admits=form.admits.data,
            opens=form.opens.data,
            closes=form.closes.data,
        )
    flash(_("Gate %(code)s is saved.", code=chosen.code), "success")
    return redirect(url_for("checkin_desk.show", slug=slug), 303)


def _name_of(gate: Gate) -> dict[str, str]:
    return {"vi": gate.name.vi, "en": gate.name.en}


def _gate_page(event: Event, gate: Gate, form: GateForm) -> str:
    """With what a badge would get here, when one was asked about."""
    asked = request.args.get("try", "")[:4300]
    would = services.simulate(event, gate, asked) if asked.strip() else None
    return render_template(
        "checkin/gate_rule.html",
        event=event,
        form=form,
        gate=gate,
        asked=asked,
        would=would,
        verdicts=VERDICTS,
        reasons=REASONS,
    )


def _page(event: Event, form: NewGateForm) -> str:
    return render_template(
        "checkin/desk.html",
        event=event,
        form=form,
        gates=queries.gates_of(event),
        options=options_of(event),
        opens_at=opens_at(event),
        devices=queries.devices_of(event),
        open_conflicts=count_open_conflicts(event),
        is_watching=services.is_watching(event, require_user()),
        **_arrivals(event),
    )


def _arrivals(event: Event) -> dict[str, Any]:
    return {
        "shown": arrivals_shown(event, wanted_arrivals(event, request.args)),
        "may_edit": may(require_user(), event, MemberRole.EDITOR),
    }


def _added(event: Event, form: NewGateForm) -> bool:
    """A refusal is put beside the mark it is about."""
    try:
        with transaction():
            services.add_gate(event, code=form.code.data, name=form.name)
    except services.GateTaken as refusal:
        refuse(form.code, refusal)
        return False
    return True
