"""What the organizer does about devices, held scans, conflicts and the rules of gates."""

import re
from dataclasses import replace
from datetime import time

import pytest
from sqlalchemy import func, select

from matchmaking.checkin.models import Device, Gate, Scan, Verdict
from matchmaking.checkin.readings import Source
from matchmaking.checkin.services import add_device, enrol, offer_enrolment, revoke_device
from matchmaking.checkin.verdicts import EntryRule
from matchmaking.core import clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.events.models import MemberRole
from tests.checkin.scanning import event_today, token_of
from tests.checkin.uploading import (
    EAST,
    WEST,
    ago,
    assert_in_step,
    handle,
    offline,
    standing,
    upload,
)
from tests.factories.accounts import make_member
from tests.factories.base import add
from tests.factories.registration import make_registration


@pytest.fixture
def desk(event, browser_of):
    return browser_of(make_member(event, MemberRole.EDITOR))


def path(event, what=""):
    return f"/organize/{event.slug}/check-in{what}"


def test_device_is_added_shown_a_code_once_and_revoked_with_one_tap(event, desk, visitor):
    made = desk.post(path(event, "/devices"), {"name": "East 1", "language": "vi", "gates": "A"})
    device = db.session.scalars(select(Device)).one()
    shown = desk.post(path(event, f"/devices/{device.id}/enrolment"))
    secret = re.search(r"gate#([\w-]+)", shown.text)[1]

    enrolled = visitor.client.post(f"/events/{event.slug}/gate/enrolments", json={"secret": secret})
    again = visitor.client.post(f"/events/{event.slug}/gate/enrolments", json={"secret": secret})

    assert made.status_code == 303
    assert (enrolled.status_code, again.status_code) == (200, 409)
    assert enrolled.json["device"] | {"id": ""} == {
        "id": "", "name": "East 1", "gates": ["A"], "language": "vi",
    }  # fmt: skip
    assert "East 1" in desk.get(path(event, "/devices")).text
    assert desk.post(path(event, f"/devices/{device.id}/enrolment")).status_code == 409
    desk.post(path(event, f"/devices/{device.id}/revoke"))
    assert db.session.get_one(Device, device.id).is_revoked
    assert "Revoked" in desk.get(path(event, "/devices")).text


@pytest.mark.parametrize("sent", [{}, {"secret": 7}, {"secret": "x" * 43}, [], "x"])
def test_enrolment_without_a_secret_that_works_is_refused(event, visitor, sent):
    answer = visitor.client.post(f"/events/{event.slug}/gate/enrolments", json=sent)

    assert (answer.status_code, answer.json["code"]) == (409, "enrolment_over")


def test_enrolment_code_of_yesterday_is_too_old(event, visitor):
    device = add_device(event, name="East 1", gates=[], language="vi")
    secret = offer_enrolment(device)
    device.enrol_until = clock.now()
    db.session.commit()

    answer = visitor.client.post(f"/events/{event.slug}/gate/enrolments", json={"secret": secret})

    assert (answer.status_code, answer.json["code"]) == (409, "enrolment_over")


def test_held_scans_are_released_with_a_reason_and_then_count(event, desk):
    delegate = make_registration(event)
    device = add_device(event, name="East 1", gates=[], language="vi")
    enrol(event, offer_enrolment(device))
    revoke_device(device)
    upload(event, Source(str(device.id), "East 1", is_revoked=True), [offline(delegate)])
    page = path(event, f"/devices/{device.id}")

    assert "1 scan is held" in desk.get(page).text
    assert desk.post(f"{page}/release", {"reason": ""}).status_code == 422
    assert desk.post(f"{page}/release", {"reason": "It was in the drawer"}).status_code == 303

    assert list(standing(event).values()) == [("admitted", False)]
    assert "scan is held" not in desk.get(page).text
    assert_in_step(event)


@pytest.fixture
def conflict(event):
    """The later of two greens for one badge."""
    delegate = make_registration(event, full_name="Kim Min-jun")
    upload(event, EAST, [offline(delegate, minutes_ago=9, gate="E")])
    later = offline(delegate, minutes_ago=8, gate="W")
    upload(event, WEST, [later])
    return later


@pytest.mark.parametrize(
    ("settlement", "stands", "revoked"),
    [
        ("same_person", "duplicate", 0),
        ("new_badge", "duplicate", 1),
        ("taken_back", "admitted", 0),
    ],
)
def test_conflict_names_both_gates_and_is_settled_with_one_tap(
    event, desk, conflict, settlement, stands, revoked
):
    page = desk.get(path(event, "/conflicts")).text
    assert all(words in page for words in ("Kim Min-jun", "gate E", "gate W", "Cổng Tây 1"))
    assert "Conflicts (1)" in desk.get(path(event)).text

    address = path(event, f"/conflicts/{conflict.scan_id}")
    assert desk.post(address, {"settlement": settlement}).status_code == 303

    assert standing(event)[str(conflict.scan_id)][0] == stands
    badges = db.session.get_one(Scan, conflict.scan_id).registration.badges
    assert sum(badge.is_revoked for badge in badges) == revoked
    assert "Conflicts (0)" in desk.get(path(event)).text
    assert_in_step(event)


def test_conflict_is_settled_once_and_only_in_the_ways_there_are(event, desk, conflict):
    address = path(event, f"/conflicts/{conflict.scan_id}")

    assert desk.post(address, {"settlement": "maybe"}).status_code == 400
    assert desk.post(address, {"settlement": "same_person"}).status_code == 303
    assert desk.post(address, {"settlement": "same_person"}).status_code == 409


def test_gate_gets_a_rule_and_the_simulator_says_what_a_badge_would_get(event, desk):
    gate = add(Gate(event_id=event.id, code="M", name=Bilingual("Bữa trưa")))
    delegate = make_registration(event)
    page = path(event, f"/gates/{gate.id}")
    rule = {"vi": "Bữa trưa", "en": "Lunch", "rule": "once", "admits": "delegate"}

    assert desk.post(page, rule | {"opens": "12:00", "closes": "11:00"}).status_code == 422
    assert desk.post(page, rule | {"opens": "25:00"}).status_code == 422
    assert desk.post(page, rule | {"opens": "00:00", "closes": "23:59"}).status_code == 303
    assert (gate.rule, gate.admits, gate.opens) == (EntryRule.ONCE, ["delegate"], time(0))

    tried = desk.get(f"{page}?try={delegate.code}").text
    assert "Nothing speaks against it." in tried
    assert delegate.full_name in tried
    assert "not a badge of this system" in desk.get(f"{page}?try=hello").text
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 0

    used = offline(delegate, minutes_ago=0, gate="M", scanned_at=None)
    upload(event, EAST, [used])
    assert "Already inside" in desk.get(f"{page}?try={delegate.code}").text


def test_strangers_viewers_and_editors_of_other_events_see_none_of_it(
    event, conflict, browser_of, visitor
):
    device = add_device(event, name="East 1", gates=[], language="vi")
    viewer = browser_of(make_member(event, MemberRole.VIEWER))
    other = browser_of(make_member(event_today(), MemberRole.OWNER))
    for what in ("/devices", f"/devices/{device.id}", "/conflicts"):
        assert viewer.get(path(event, what)).status_code == 404
        assert other.get(path(event, what)).status_code == 404
        assert visitor.get(path(event, what)).status_code == 303
    for what in (
        "/devices",
        f"/devices/{device.id}/enrolment",
        f"/devices/{device.id}/revoke",
        f"/devices/{device.id}/release",
        f"/conflicts/{conflict.scan_id}",
    ):
        assert viewer.post(path(event, what)).status_code == 404
    theirs = browser_of(make_member(theirs_event := event_today(), MemberRole.EDITOR))
    assert theirs.get(path(theirs_event, f"/devices/{device.id}")).status_code == 404
    assert theirs.post(path(theirs_event, f"/conflicts/{conflict.scan_id}")).status_code == 404


def test_green_for_a_revoked_badge_is_listed_with_its_reason(event, desk):
    delegate = make_registration(event)
    badge = handle(delegate)
    delegate.badges[0].revoked_at = ago(20)
    upload(event, replace(EAST), [offline(delegate, handle=badge, minutes_ago=5)])

    page = desk.get(path(event, "/conflicts")).text

    assert "replaced by a newer one" in page
    assert db.session.scalars(select(Scan)).one().verdict is Verdict.REFUSED


def test_the_gate_of_a_device_tells_a_stranger_nothing(event, visitor):
    event.name = Bilingual("Bí mật", "Secret")
    make_registration(event, full_name="Kim Min-jun")

    for what in ("", "/worker.js", "/manifest.webmanifest"):
        answer = visitor.get(f"/events/{event.slug}/gate{what}")
        assert answer.status_code == 200
        assert "Secret" not in answer.text
        assert "Kim" not in answer.text
        assert visitor.get(f"/events/nowhere/gate{what}").status_code == 404
    assert (
        "wasm-unsafe-eval"
        in visitor.get(f"/events/{event.slug}/gate").headers["Content-Security-Policy"]
    )
    worker = visitor.get(f"/events/{event.slug}/gate/worker.js")
    assert worker.headers["Service-Worker-Allowed"] == f"/events/{event.slug}/gate"
    assert token_of(make_registration(event)) not in worker.text
