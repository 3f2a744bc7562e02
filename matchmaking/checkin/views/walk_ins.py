"""Registering at the gate of those with an account who stands there without a registration."""

import uuid

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import require_user
from matchmaking.checkin import queries, services
from matchmaking.checkin.forms import WalkInForm
from matchmaking.checkin.readings import Source
from matchmaking.checkin.screens import WAITS
from matchmaking.checkin.views.gate import bp
from matchmaking.core.codes import new_code, new_id
from matchmaking.core.database import transaction
from matchmaking.events.access import event_for_gate
from matchmaking.events.models import Event
from matchmaking.registration.models import Registration
from matchmaking.registration.queries import ticket_types_of


@bp.route("/walk-in", methods=["GET", "POST"])
def walk_in(slug: str) -> ResponseReturnValue:
    """They are admitted at once where a place is left; else the organizers decide."""
    event = event_for_gate(slug)
    fresh = {"walk_in_id": str(new_id()), "code": new_code(), "gate": session.get("gate")}
    form = WalkInForm(queries.gate_names(event), ticket_types_of(event), data=fresh)
    if not form.validate_on_submit():
        page = render_template("checkin/walk_in.html", event=event, form=form)
        return page, 422 if form.is_submitted() else 200
    session["gate"] = form.gate.data
    with transaction():
        registration = _registered(event, form)
        entry = _let_in(event, registration, form.gate.data)
    if entry is None:
        flash(f"{registration.full_name}: {WAITS}", "warning")
    return redirect(url_for("checkin.gate", slug=slug, scan=entry), 303)


def _registered(event: Event, form: WalkInForm) -> Registration:
    """Raises WalkInIdReused."""
    device = session.setdefault("device", new_code(4))
    source = Source(device, device, user_id=require_user().id)
    made = services.take_walk_in(event, source, form.arrival)
    if isinstance(made, services.WalkInIdReused):
        raise made
    return made


def _let_in(event: Event, registration: Registration, gate: str) -> uuid.UUID | None:
    """Under an id that follows from theirs, so that the form sent twice scans once."""
    if not registration.is_confirmed:
        return None
    entry = services.check_in(
        event,
        registration.code,
        gate=gate,
        scan_id=uuid.uuid5(registration.id, "entry"),
        scanned_by=require_user(),
        device=session["device"],
    )
    return entry.id
