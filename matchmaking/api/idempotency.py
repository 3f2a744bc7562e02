"""One request, one effect, however often it is sent.

A request with an `Idempotency-Key` first takes its row of `given_answers` and writes the
answer into it in the transaction that does the work. Two at once meet at that row: the
second waits there, then finds the first one's answer.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Response, request
from sqlalchemy import delete, update
from sqlalchemy.dialects import postgresql, sqlite

from matchmaking.api.access import owner_of_key
from matchmaking.api.errors import BadKey, KeyReused
from matchmaking.api.models import GivenAnswer
from matchmaking.core import clock
from matchmaking.core.database import db, transaction
from matchmaking.core.errors import DomainError
from matchmaking.web import problems

HEADER = "Idempotency-Key"
KEPT_FOR = timedelta(hours=24)
REPEATED = ("Content-Type", "ETag", "Location")
LONGEST = 64


def once(act: Callable[[], Response]) -> Response:
    """Run `act` and commit, or give the answer of the first time again.

    A broken rule (409) is an answer too; what was never understood is not kept.
    """
    key = request.headers.get(HEADER)
    if key is None:
        with transaction():
            return act()
    if not (1 <= len(key) <= LONGEST and key.isprintable() and key.isascii()):
        raise BadKey
    try:
        return _answered(key, act)
    except KeyReused:
        raise
    except DomainError as error:
        if error.status != 409:
            raise
        said_no = problems.refusal(error)
    return _answered(key, lambda: said_no)


def forget_old_answers() -> int:
    """Delete what nobody may ask for again; how many there were."""
    old = delete(GivenAnswer).where(GivenAnswer.given_at < clock.now() - KEPT_FOR)
    count: int = db.session.execute(old).rowcount  # type: ignore[attr-defined]
    return count


def _answered(key: str, act: Callable[[], Response]) -> Response:
    with transaction():
        if not _taken(key):
            return _again(key)
        answer = act()
        _keep(key, answer)
        return answer


def _taken(key: str) -> bool:
    """Whether the key was free, or its answer too old. Waits for whoever has it just now."""
    values: dict[str, Any] = {
        "request_digest": _digest(),
        "status": 0,
        "headers": [],
        "body": "",
        "given_at": clock.now(),
    }
    dialect: Any = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(GivenAnswer).values(actor=owner_of_key(key), key=key, **values)
    statement = statement.on_conflict_do_update(
        index_elements=[GivenAnswer.actor, GivenAnswer.key],
        set_=values,
        where=GivenAnswer.given_at < clock.now() - KEPT_FOR,
    )
    return db.session.scalar(statement.returning(GivenAnswer.key)) is not None


def _again(key: str) -> Response:
    given = db.session.get_one(GivenAnswer, (owner_of_key(key), key), populate_existing=True)
    if given.request_digest != _digest():
        raise KeyReused
    answer = Response(given.body, given.status)
    answer.headers.update([(name, value) for name, value in given.headers])
    answer.headers["Idempotency-Replayed"] = "true"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _keep(key: str, answer: Response) -> None:
    headers = [[name, answer.headers[name]] for name in REPEATED if name in answer.headers]
    given = (GivenAnswer.actor == owner_of_key(key), GivenAnswer.key == key)
    values = {
        "status": answer.status_code,
        "headers": headers,
        "body": answer.get_data(as_text=True),
    }
    db.session.execute(update(GivenAnswer).where(*given).values(values))


def _digest() -> str:
    subject = f"{request.method} {request.full_path}\n".encode() + request.get_data()
    return hashlib.sha256(subject).hexdigest()
