"""The blueprint every page of this feature hangs on."""

from flask import Blueprint, Response

bp = Blueprint("privacy", __name__)


@bp.after_request
def keep_private(response: Response) -> Response:
    """All of it is about people: stored nowhere, found by no search, named in no referrer."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
