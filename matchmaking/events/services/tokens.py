"""Keys with which other programs act at an event."""

import hashlib
import uuid
from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager, defer

from matchmaking.accounts.models import User
from matchmaking.core import audit, clock
from matchmaking.core.codes import new_id, new_token
from matchmaking.core.database import db
from matchmaking.core.text import clean
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
_BY_DIGEST = (
    select(ApiToken)
    .join(ApiToken.event)
    .options(contains_eager(ApiToken.event).options(*map(defer, _SELDOM)))
    .where(ApiToken.digest == bindparam("digest"))
)


def token_of(secret: str) -> ApiToken | None:
    """The token with its event, revoked ones too, or None. One query, at every call: kept short."""
    return db.session.scalar(_BY_DIGEST, {"digest": digest_of(secret)})


def tokens_of(event: Event) -> Sequence[ApiToken]:
    """The event's tokens, the newest first."""
    query = select(ApiToken).where(ApiToken.event_id == event.id)
    return db.session.scalars(query.order_by(ApiToken.created_at.desc(), ApiToken.id.desc())).all()


def token_with_id(token_id: uuid.UUID) -> ApiToken | None:
    return db.session.get(ApiToken, token_id)


def digest_of(secret: str) -> str:
    """A token is 256 random bits, so a plain hash of it cannot be reversed by guessing."""
    return hashlib.sha256(secret.encode()).hexdigest()
