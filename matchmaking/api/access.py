"""Who calls. Fetching the event is being allowed to: a stranger sees 404."""

import re
import uuid
from collections.abc import Collection
from dataclasses import dataclass, replace

from flask import abort, g, request
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from matchmaking.api.errors import NoToken, WrongScope
from matchmaking.api.models import Delivery, Webhook
from matchmaking.companies.models import Company
from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.events.at_gate import EventAtGate
from matchmaking.events.models import ApiToken, Event, TokenScope
from matchmaking.events.services.tokens import Caller, caller_at_gate, caller_with
from matchmaking.registration.models import Registration

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class Access:
    """Which scopes open a call, and whether it is open without any token.

    `even_revoked` lets in a token that was revoked: the call then decides what counts.
    `at_gate`: the call gets an `EventAtGate` instead of the whole event.
    """

    scopes: frozenset[TokenScope] = frozenset()
    without_token: bool = False
    even_revoked: bool = False
    at_gate: bool = False


EVERYONE = Access(without_token=True)
PUBLIC_OR_ORGANIZER = Access(frozenset({TokenScope.ORGANIZER}), without_token=True)
ORGANIZER = Access(frozenset({TokenScope.ORGANIZER}))
READER = Access(frozenset({TokenScope.ORGANIZER, TokenScope.READ}))
GATE = Access(frozenset({TokenScope.ORGANIZER, TokenScope.CHECK_IN}))
SCANNING = replace(GATE, at_gate=True)
GATE_ALONE = Access(frozenset({TokenScope.CHECK_IN}))
GATE_OR_READER = Access(frozenset({TokenScope.CHECK_IN, TokenScope.READ}))


def calling_token() -> Caller | None:
    """The token this request came with, if any; known once `let_in` has been called."""
    token: Caller | None = g.get("api_token")
    return token


def let_in(access: Access, slug: str | None) -> Event | EventAtGate | None:
    """The event of the address. Raises NoToken, WrongScope; 404 for what is not the caller's."""
    g.api_token = None
    secret = _bearer()
    if not access.scopes or (secret is None and access.without_token):
        return public_event(slug) if slug is not None else None
    found = (caller_at_gate if access.at_gate else caller_with)(secret) if secret else None
    if found is None or (found[0].is_revoked and not access.even_revoked):
        raise NoToken
    token, event = found
    if slug is not None and event.slug != slug:
        abort(404)
    if token.scope not in access.scopes:
        raise WrongScope(scope=token.scope.value)
    g.api_token = token
    audit.set_actor(audit.Actor("program", token.id, token.name))
    return event


def public_event(slug: str) -> Event:
    """An event anyone may see, without a token."""
    event = db.session.scalar(select(Event).where(Event.slug == slug))
    if event is None or not event.is_public:
        abort(404)
    return event


def registration_of(event: Event, code: str) -> Registration:
    """A delegate of this event, or 404."""
    query = select(Registration).where(Registration.event_id == event.id, Registration.code == code)
    found = db.session.scalar(query.options(joinedload(Registration.ticket_type)))
    return found or abort(404)


def company_of(event: Event, company_id: uuid.UUID, *, for_change: bool = False) -> Company:
    """A company of this event, or 404; its row is held where it is to be changed."""
    query = select(Company).where(Company.event_id == event.id, Company.id == company_id)
    query = query.options(selectinload(Company.sectors), selectinload(Company.absences))
    return db.session.scalar(query.with_for_update() if for_change else query) or abort(404)


def token_at(event: Event, token_id: uuid.UUID) -> ApiToken:
    """A token of this event, or 404."""
    query = select(ApiToken).where(ApiToken.event_id == event.id, ApiToken.id == token_id)
    return db.session.scalar(query) or abort(404)


def webhook_at(event: Event, webhook_id: uuid.UUID) -> Webhook:
    query = select(Webhook).where(Webhook.event_id == event.id, Webhook.id == webhook_id)
    return db.session.scalar(query) or abort(404)


def delivery_at(webhook: Webhook, delivery_id: uuid.UUID) -> Delivery:
    query = select(Delivery).where(Delivery.webhook_id == webhook.id, Delivery.id == delivery_id)
    return db.session.scalar(query) or abort(404)


def owner_of_key(key: str) -> str:
    """Whose Idempotency-Key this is: the token's; without one, that of whoever knows it.

    Nobody guesses a UUID, so it holds when a phone sends again from another network. Other
    keys may be as short as "1", and belong to the network address they came from.
    """
    if token := calling_token():
        return f"token:{token.id}"
    return "anyone" if UUID.fullmatch(key) else f"address:{request.remote_addr}"


def scopes_in_words(scopes: Collection[TokenScope]) -> str:
    return ", ".join(sorted(scope.value for scope in scopes))


def _bearer() -> str | None:
    """The token of the header; "" for a header that holds none, None without the header."""
    if "Authorization" not in request.headers:
        return None
    kind, _, secret = request.headers["Authorization"].partition(" ")
    return secret.strip() if kind.lower() == "bearer" else ""
