"""The documentation page, put together from the calls as they are declared."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from matchmaking.api.access import scopes_in_words
from matchmaking.api.endpoint import Endpoint
from matchmaking.api.openapi import address_of, document
from matchmaking.api.topics import TOPICS
from matchmaking.web.problems import API


@dataclass(frozen=True)
class Call:
    """One call as the page shows it; `fields` are name, kind and whether it is required."""

    name: str
    method: str
    address: str
    summary: str
    scopes: str
    without_token: bool
    parameters: list[str]
    body: str
    answer: str
    status: int
    refusals: list[tuple[str, str]]


@dataclass(frozen=True)
class Chapter:
    name: str
    title: str
    calls: list[Call]


def chapters(endpoints: Iterable[Endpoint]) -> list[Chapter]:
    calls = list(endpoints)
    return [
        Chapter(name, str(title), [_call(one) for one in calls if one.topic == name])
        for name, title in TOPICS.items()
        if any(one.topic == name for one in calls)
    ]


def _call(call: Endpoint) -> Call:
    operation = document()["paths"][address_of(call)][call.method.lower()]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    answer = operation["responses"][str(call.status)]["content"]
    return Call(
        name=call.name,
        method=call.method,
        address=API + address_of(call),
        summary=str(call.summary),
        scopes=scopes_in_words(call.access.scopes),
        without_token=call.access.without_token,
        parameters=[one["name"] for one in operation["parameters"] if one["in"] != "path"],
        body=_outline(body.get("schema")),
        answer=_outline(answer.get("application/json", {}).get("schema")),
        status=call.status,
        refusals=sorted({(refusal.code, str(refusal.message)) for refusal in call.refusals}),
    )


def _outline(schema: dict[str, Any] | None) -> str:
    """A JSON text that names every field with its kind; "" where there is none."""
    shape = _shape(schema) if schema else None
    return json.dumps(shape, ensure_ascii=False, indent=2) if shape else ""


def _shape(schema: dict[str, Any]) -> Any:
    if reference := schema.get("$ref"):
        return _shape(document()["components"]["schemas"][reference.rsplit("/", 1)[1]])
    if "properties" in schema:
        return {name: _shape(field) for name, field in schema["properties"].items()}
    if "anyOf" in schema:
        kinds = [_shape(kind) for kind in schema["anyOf"]]
        plain = [kind for kind in kinds if not isinstance(kind, str)]
        return plain[0] if plain else " | ".join(kinds)
    if schema.get("type") == "array":
        return [_shape(schema.get("items", {}))]
    if "enum" in schema:
        return " | ".join(schema["enum"]) if len(schema["enum"]) < 9 else "code"
    return str(schema.get("format") or schema.get("type") or schema.get("const", "any"))
