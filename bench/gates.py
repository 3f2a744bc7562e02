"""What the measurements of the gates share: a large event, its devices, and a server of two workers."""

import http.client
import json
import os
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import insert, select, text

from matchmaking.app import create_app
from matchmaking.checkin.handles import handle_of
from matchmaking.config import Config
from matchmaking.core import clock
from matchmaking.core.codes import new_id
from matchmaking.core.database import db
from matchmaking.core.text import fold, name_sort_key
from matchmaking.events.models import Event, TokenScope
from matchmaking.events.services.tokens import create_token
from matchmaking.registration.models import Badge, Registration, RegistrationStatus
from tests.checkin.scanning import event_today
from tests.factories import make_ticket_type

SECRET = "measuring " * 4
ENVIRONMENT = {"SECRET_KEY": SECRET, "BACKGROUND_WORKER": "0", "WEB_PROCESSES": "2"}


@dataclass(frozen=True)
class Crowd:
    """An event with delegates: the handles of their badges, and the keys of its devices."""

    slug: str
    handles: list[str]
    tokens: list[str]


def empty_app() -> Flask:
    """On the database of DATABASE_URL, whose tables are made anew."""
    app = create_app(Config(secret_key=SECRET, database_url=os.environ["DATABASE_URL"]))
    with app.app_context():
        db.drop_all()
        for name in ("bare", "alembic_version"):
            db.session.execute(text(f"DROP TABLE IF EXISTS {name}"))
        db.session.commit()
        db.create_all()
    return app


def make_crowd(app: Flask, *, people: int, devices: int) -> Crowd:
    with app.app_context():
        event = event_today(slug="crowd")
        add_people(event, people)
        tokens = [
            create_token(event, scope=TokenScope.CHECK_IN, name=f"Phone {n}")[1]
            for n in range(devices)
        ]
        db.session.commit()
        codes = db.session.scalars(select(Badge.code).where(Badge.event_id == event.id))
        return Crowd(event.slug, [handle_of(event.id, code) for code in codes], tokens)


def add_people(event: Event, count: int) -> None:
    """Confirmed delegates with a badge each since last week, a thousand at a time."""
    before = clock.now() - timedelta(days=7)
    kind = make_ticket_type(event, used=count)
    for begin in range(0, count, 1000):
        numbers = range(begin, min(begin + 1000, count))
        rows = [_person(event, kind.id, f"Nguyễn Thị Ánh {number}") for number in numbers]
        db.session.execute(insert(Registration), [row | {"changed_at": before} for row in rows])
        badges = [
            {"registration_id": row["id"], "event_id": event.id, "code": secrets.token_hex(16), "issued_at": before}
            for row in rows
        ]  # fmt: skip
        db.session.execute(insert(Badge), badges)


def offline_scans(handles: Sequence[str], *, minutes_ago: float = 5) -> list[dict[str, Any]]:
    """As a device brings them: admitted without a network."""
    at = (clock.exact() - timedelta(minutes=minutes_ago)).isoformat()
    return [
        {"scan_id": str(uuid.uuid4()), "handle": handle, "gate": "A", "scanned_at": at, "shown": "admitted", "sequence": number}
        for number, handle in enumerate(handles)
    ]  # fmt: skip


class Caller:
    """One device's connection. Raises OSError when there is no answer, or none that helps."""

    def __init__(self, port: int, slug: str, token: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.path = f"/api/v1/events/{slug}/check-ins"
        self.headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}

    def send(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            self.connection.request("POST", self.path + what, json.dumps(body), self.headers)
            answer = self.connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as fault:
            self.connection.close()
            raise OSError(str(fault)) from fault
        if answer.status != 200:
            raise OSError(f"{answer.status} {content[:200]!r}")
        told: dict[str, Any] = json.loads(content)
        return told


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def _person(event: Event, ticket_type_id: uuid.UUID, name: str) -> dict[str, Any]:
    key = new_id()
    return {
        "id": key,
        "event_id": event.id,
        "ticket_type_id": ticket_type_id,
        "full_name": name,
        "sort_name": name_sort_key(name),
        "search_text": fold(name),
        "email": f"{key.hex}@example.com",
        "organization": "Công ty Đông Sơn",
        "status": RegistrationStatus.CONFIRMED,
        "confirmed_at": clock.now(),
    }
