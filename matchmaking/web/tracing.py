"""An id for every request, by which what a person saw is found in the logs again."""

import logging
import re
import uuid
from dataclasses import dataclass
from time import perf_counter

from blinker import Namespace
from flask import Flask, Response, g, request

from matchmaking.core.logs import fields, request_id

log = logging.getLogger(__name__)

HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
QUIET = {"asset", "ops.health", "ops.readiness", "ops.metrics"}
"""Endpoints asked so often that their lines would hide the others."""

request_answered = Namespace().signal("request-answered")
"""Sender: the `Answered`."""


@dataclass(frozen=True)
class Answered:
    """A request that has its answer. `endpoint` is empty where there is nothing."""

    endpoint: str
    method: str
    status: int
    seconds: float


def _begin() -> None:
    given = request.headers.get(HEADER, "")
    request_id.set(given if WELL_FORMED.fullmatch(given) else uuid.uuid4().hex)
    g.began = perf_counter()


def _end(response: Response) -> Response:
    if "began" not in g:
        return response
    response.headers[HEADER] = request_id.get()
    answered = Answered(
        request.endpoint or "", request.method, response.status_code, perf_counter() - g.began
    )
    request_answered.send(answered)
    level = logging.DEBUG if answered.endpoint in QUIET else logging.INFO
    if log.isEnabledFor(level):
        log.log(level, "request", extra=_line(answered, response))
    return response


def _forget(_fault: BaseException | None) -> None:
    request_id.set("")


def _line(answered: Answered, response: Response) -> dict[str, object]:
    """The rule that matched, never the address: that may hold a name, a code or a key."""
    return fields(
        method=answered.method,
        route=request.url_rule.rule if request.url_rule else "",
        status=answered.status,
        milliseconds=round(answered.seconds * 1000, 1),
        bytes=response.content_length,
    )


def init_app(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)
    app.teardown_request(_forget)
    app.jinja_env.globals.update(request_id=request_id.get)
