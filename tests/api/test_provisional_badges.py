"""Badges of walk-ins, printed by a device before the server had heard of them."""

import itertools
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from matchmaking.checkin.handles import handle_of, provisional_text, walk_in_handle
from matchmaking.checkin.models import Scan
from matchmaking.core import clock
from matchmaking.core.audit import AuditEntry
from matchmaking.core.database import db
from matchmaking.events.models import TokenScope
from tests.api.program import program_of
from tests.checkin.scanning import event_today
from tests.checkin.uploading import assert_in_step, standing
from tests.factories import make_ticket_type

PLACE = "/events/han-quoc"
CODE = "K7QM2X9D"


@pytest.fixture
def event(app):
    event = event_today(slug="han-quoc")
    make_ticket_type(event, code="guest")
    return event


@pytest.fixture
def west(app, event):
    return program_of(app, event, TokenScope.CHECK_IN)


@pytest.fixture
def badge(event):
    return walk_in_handle(event.id, CODE)


def arrive(gate):
    return gate.post(
        f"{PLACE}/check-in/walk-ins",
        {
            "walk_in_id": "00000000-0000-4000-8000-000000000001",
            "code": CODE,
            "full_name": "Trần Thị Bưởi",
            "ticket_type": "guest",
        },
    ).json


def made(minutes_ago, **values):
    at = (clock.exact() - timedelta(minutes=minutes_ago)).isoformat()
    return {"scan_id": str(uuid.uuid4()), "scanned_at": at, "shown": "check", **values}


def bring(gate, *scans):
    return gate.post(f"{PLACE}/check-ins/batch", {"scans": scans}).json["results"]


def live(gate, **values):
    return gate.post(f"{PLACE}/check-ins", {"scan_id": str(uuid.uuid4()), **values}).json


@pytest.mark.parametrize("order", list(itertools.permutations(("arrives", "east", "west"))))
def test_scans_of_a_walk_in_come_to_the_same_in_whatever_order_gates_bring_them(
    gate, west, event, badge, order
):
    first, second = made(9, handle=badge), made(8, handle=badge, gate="W")
    acts = {
        "arrives": lambda: arrive(gate),
        "east": lambda: bring(gate, first),
        "west": lambda: bring(west, second),
    }

    told = {who: acts[who]() for who in order}

    assert standing(event) == {
        first["scan_id"]: ("admitted", False),
        second["scan_id"]: ("duplicate", True),
    }
    assert_in_step(event)
    assert len(set(db.session.scalars(select(Scan.registration_id)))) == 1
    assert (bring(gate, first), bring(west, second)) == (told["east"], told["west"])
    stats = gate.get(f"{PLACE}/check-in/stats").json
    assert (stats["arrived"], stats["inside"], len(stats["conflicts"])) == (1, 1, 1)


@pytest.mark.parametrize("read", ["qr", "handle of the code", "code"])
def test_scan_that_was_refused_as_nobodys_lets_the_walk_in_count_as_inside(
    gate, west, event, badge, read
):
    reading = {
        "qr": {"token": provisional_text(event.id, badge)},
        "handle of the code": {"handle": handle_of(event.id, CODE)},
        "code": {"code": CODE},
    }[read]

    assert live(west, **reading)["reason"] == "unknown"
    arrive(gate)

    assert [verdict for verdict, _ in standing(event).values()] == ["admitted"]
    assert live(gate, code=CODE)["result"] == "duplicate"
    assert "registration.scans_joined" in db.session.scalars(select(AuditEntry.action)).all()
    assert_in_step(event)


def test_scan_taken_back_before_the_walk_in_arrived_stays_taken_back(gate, west, event, badge):
    entered = made(9, handle=badge)
    void = made(8, handle=badge, direction="void", voids=entered["scan_id"])
    bring(west, entered, void)

    arrive(gate)

    assert standing(event)[entered["scan_id"]] == ("voided", False)
    assert live(gate, handle=badge)["result"] == "admitted"
    assert_in_step(event)


def test_forged_badge_is_not_joined_to_anybody(gate, west, event, badge):
    forged = provisional_text(event.id, badge)[:-1] + "X"
    bring(west, made(9, token=forged), made(9, handle=badge, reason="bad_signature"))

    arrive(gate)

    assert set(db.session.scalars(select(Scan.registration_id))) == {None}


def test_lost_provisional_badge_is_refused_from_then_on_and_the_code_is_not(gate, event, badge):
    arrive(gate)
    before = made(9, handle=badge)
    snapshot = f"{PLACE}/check-in/snapshot"
    assert gate.get(snapshot).json["people"][0]["badges"][0] == badge

    new = gate.post(f"{PLACE}/check-in/badges", {"handle": badge, "reissue": True}).json["token"]

    for lost in ({"token": provisional_text(event.id, badge)}, {"handle": badge}):
        assert live(gate, **lost)["reason"] == "revoked"
    [person] = gate.get(snapshot).json["people"]
    assert badge in person["revoked"]
    assert badge not in person["badges"]
    assert bring(gate, before)[0]["result"] == "admitted"
    assert live(gate, token=new, direction="exit")["result"] == "admitted"
    assert live(gate, code=CODE)["result"] == "admitted"
