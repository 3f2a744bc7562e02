"""The contract, for programs and for the people who write them."""

from flask import Blueprint, Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from matchmaking.api.endpoint import ENDPOINTS, bp
from matchmaking.api.openapi import document
from matchmaking.api.reference import chapters

documentation = Blueprint("api_docs", __name__, url_prefix="/api")


@bp.get("/openapi.json")
def openapi() -> Response:
    answer = jsonify(document())
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


@documentation.get("/docs")
def docs() -> ResponseReturnValue:
    """The same contract to read, in the reader's language."""
    return render_template("api/docs.html", chapters=chapters(ENDPOINTS))
