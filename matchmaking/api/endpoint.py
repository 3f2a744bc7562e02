"""What every call of the API has in common.

    @endpoint("POST /events/<slug>/tables", access=ORGANIZER, body=NewTable, answer=TableOut, ...)
    def add_table(event: Event, body: NewTable) -> Answer: ...

The function gets `event` where the address names one (fetched and authorized), the other
parts of the address, and `body` and `query` where the call declares them. It returns an
instance of `answer`, an `Answer` when there are headers to add, or a whole `Response`. What it
writes is committed once, after it, and only then.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, Response, abort, request
from pydantic import BaseModel

from matchmaking.api.access import Access, let_in
from matchmaking.api.idempotency import once
from matchmaking.api.reading import body_as, query_as
from matchmaking.core.errors import DomainError
from matchmaking.web.problems import API

bp = Blueprint("api", __name__, url_prefix=API)


@dataclass(frozen=True)
class Answer:
    """What is sent back, where it needs more than the object itself."""

    content: BaseModel
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """One call, as `openapi.py` describes it.

    `answer` is a class, or a media type for a document. `refusals` are the broken rules it
    may answer with. `also` are other statuses of success. `edits` says that it takes the ETag of what it changes as `If-Match`.
    """

    method: str
    rule: str
    name: str
    topic: str
    summary: Any
    access: Access
    answer: type[BaseModel] | str
    status: int = 200
    also: tuple[int, ...] = ()
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    refusals: tuple[type[DomainError], ...] = ()
    edits: bool = False

    @property
    def writes(self) -> bool:
        return self.method != "GET"


ENDPOINTS: list[Endpoint] = []
"""Every call, in the order of declaration."""


def endpoint(call: str, **contract: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a call, "GET /events/<slug>"; `contract` are the other fields of `Endpoint`."""
    method, rule = call.split(" ")

    def declare(view: Callable[..., Any]) -> Callable[..., Any]:
        declared = Endpoint(method=method, rule=rule, name=view.__name__, **contract)
        ENDPOINTS.append(declared)
        bp.add_url_rule(rule, view.__name__, _answering(declared, view), methods=[method])
        return view

    return declare


def _answering(call: Endpoint, view: Callable[..., Any]) -> Callable[..., Response]:
    def answering(**parts: Any) -> Response:
        if any("\0" in part for part in parts.values() if isinstance(part, str)):
            abort(404)
        event = let_in(call.access, parts.pop("slug", None))
        if "<slug>" in call.rule:
            parts["event"] = event
        if call.query:
            parts["query"] = query_as(call.query)
        if call.body:
            parts["body"] = body_as(call.body)

        def act() -> Response:
            return _response(call, view(**parts))

        return once(act) if call.writes else act()

    return answering


def _response(call: Endpoint, answer: Any) -> Response:
    if isinstance(answer, Response):
        return answer
    if not isinstance(answer, Answer):
        answer = Answer(answer)
    content = answer.content.model_dump_json()
    response = Response(content, answer.status or call.status, mimetype="application/json")
    response.headers.update(answer.headers)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    if request.method in ("GET", "HEAD"):
        if response.cache_control.public:
            response.add_etag()
        response.make_conditional(request)
    return response
