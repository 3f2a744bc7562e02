"""A scan as a test needs it."""

import re
import uuid
from datetime import datetime, timedelta
from typing import Any

from werkzeug.test import TestResponse

from matchmaking.checkin.models import Scan
from matchmaking.checkin.services import check_in
from matchmaking.core import clock
from matchmaking.events.models import Event
from matchmaking.registration.models import Registration
from matchmaking.registration.queries import current_badge
from matchmaking.registration.tokens import badge_token
from tests.factories.events import make_event
from tests.visitor import Visitor


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


FETCH = {"Accept-Language": "en", "X-Requested-With": "fetch"}


def address(event: Event) -> str:
    return f"/events/{event.slug}/check-in"


def form(presented: str, **values: str) -> dict[str, str]:
    """What the gate's page sends for one scan."""
    scan_id = str(uuid.uuid4())
    return {"presented": presented, "gate": "A", "direction": "entry", "scan_id": scan_id, **values}


def send(browser: Visitor, event: Event, presented: str, **values: str) -> TestResponse:
    return browser.post(f"{address(event)}/scans", form(presented, **values), headers=FETCH)


def kind_of(answer: TestResponse) -> str:
    """yes, look or no"""
    found = re.search(r'data-kind="(\w+)"', answer.text)
    assert found is not None
    return found[1]
