"""Reading what was sent into the classes of `schemas/`, or saying in sentences what is wrong."""

from typing import TypeVar

from flask import request
from pydantic import BaseModel, ValidationError

from matchmaking.api.errors import Invalid, Malformed, NotJson
from matchmaking.api.legible import as_far_as_legible
from matchmaking.api.schemas.base import EachForItself
from matchmaking.api.sentences import sentence

LARGEST_BODY = 1024 * 1024
MOST_ERRORS = 100
Shape = TypeVar("Shape", bound=BaseModel)


def body_as(shape: type[Shape]) -> Shape:
    """The body of this request. Raises NotJson, Malformed, Invalid; 413 when it is too large.

    An empty body counts as `{}` where nothing need be said.
    """
    request.max_content_length = LARGEST_BODY
    content = request.get_data()
    if content and not request.is_json:
        raise NotJson
    if not content and needs_body(shape):
        raise Malformed
    try:
        return shape.model_validate_json(content or b"{}")
    except ValidationError as fault:
        if not (_is_malformed(fault) and issubclass(shape, EachForItself)):
            raise _said(fault) from None
    try:
        return shape.model_validate_json(as_far_as_legible(content))
    except ValidationError as fault:
        raise _said(fault) from None


def needs_body(shape: type[BaseModel]) -> bool:
    return any(field.is_required() for field in shape.model_fields.values())


def query_as(shape: type[Shape]) -> Shape:
    """The parameters behind the question mark. Raises Invalid."""
    sent = {
        name: values[0] if len(values) == 1 else values for name, values in request.args.lists()
    }
    try:
        return shape.model_validate(sent)
    except ValidationError as fault:
        raise _said(fault) from None


def sentences_by_field(fault: ValidationError) -> dict[str, list[str]]:
    """What is wrong, in the reader's language."""
    errors: dict[str, list[str]] = {}
    for mistake in fault.errors(include_url=False, include_input=False)[:MOST_ERRORS]:
        field = ".".join(str(part) for part in mistake["loc"]) or "body"
        errors.setdefault(field, []).append(sentence(mistake))
    return errors


def _said(fault: ValidationError) -> Malformed | Invalid:
    return Malformed() if _is_malformed(fault) else Invalid(sentences_by_field(fault))


def _is_malformed(fault: ValidationError) -> bool:
    return fault.errors(include_url=False, include_input=False)[0]["type"] == "json_invalid"
