"""What a device needs offline: everything once, and then what changed."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import update

from matchmaking.checkin.models import Scan
from matchmaking.checkin.services import add_device, enrol, offer_enrolment, release, revoke_device
from matchmaking.checkin.services.standing import milliseconds
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.registration.models import Badge, Registration
from matchmaking.registration.services import reissue_badge
from tests.api.program import Program
from tests.checkin.scanning import event_today, token_of
from tests.checkin.uploading import handle
from tests.factories import make_registration, make_ticket_type

SCANS = "/events/han-quoc/check-ins"
SNAPSHOT = "/events/han-quoc/check-in/snapshot"
HOUR = timedelta(hours=1)


@pytest.fixture
def event(app):
    return event_today(slug="han-quoc")


@pytest.fixture
def delegate(event):
    return make_registration(event)


def scan_of(delegate, **values):
    return {"scan_id": str(uuid.uuid4()), "token": token_of(delegate), "gate": "A", **values}


def test_snapshot_gives_everything_in_pages_and_then_what_changed(gate, event):
    ticket_type = make_ticket_type(event)
    people = [make_registration(ticket_type=ticket_type) for _ in range(5)]
    seen, page, pages = {}, {"cursor": "", "more": True}, 0
    while page["more"]:
        page = gate.get(f"{SNAPSHOT}?limit=2&since={page['cursor']}").json
        seen |= {person["id"]: person for person in page["people"]}
        pages += 1
    cursor = page["cursor"]

    assert (len(seen), pages) == (5, 3)
    assert handle(people[0]) in seen[str(people[0].id)]["badges"]
    assert page["event"]["slug"] == event.slug
    assert set(next(iter(seen.values()))) == {
        "id", "code", "badges", "revoked", "reason", "name", "organization", "delegation",
        "language", "ticket_type", "attention", "scans",
    }  # fmt: skip

    later = f"{int(cursor) + 10 * 60_000}"
    assert gate.get(f"{SNAPSHOT}?since={later}").json["people"] == []
    gate.post(SCANS, scan_of(people[1]))
    changed = gate.get(f"{SNAPSHOT}?since={cursor}").json["people"]
    [scan] = next(one for one in changed if one["id"] == str(people[1].id))["scans"]
    assert (scan["gate"], scan["zone"]) == ("A", "")
    assert gate.get(f"{SNAPSHOT}?since=now").status_code == 422


def test_snapshot_names_old_badges_and_why_somebody_may_not_enter(gate, event, delegate):
    old = handle(delegate)
    reissue_badge(delegate)

    [person] = gate.get(SNAPSHOT).json["people"]

    assert person["revoked"] == [old]
    assert person["badges"] == [handle(delegate)]
    assert person["reason"] is None


def test_snapshot_holds_no_address_number_or_code(gate, event):
    delegate = make_registration(event, email="anh@example.com", phone="+84912345678")

    text = gate.get(SNAPSHOT).text

    for secret in ("anh@example.com", "912345678", delegate.code, delegate.badges[0].code):
        assert secret not in text


def test_snapshot_tells_of_scans_that_came_long_before_they_were_released(
    app, gate, event, delegate
):
    device = add_device(event, name="Cổng Đông 1", gates=[], language="vi")
    phone = Program(app, enrol(event, offer_enrolment(device))[1])
    revoke_device(device)
    db.session.commit()
    made_at = (clock.now() - HOUR).isoformat()
    phone.post(f"{SCANS}/batch", {"scans": [scan_of(delegate, scanned_at=made_at)]})
    for column in (Registration.changed_at, Badge.issued_at, Scan.received_at):
        db.session.execute(update(column.class_).values({column.key: clock.now() - HOUR}))
    since = f"{SNAPSHOT}?since={milliseconds(clock.now())}"
    assert gate.get(since).json["people"] == []

    release(device, released_by=None, reason="found again")

    [person] = gate.get(since).json["people"]
    assert [one["device"] for one in person["scans"]] == [str(device.id)]
