"""Reads about webhooks."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, select

from matchmaking.api.models import Delivery, Webhook
from matchmaking.core.database import db


def webhooks_of(event_id: uuid.UUID) -> Sequence[Webhook]:
    """Those that are told now, in the order they were added."""
    query = select(Webhook).where(Webhook.event_id == event_id, Webhook.removed_at.is_(None))
    return db.session.scalars(query.order_by(Webhook.created_at, Webhook.id)).all()


def deliveries_to(webhook: Webhook) -> Select[Delivery]:
    """What it was told, the newest first."""
    query = select(Delivery).where(Delivery.webhook_id == webhook.id)
    return query.order_by(Delivery.happened_at.desc(), Delivery.id.desc())
