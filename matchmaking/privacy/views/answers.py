"""Answers that are no page."""

from flask import Response

from matchmaking.privacy.copying import copy_of
from matchmaking.privacy.person import Person


def copy_file(person: Person) -> Response:
    """The copy, to keep; the blueprint sees to it that no cache does."""
    response = Response(copy_of(person), mimetype="application/zip")
    response.headers["Content-Disposition"] = "attachment; filename=du-lieu-ca-nhan.zip"
    return response
