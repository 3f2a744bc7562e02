"""The blueprint every page of this feature hangs on."""

from flask import Blueprint, Response, request

bp = Blueprint("registration", __name__)

PERSONAL = ("/registrations/", "/r/")


@bp.after_request
def keep_private(response: Response) -> Response:
    """Pages of one delegate are stored nowhere, found by no search, named in no referrer."""
    if request.path.startswith(PERSONAL):
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Referrer-Policy"] = "no-referrer"
    return response
