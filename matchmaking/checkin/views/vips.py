"""VIPs who have come: who receives them, and who wants a mail."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import require_user
from matchmaking.checkin import services
from matchmaking.core.database import transaction
from matchmaking.core.i18n import _
from matchmaking.events.access import event_for_viewer
from matchmaking.registration.access import registration_for_editor

bp = Blueprint("checkin_vips", __name__, url_prefix="/organize/<slug>/check-in/vips")


@bp.post("/<code>")
def receive(slug: str, code: str) -> ResponseReturnValue:
    registration = registration_for_editor(slug, code)
    try:
        day = date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        abort(400)
    with transaction():
        services.receive(registration, day, by=require_user())
    return redirect(url_for("checkin_desk.show", slug=slug, day=day), 303)


@bp.post("/watchers")
def watch(slug: str) -> ResponseReturnValue:
    """For the one who asks; viewers too."""
    event, wants = event_for_viewer(slug), bool(request.form.get("wants"))
    with transaction():
        services.watch(event, require_user(), wants=wants)
    told = _("You get a mail when a VIP arrives.") if wants else _("You get no more such mails.")
    flash(told, "success")
    return redirect(url_for("checkin_desk.show", slug=slug), 303)
