"""The demo's mailbox."""

import uuid

from flask import Response, abort, make_response, render_template, request
from flask.typing import ResponseReturnValue

from matchmaking.core import clock
from matchmaking.ops.mailbox import Envelope, envelope, envelopes, is_open
from matchmaking.ops.views.blueprint import bp

LETTER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-top-navigation-by-user-activation"


@bp.after_request
def keep_private(response: Response) -> Response:
    """Letters hold personal links."""
    if request.path.startswith("/mailbox"):
        response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/mailbox")
def mailbox() -> ResponseReturnValue:
    if not is_open():
        abort(404)
    return render_template("ops/mailbox.html", envelopes=envelopes(), zone=clock.HOME)


@bp.get("/mailbox/<uuid:mail_id>")
def letter(mail_id: uuid.UUID) -> Response:
    """The letter alone, with its own inline styles and nothing else."""
    answer = make_response(_found(mail_id).page)
    answer.headers["Content-Security-Policy"] = LETTER_POLICY
    return answer


@bp.get("/mailbox/<uuid:mail_id>/<int:number>")
def letter_attachment(mail_id: uuid.UUID, number: int) -> Response:
    attachments = _found(mail_id).attachments
    if number >= len(attachments):
        abort(404)
    part = attachments[number]
    answer = make_response(part.get_payload(decode=True))
    answer.content_type = part.get_content_type()
    answer.headers.set("Content-Disposition", "attachment", filename=part.get_filename())
    return answer


def _found(mail_id: uuid.UUID) -> Envelope:
    found = envelope(mail_id) if is_open() else None
    return found or abort(404)
