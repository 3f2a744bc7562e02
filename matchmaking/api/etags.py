"""ETags of what can be changed: a change names the version it was made from."""

import hashlib

from flask import request
from pydantic import BaseModel

from matchmaking.api.endpoint import Answer
from matchmaking.api.errors import ChangedSince


def tagged(content: BaseModel) -> Answer:
    """The object with the ETag under which it can be changed."""
    return Answer(content, headers={"ETag": _etag(content)})


def check_unchanged(content: BaseModel) -> None:
    """Raises ChangedSince when `If-Match` names something else than the object as it is.

    A weak ETag counts too: an answer that was compressed on its way carries no other.
    """
    if request.if_match and not request.if_match.contains_weak(_etag(content).strip('"')):
        raise ChangedSince


def names_a_version() -> bool:
    """Whether the change is meant for one version only."""
    return bool(request.if_match) and not request.if_match.star_tag


def _etag(content: BaseModel) -> str:
    return f'"{hashlib.sha256(content.model_dump_json().encode()).hexdigest()[:20]}"'
