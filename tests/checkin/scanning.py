"""A scan as a test needs it."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from matchmaking.checkin.models import Scan
from matchmaking.checkin.services import check_in
from matchmaking.core import clock
from matchmaking.events.models import Event
from matchmaking.registration.models import Registration
from matchmaking.registration.queries import current_badge
from matchmaking.registration.tokens import badge_token
from tests.factories.events import make_event


def event_today(**values: Any) -> Event:
    """An event whose gate is open now, in whatever zone."""
    today = clock.now().date()
    values.setdefault("starts_on", today - timedelta(days=1))
    values.setdefault("ends_on", today + timedelta(days=1))
    return make_event(**values)


def token_of(registration: Registration) -> str:
    badge = current_badge(registration)
    assert badge is not None
    return badge_token(badge)


def scan(registration: Registration, presented: str = "", **values: Any) -> Scan:
    """The delegate's own badge at gate A, unless the test says otherwise."""
    event = values.pop("event", registration.event)
    values.setdefault("gate", "A")
    values.setdefault("scan_id", uuid.uuid4())
    values.setdefault("scanned_by", None)
    return check_in(event, presented or token_of(registration), **values)


def at_noon(event: Event, *, days: int = 0) -> datetime:
    return event.starts_at + timedelta(days=days, hours=12)
