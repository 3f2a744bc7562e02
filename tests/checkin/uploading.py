"""Devices without a network, and what they bring when it is back."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from matchmaking.checkin.handles import handle_of
from matchmaking.checkin.models import Direction, Presence, Scan, ScanRevision
from matchmaking.checkin.readings import Reading, Source
from matchmaking.checkin.services import Told, take_in
from matchmaking.checkin.services.standing import known_scans
from matchmaking.checkin.verdicts import inside, verdicts
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.registration.models import Registration
from matchmaking.registration.queries import current_badge

EAST = Source("device-east", "Cổng Đông 1")
WEST = Source("device-west", "Cổng Tây 1")


def handle(registration: Registration) -> str:
    badge = current_badge(registration)
    assert badge is not None
    return handle_of(registration.event_id, badge.code)


def offline(registration: Registration, *, minutes_ago: float = 10, **values: Any) -> Reading:
    """A scan that was made without a network and shown as an admission."""
    values.setdefault("scan_id", uuid.uuid4())
    values.setdefault("gate", "A")
    if "handle" not in values:
        values["handle"] = handle(registration)
    values.setdefault("shown", "admitted")
    values.setdefault("scanned_at", ago(minutes_ago))
    return Reading(**values)


def ago(minutes: float) -> datetime:
    return clock.exact() - timedelta(minutes=minutes)


def upload(event: Event, source: Source, readings: Sequence[Reading]) -> list[Told]:
    told = take_in(event, source, readings)
    db.session.commit()
    return told


def words(told: Iterable[Any]) -> list[str]:
    """The verdicts, a conflict marked: "duplicate!"."""
    return [
        answer.code if isinstance(answer, Exception) else answer.verdict + "!" * answer.is_conflict
        for answer in told
    ]


def standing(event: Event) -> dict[str, tuple[str, bool]]:
    """What every scan comes to now, as kept: its verdict, and whether it is a conflict."""
    query = select(Scan, ScanRevision).outerjoin(ScanRevision, ScanRevision.scan_id == Scan.id)
    rows = db.session.execute(query.where(Scan.event_id == event.id))
    return {
        str(scan.id): ((later or scan).verdict.value, (later or scan).is_conflict)
        for scan, later in rows
    }


def assert_in_step(event: Event) -> None:
    """What is kept of verdicts and of who is inside is what the scans alone come to."""
    ids = db.session.scalars(select(Registration.id).where(Registration.event_id == event.id))
    facts = [row.fact for row in known_scans(ids.all())]
    counted = {scan: (one.result, one.is_conflict) for scan, one in verdicts(facts).items()}
    kept = standing(event)
    assert {scan: kept[scan] for scan in counted} == counted
    presences = db.session.scalars(select(Presence))
    there = {(str(p.registration_id), p.zone): str(p.scan_id) for p in presences}
    assert there == inside(facts)


def exit_of(registration: Registration, **values: Any) -> Reading:
    return offline(registration, direction=Direction.EXIT, **values)
