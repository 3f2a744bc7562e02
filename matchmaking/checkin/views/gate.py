"""The gate: scans, search, figures. Gate staff see this and nothing else."""

import uuid
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from matchmaking.accounts.access import require_user
from matchmaking.checkin import queries, services
from matchmaking.checkin.answers import answer_to
from matchmaking.checkin.forms import ScanForm
from matchmaking.checkin.models import Direction, Scan
from matchmaking.checkin.views.live import live_figures
from matchmaking.core.codes import new_code, new_id
from matchmaking.core.database import transaction
from matchmaking.events.access import event_for_gate, may
from matchmaking.events.models import Event, MemberRole
from matchmaking.web.security import content_security_policy

bp = Blueprint("checkin", __name__, url_prefix="/events/<slug>/check-in")

READER = content_security_policy(script_src="'wasm-unsafe-eval'")


@bp.get("")
def gate(slug: str) -> ResponseReturnValue:
    event = event_for_gate(slug)
    gates = queries.gate_names(event)
    chosen = {
        "gate": request.args.get("gate", session.get("gate")),
        "direction": request.args.get("direction", Direction.ENTRY.value),
    }
    form = ScanForm(gates, formdata=None, scan_id=str(new_id()), **chosen)
    return _page(event, form, answered=_scan_asked_for(event))


@bp.post("/scans")
def scan(slug: str) -> ResponseReturnValue:
    """Answer one scan: with the fragment the gate shows, or its page where no script runs."""
    event = event_for_gate(slug)
    form = ScanForm(queries.gate_names(event))
    if not form.validate():
        return _page(event, form), 422
    session["gate"] = form.gate.data
    try:
        with transaction():
            answered = _check_in(event, form)
    except services.ScanIdReused as error:
        with transaction():
            services.note_reused_id(event, error)
        raise
    return _answer(event, answered.id, form.direction.data)


@bp.post("/scans/<uuid:scan_id>/undo")
def undo(slug: str, scan_id: uuid.UUID) -> ResponseReturnValue:
    """Gate staff take back what they did themselves; editors, anybody's."""
    event, user = event_for_gate(slug), require_user()
    undone = queries.scan_at(event, scan_id)
    if undone is None:
        abort(404)
    if undone.scanned_by_id != user.id and not may(user, event, MemberRole.EDITOR):
        abort(404)
    with transaction():
        void = services.undo(undone, undone_by=user)
    return _answer(event, void.id, undone.direction.value)


@bp.get("/live")
def live(slug: str) -> ResponseReturnValue:
    event = event_for_gate(slug)
    return render_template("checkin/_live.html", event=event, live=live_figures(event))


def _check_in(event: Event, form: ScanForm) -> Scan:
    return services.check_in(
        event,
        form.presented.data,
        gate=form.gate.data,
        direction=Direction(form.direction.data),
        scan_id=form.new_scan_id,
        scanned_by=require_user(),
        device=session.setdefault("device", new_code(4)),
    )


def _answer(event: Event, scan_id: uuid.UUID, direction: str) -> ResponseReturnValue:
    if request.headers.get("X-Requested-With") != "fetch":
        there = url_for("checkin.gate", slug=event.slug, scan=scan_id, direction=direction)
        return redirect(there, 303)
    answered = queries.scan_at(event, scan_id)
    if answered is None:
        abort(404)
    answer = answer_to(answered, event, queries.gate_names(event))
    return render_template("checkin/_answer.html", event=event, answer=answer)


def _scan_asked_for(event: Event) -> Scan | None:
    try:
        return queries.scan_at(event, uuid.UUID(request.args.get("scan", "")))
    except ValueError:
        return None


def _page(event: Event, form: ScanForm, *, answered: Scan | None = None) -> Response:
    gates, search = queries.gate_names(event), request.args.get("q", "")[:200]
    page: dict[str, Any] = {
        "answer": answer_to(answered, event, gates) if answered else None,
        "search": search,
        "found": queries.delegates_found(event, search),
        "live": live_figures(event),
        "new_id": new_id,
    }
    response = make_response(render_template("checkin/gate.html", event=event, form=form, **page))
    response.headers["Content-Security-Policy"] = READER
    return response
