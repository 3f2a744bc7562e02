"""Keys with which other programs act at an event."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import defer

from matchmaking.accounts.models import User
from matchmaking.core import audit, clock
from matchmaking.core.codes import new_id, new_token
from matchmaking.core.database import db, run
from matchmaking.core.text import clean
from matchmaking.events.at_gate import EventAtGate
from matchmaking.events.models import ApiToken, Event, TokenScope

PREFIX = "gapgo_"
"""By it, programs that look for leaked secrets know ours."""


def create_token(
    event: Event,
    *,
    scope: TokenScope,
    name: str,
    by: User | None = None,
    token_id: uuid.UUID | None = None,
    gates: Sequence[str] = (),
) -> tuple[ApiToken, str]:
    """The row, and the token itself, which nobody can see again."""
    secret = PREFIX + new_token()
    token = ApiToken(
        id=token_id or new_id(),
        event_id=event.id,
        name=clean(name)[:80],
        scope=scope,
        digest=digest_of(secret),
        gates=list(gates),
        created_by_id=by.id if by else None,
    )
    db.session.add(token)
    db.session.flush()
    audit.record("token.created", token, name=token.name, scope=scope.value)
    return token, secret


def revoke_token(token: ApiToken) -> None:
    """From now on the token opens nothing. Revoking twice is revoking once."""
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        db.session.flush()
        audit.record("token.revoked", token, name=token.name)


_SELDOM = (
    Event.theme, Event.description, Event.practical, Event.venue, Event.priority_sectors,
    Event.map_url, Event.online_url, Event.contact_email, Event.contact_phone, Event.accent,
    Event.banner_id, Event.expected_delegates, Event.province_code, Event.edition,
    Event.published_at, Event.created_at,
)  # fmt: skip
_T, _E = ApiToken.__table__.c, Event.__table__.c
_CALLER = (_T.id, _T.name, _T.scope, _T.gates, _T.revoked_at)
_MATCH = _T.digest == bindparam("digest")
_WITH_EVENT = (
    select(*_CALLER, Event)
    .join(Event, Event.id == _T.event_id)
    .options(*map(defer, _SELDOM))
    .where(_MATCH)
)
_AT_GATE = (
    select(*_CALLER, *(_E[field.name] for field in fields(EventAtGate)))
    .join(Event.__table__, _E.id == _T.event_id)
    .where(_MATCH)
)


@dataclass(frozen=True)
class Caller:
    """Who holds a token, and what it opens."""

    id: uuid.UUID
    name: str
    scope: TokenScope
    gates: list[str]
    revoked_at: datetime | None

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None


def caller_with(secret: str) -> tuple[Caller, Event] | None:
    """Who calls with this token, and the event it is for; revoked ones too. One query, at every call."""
    found = db.session.execute(_WITH_EVENT, {"digest": digest_of(secret)}).first()
    return (Caller(*found[:-1]), found[-1]) if found else None


def caller_at_gate(secret: str) -> tuple[Caller, EventAtGate] | None:
    """The same with as little of the event as a scan asks for, and cheap: people stand in a queue."""
    found = run(_AT_GATE, {"digest": digest_of(secret)}).first()
    count = len(_CALLER)
    return (Caller(*found[:count]), EventAtGate(*found[count:])) if found else None


def token_of(secret: str) -> ApiToken | None:
    return db.session.scalar(select(ApiToken).where(ApiToken.digest == digest_of(secret)))


def tokens_of(event: Event) -> Sequence[ApiToken]:
    """The event's tokens, the newest first."""
    query = select(ApiToken).where(ApiToken.event_id == event.id)
    return db.session.scalars(query.order_by(ApiToken.created_at.desc(), ApiToken.id.desc())).all()


def token_with_id(token_id: uuid.UUID) -> ApiToken | None:
    return db.session.get(ApiToken, token_id)


def digest_of(secret: str) -> str:
    """A token is 256 random bits, so a plain hash of it cannot be reversed by guessing."""
    return hashlib.sha256(secret.encode()).hexdigest()
