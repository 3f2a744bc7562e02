"""Background work of the API: delivering news to other programs, forgetting old answers.

Signed as the Standard Webhooks specification says: `webhook-signature` is an HMAC-SHA256
over "<webhook-id>.<webhook-timestamp>.<body>" with the webhook's secret.
"""

import hashlib
import hmac
import json
import time
import uuid
from base64 import b64decode, b64encode
from datetime import timedelta
from typing import Any

from matchmaking.api.models import Delivery, DeliveryState
from matchmaking.api.news import data_of
from matchmaking.api.posting import Forbidden, Unreachable, post
from matchmaking.api.services.webhooks import SENDING, secret_of
from matchmaking.core import clock, jobs
from matchmaking.core.database import db, reading, transaction
from matchmaking.web.settings import settings

PAUSES = [timedelta(seconds=s) for s in (10, 60, 300, 1800, 7200, 21600, 43200, 86400)]
"""Between the tries; after the last it has failed, a little over two days later."""


@jobs.job(SENDING)
def send_webhook(job: jobs.Job) -> dict[str, Any]:
    """Try once. Raises Postpone until it is delivered or has failed for good."""
    delivery = db.session.get(Delivery, uuid.UUID(job.arguments["delivery"]))
    if delivery is None or delivery.webhook.removed_at or delivery.state is DeliveryState.DELIVERED:
        return {}
    delivery.body = delivery.body or _body_of(delivery)
    id_, url, body = delivery.id, delivery.webhook.url, delivery.body.encode()
    secret = secret_of(delivery.webhook, secret=settings().data_secret)
    with reading():
        status, error = _posted(url, body, str(id_), secret)
    with transaction():
        delivery = db.session.get_one(Delivery, id_)
        _note(delivery, status, error)
        is_waiting, attempts = delivery.state is DeliveryState.WAITING, delivery.attempts
    if is_waiting:
        raise jobs.Postpone(PAUSES[attempts - 1], error)
    return {"status": status}


def signed_headers(delivery_id: str, secret: str, body: bytes) -> dict[str, str]:
    moment = str(int(time.time()))
    key = b64decode(secret.removeprefix("whsec_"))
    signed = hmac.new(key, f"{delivery_id}.{moment}.".encode() + body, hashlib.sha256)
    return {
        "Content-Type": "application/json",
        "User-Agent": "gap-go",
        "webhook-id": delivery_id,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{b64encode(signed.digest()).decode()}",
    }


def _posted(url: str, body: bytes, delivery_id: str, secret: str) -> tuple[int | None, str]:
    """The other side's status, 0 where we may not send, and what is wrong."""
    if not secret:
        return (
            0,
            "the secret was sealed with another DATA_KEY: remove this webhook and add it again",
        )
    headers = signed_headers(delivery_id, secret, body)
    try:
        status = post(url, body, headers, allowed=settings().webhook_networks)
    except Forbidden as fault:
        return 0, str(fault)
    except Unreachable as fault:
        return None, str(fault)
    is_taken = 200 <= status < 300
    return status, "" if is_taken else f"the other side answered {status}"


def _note(delivery: Delivery, status: int | None, error: str) -> None:
    """Delivered, or to be tried again, or failed: at once where we may not send at all."""
    delivery.attempts += 1
    delivery.tried_at = clock.now()
    delivery.status, delivery.error = status or None, error[:300]
    if not error:
        delivery.state = DeliveryState.DELIVERED
    elif status == 0 or delivery.attempts > len(PAUSES):
        delivery.state = DeliveryState.FAILED


def _body_of(delivery: Delivery) -> str:
    body = {
        "id": str(delivery.id),
        "type": delivery.kind,
        "timestamp": delivery.happened_at.isoformat().replace("+00:00", "Z"),
        "event": delivery.webhook.event.slug,
        "data": data_of(delivery),
    }
    return json.dumps(body, ensure_ascii=False)
