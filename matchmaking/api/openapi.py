"""The OpenAPI 3.1 document, written from the calls as they are declared."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from flask_babel import force_locale
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from matchmaking.api.endpoint import ENDPOINTS, Endpoint
from matchmaking.api.reading import needs_body
from matchmaking.api.schemas.base import Problem
from matchmaking.api.topics import TOPICS
from matchmaking.web.problems import API

PARTS = re.compile(r"<(?:(\w+):)?(\w+)>")
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The ETag of what you change: 412 says that it has changed since.",
    "schema": {"type": "string", "examples": ["*"]},
}
ETAG = {
    "description": "Send it back as If-Match to change this version and no other.",
    "schema": {"type": "string"},
}
REFERENCE = "#/components/schemas/{model}"
Mode = Literal["validation", "serialization"]
Schemas = dict[tuple[Any, Mode], Any]


@cache
def document() -> dict[str, Any]:
    """The whole document, in English. The same for everybody."""
    with force_locale("en"):
        references, definitions = _schemas()
        return {
            "openapi": "3.1.0",
            "info": {
                "title": "Gặp Gỡ",
                "version": "1",
                "description": "Events, registrations, check-in and business meetings.",
            },
            "servers": [{"url": API}],
            "tags": [{"name": name, "description": str(text)} for name, text in TOPICS.items()],
            "paths": _paths(references),
            "components": {
                "schemas": definitions,
                "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            },
        }


def address_of(call: Endpoint) -> str:
    return PARTS.sub(r"{\2}", call.rule)


def _schemas() -> tuple[Schemas, dict[str, Any]]:
    shapes: dict[tuple[type[BaseModel], Mode], None] = {(Problem, "serialization"): None}
    for call in ENDPOINTS:
        if call.body:
            shapes[call.body, "validation"] = None
        if not isinstance(call.answer, str):
            shapes[call.answer, "serialization"] = None
    found, schema = models_json_schema(list(shapes), ref_template=REFERENCE)
    return {**found}, schema["$defs"]


def _paths(references: Schemas) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for call in ENDPOINTS:
        paths.setdefault(address_of(call), {})[call.method.lower()] = _operation(call, references)
    return paths


def _operation(call: Endpoint, references: Schemas) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": call.name,
        "tags": [call.topic],
        "summary": str(call.summary),
        "parameters": [*_parts(call), *_query(call), *_headers(call)],
        "responses": dict(_responses(call, references)),
        "security": _security(call),
    }
    if call.body:
        operation["requestBody"] = {
            "required": needs_body(call.body),
            "content": {"application/json": {"schema": references[call.body, "validation"]}},
        }
    return operation


def _security(call: Endpoint) -> list[dict[str, list[str]]]:
    nobody: list[dict[str, list[str]]] = [{}] if call.access.without_token else []
    return [*nobody, {"token": []}] if call.access.scopes else nobody


def _parts(call: Endpoint) -> Iterator[dict[str, Any]]:
    for kind, name in PARTS.findall(call.rule):
        schema = {"type": "string", "format": "uuid"} if kind == "uuid" else {"type": "string"}
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def _query(call: Endpoint) -> Iterator[dict[str, Any]]:
    if call.query is None:
        return
    schema = call.query.model_json_schema(ref_template=REFERENCE)
    inner = schema.get("$defs", {})
    for name, field in schema["properties"].items():
        kinds = [kind for kind in field.get("anyOf", [field]) if kind.get("type") != "null"]
        kind = dict(kinds[0])
        if reference := kind.pop("$ref", ""):
            kind = dict(inner[reference.rsplit("/", 1)[1]])
        kind = {key: value for key, value in kind.items() if key not in ("title", "default")}
        yield {"name": name, "in": "query", "required": False, "schema": kind}


def _headers(call: Endpoint) -> Iterator[dict[str, Any]]:
    if call.edits:
        yield IF_MATCH
    if call.method == "POST":
        key = {
            "type": "string",
            "minLength": 1,
            "maxLength": 64,
            "pattern": "^[!-~]([ -~]*[!-~])?$",
        }
        yield {"name": "Idempotency-Key", "in": "header", "required": False, "schema": key}


def _responses(call: Endpoint, references: Schemas) -> Iterator[tuple[str, Any]]:
    for status in (call.status, *call.also):
        yield str(status), _success(call, references)
    for status, sentence in _refusals(call):
        yield (
            str(status),
            {
                "description": sentence,
                "content": {
                    "application/problem+json": {"schema": references[Problem, "serialization"]}
                },
            },
        )


def _success(call: Endpoint, references: Schemas) -> dict[str, Any]:
    if isinstance(call.answer, str):
        return {"description": "The document", "content": {call.answer: {}}}
    schema = references[call.answer, "serialization"]
    done = {"description": "Done", "content": {"application/json": {"schema": schema}}}
    is_version = any(edit.edits and edit.answer is call.answer for edit in ENDPOINTS)
    return {**done, "headers": {"ETag": ETAG}} if is_version else done


def _refusals(call: Endpoint) -> list[tuple[int, str]]:
    codes = {refusal.code for refusal in call.refusals if refusal.status == 409}
    if call.method == "POST":
        codes.add("idempotency_key_reused")
    possible = [
        (call.writes, 400, "The body is not JSON"),
        (bool(call.access.scopes), 401, "No valid token"),
        (bool(call.access.scopes), 403, "The token has another scope"),
        (bool(PARTS.search(call.rule)), 404, "It does not exist, or belongs to another event"),
        (bool(codes), 409, f"A rule says no: {', '.join(sorted(codes))}"),
        (call.edits, 412, "It has changed since the version named by If-Match"),
        (call.writes, 413, "The body is larger than 1 MiB"),
        (call.writes, 415, "The body is not declared as JSON"),
        (call.writes or call.query is not None, 422, "A field cannot be right: see errors"),
        (call.writes and call.access.without_token, 429, "Too many requests: see Retry-After"),
    ]
    return [(status, sentence) for applies, status, sentence in possible if applies]
