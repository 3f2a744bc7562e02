"""Greens that another scan contradicts, for an organizer to settle with one tap."""

import uuid

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import require_user
from matchmaking.checkin import services
from matchmaking.checkin.figures import conflict_at, conflict_of, conflicts_query
from matchmaking.checkin.forms import SettlementForm
from matchmaking.checkin.models import Settlement
from matchmaking.checkin.words import REASONS
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.events.access import event_for_editor
from matchmaking.web.pagination import paginate

bp = Blueprint("checkin_conflicts", __name__, url_prefix="/organize/<slug>/check-in/conflicts")


@bp.get("")
def show(slug: str) -> str:
    event = event_for_editor(slug)
    page = paginate(conflicts_query(event), whole=True)
    return render_template(
        "checkin/conflicts.html",
        event=event,
        page=page,
        conflicts=[conflict_of(row) for row in page.rows],
        reasons=REASONS,
    )


@bp.post("/<uuid:scan_id>")
def settle(slug: str, scan_id: uuid.UUID) -> ResponseReturnValue:
    event = event_for_editor(slug)
    conflict = conflict_at(event, scan_id) or abort(404)
    form = SettlementForm()
    if not form.validate():
        abort(400)
    with transaction():
        services.settle_conflict(
            conflict.scan, conflict.first, Settlement(form.settlement.data), by=require_user()
        )
    flash(_("The conflict is settled."), "success")
    return redirect(url_for("checkin_conflicts.show", slug=slug), 303)
