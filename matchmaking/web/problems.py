"""Refusals and faults for programs: `application/problem+json` (RFC 9457)."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Response, request
from werkzeug.exceptions import HTTPException

from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _, current_language

API = "/api/v1"
DOCS = "/api/docs"
CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    409: "refused",
    412: "changed_meanwhile",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid",
    429: "too_many_requests",
    503: "unavailable",
}


def is_for_programs() -> bool:
    """Whether this request came to the API, where every answer is JSON."""
    return request.path == API or request.path.startswith(f"{API}/")


def problem(
    status: int,
    *,
    code: str = "",
    detail: str = "",
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> Response:
    """An answer that says no. `members` are added to the object as they are."""
    code = code or CODES.get(status, "fault")
    body = {
        "type": f"{DOCS}#{code}",
        "title": title(status),
        "status": status,
        "detail": detail or title(status),
        "code": code,
        **members,
    }
    answer = Response(
        json.dumps(body, ensure_ascii=False), status, mimetype="application/problem+json"
    )
    answer.headers.update(headers or {})
    answer.headers.setdefault("Cache-Control", "no-store")
    answer.headers.setdefault("Content-Language", current_language())
    answer.vary.add("Accept-Language")
    return answer


def refusal(error: DomainError) -> Response:
    """A broken rule; a 422 says at `errors` which field it is about."""
    members = dict(error.members)
    if error.status == 422:
        members.setdefault("errors", {error.field: [str(error)]} if error.field else {})
    return problem(
        error.status, code=error.code, detail=str(error), headers=error.headers, **members
    )


def http_error(error: HTTPException) -> Response:
    """What Flask itself refuses: an unknown address, a method, a body that is too large."""
    kept = {
        name: value
        for name, value in error.get_headers()
        if name.lower() in ("retry-after", "allow")
    }
    return problem(error.code or 500, headers=kept)


def title(status: int) -> str:
    sentences = {
        400: _("The request could not be understood."),
        401: _("This needs a token."),
        403: _("This token may not do that."),
        404: _("There is nothing at this address, or you may not see it."),
        405: _("This address does not accept that kind of request."),
        409: _("A rule of the event says no."),
        412: _("Someone else changed this meanwhile."),
        413: _("What you sent is too large."),
        415: _("Send JSON, and say so: Content-Type: application/json."),
        422: _("Something you sent cannot be right."),
        429: _("Too many requests. Wait, then try again."),
        503: _("The service cannot answer just now. Try again in a moment."),
    }
    return str(
        sentences.get(status, _("Something went wrong on our side. Nothing you saved is lost."))
    )
