"""Health for machines."""

from flask import jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from matchmaking.ops.queries import database_version, needed_version, waiting_jobs
from matchmaking.ops.views.blueprint import bp


@bp.get("/healthz")
def health() -> ResponseReturnValue:
    """This process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
def readiness() -> ResponseReturnValue:
    """The database answers, at the version this code needs; the jobs that wait are counted."""
    try:
        is_current = database_version() == needed_version()
        waiting, oldest_seconds = waiting_jobs()
    except SQLAlchemyError:
        return jsonify(status="unavailable", database="unreachable"), 503
    if not is_current:
        return jsonify(status="unavailable", database="needs flask db upgrade"), 503
    return jsonify(status="ok", jobs={"waiting": waiting, "oldest_seconds": oldest_seconds})
