"""Telling other programs what happens at an event.

A piece of news becomes a delivery and a job in the transaction in which it happens, so
nothing is told that did not happen and nothing that happened is left untold.
"""

from base64 import b64encode
from datetime import timedelta
from secrets import token_bytes
from typing import Any, ClassVar

from sqlalchemy import delete

from matchmaking.api.models import Delivery, DeliveryState, Webhook
from matchmaking.api.queries import webhooks_of
from matchmaking.core import audit, clock, jobs
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.core.sealing import CannotUnseal, Secret, keeps_sealed, seal, unseal
from matchmaking.events.at_gate import AtGate
from matchmaking.events.models import Event

KINDS = (
    "registration.created",
    "registration.changed",
    "registration.cancelled",
    "check_in.admitted",
    "meeting.booked",
    "meeting.moved",
    "meeting.cancelled",
    "schedule.published",
)
MOST_WEBHOOKS = 10
LOG_KEPT_FOR = timedelta(days=30)
SENDING = "send_webhook"
PURPOSE = "webhook"
keeps_sealed(Webhook.sealed_secret, purpose=PURPOSE)


class TooManyWebhooks(DomainError):
    code: ClassVar[str] = "too_many_webhooks"
    message = _l("An event tells %(most)s programs at most. Remove one first.")


def add_webhook(event: Event, url: str, kinds: list[str], *, secret: Secret) -> Webhook:
    """Tell this address from now on; its own secret is sealed. Raises TooManyWebhooks."""
    if len(webhooks_of(event.id)) >= MOST_WEBHOOKS:
        raise TooManyWebhooks(most=MOST_WEBHOOKS)
    sealed = seal(f"whsec_{b64encode(token_bytes(32)).decode()}", secret=secret, purpose=PURPOSE)
    webhook = Webhook(event_id=event.id, url=url, kinds=kinds, sealed_secret=sealed)
    db.session.add(webhook)
    event.tells_programs = True
    db.session.flush()
    audit.record("webhook.added", webhook, url=url)
    return webhook


def secret_of(webhook: Webhook, *, secret: Secret) -> str:
    """What its deliveries are signed with; empty once the key of this installation is another one."""
    try:
        return unseal(webhook.sealed_secret, secret=secret, purpose=PURPOSE)
    except CannotUnseal:
        return ""


def remove_webhook(webhook: Webhook) -> None:
    """Tell it nothing any more; what it was told stays in the log."""
    webhook.removed_at = clock.now()
    db.session.flush()
    webhook.event.tells_programs = bool(webhooks_of(webhook.event_id))
    audit.record("webhook.removed", webhook, url=webhook.url)


def tell(event: AtGate, kind: str, **about: Any) -> None:
    """Queue a piece of news for every program that wants to hear of it."""
    for webhook in webhooks_of(event.id):
        if kind in webhook.kinds:
            delivery = Delivery(webhook_id=webhook.id, kind=kind, about=about)
            db.session.add(delivery)
            db.session.flush()
            _queue(delivery, event)


def replay(delivery: Delivery) -> None:
    """Send the very same body once more, from now on as if it were new."""
    delivery.state, delivery.attempts = DeliveryState.WAITING, 0
    db.session.flush()
    _queue(delivery, delivery.webhook.event)
    audit.record("webhook.replayed", delivery.webhook, kind=delivery.kind)


def forget_old_deliveries() -> None:
    """The log goes back this far and no further."""
    ended = Delivery.state != DeliveryState.WAITING
    old = Delivery.happened_at < clock.now() - LOG_KEPT_FOR
    db.session.execute(delete(Delivery).where(ended, old))


def _queue(delivery: Delivery, event: AtGate) -> None:
    jobs.enqueue(SENDING, event_id=event.id, delivery=str(delivery.id))
