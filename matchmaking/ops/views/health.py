"""Health for machines."""

import hmac

from flask import Response, abort, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from matchmaking.core.versions import database_version, needed_version
from matchmaking.ops import metrics as figures
from matchmaking.ops.queries import waiting_jobs
from matchmaking.ops.views.blueprint import bp
from matchmaking.web.settings import settings

LOCAL = ("127.0.0.1", "::1", "")
"""Addresses of this machine; a socket file has none."""


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


@bp.get("/metrics")
def metrics() -> Response:
    """Figures for Prometheus: to this machine itself, or to who brings METRICS_TOKEN."""
    if not (_asks_from_here() or _brings_the_token()):
        abort(404)
    answer = Response(figures.exposition(), content_type="text/plain; version=0.0.4")
    answer.cache_control.no_store = True
    return answer


def _asks_from_here() -> bool:
    """Directly: what a proxy passes on comes from elsewhere, whatever address it names."""
    return (request.remote_addr or "") in LOCAL and "X-Forwarded-For" not in request.headers


def _brings_the_token() -> bool:
    token = settings().metrics_token.encode()
    given = request.authorization.token if request.authorization else None
    return bool(token and given) and hmac.compare_digest((given or "").encode(), token)
