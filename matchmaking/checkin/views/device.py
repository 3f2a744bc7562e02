"""The gate as an application on a device of its own: no account, and no network once it has begun."""

from typing import Any

from flask import Blueprint, Response, jsonify, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from matchmaking.checkin import services
from matchmaking.checkin.access import event_with_gates
from matchmaking.checkin.forms import DIRECTIONS
from matchmaking.checkin.models import Device
from matchmaking.checkin.screens import ANSWERS, SIGNS, STATES, at_the_kiosk, invitations
from matchmaking.checkin.shell import manifest_of, worker_script
from matchmaking.core.database import transaction
from matchmaking.web.assets import asset_version
from matchmaking.web.extensions import csrf
from matchmaking.web.problems import API, refusal
from matchmaking.web.security import content_security_policy
from matchmaking.web.throttle import spend

bp = Blueprint("checkin_device", __name__, url_prefix="/events/<slug>/gate")

ATTEMPTS = "60 per minute"


@bp.get("")
def show(slug: str) -> Response:
    """The same for everybody: whoever has not enrolled learns nothing of the event from it."""
    event_with_gates(slug)
    page = render_template(
        "checkin/device.html",
        slug=slug,
        version=asset_version(),
        api=f"{API}/events/{slug}",
        directions=[(one.value, one.label) for one in DIRECTIONS],
        states=[(state, *texts) for state, texts in STATES.items()],
        signs=SIGNS.items(),
        words={**ANSWERS, **at_the_kiosk()},
        kiosk=invitations(),
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = content_security_policy(
        script_src="'wasm-unsafe-eval'"
    )
    return response


@bp.get("/worker.js")
def worker(slug: str) -> Response:
    event_with_gates(slug)
    response = Response(worker_script(slug), mimetype="text/javascript")
    response.headers["Service-Worker-Allowed"] = url_for("checkin_device.show", slug=slug)
    return response


@bp.get("/manifest.webmanifest")
def manifest(slug: str) -> Response:
    event_with_gates(slug)
    response = jsonify(manifest_of(slug))
    response.mimetype = "application/manifest+json"
    return response


@bp.post("/enrolments")
@csrf.exempt  # type: ignore[untyped-decorator]
def enrol(slug: str) -> ResponseReturnValue:
    """The secret of the QR for the device's own key; no cookie is asked for or set."""
    event = event_with_gates(slug)
    spend(ATTEMPTS, "enrolment")
    sent = request.get_json(silent=True)
    secret = sent.get("secret") if isinstance(sent, dict) else None
    try:
        with transaction():
            device, token = services.enrol(event, secret if isinstance(secret, str) else "")
            answer = {"token": token, "device": _told(device)}
    except services.EnrolmentOver as error:
        return refusal(error)
    return jsonify(answer)


def _told(device: Device) -> dict[str, Any]:
    return {
        "id": str(device.id),
        "name": device.name,
        "gates": device.gates,
        "language": device.language,
    }
