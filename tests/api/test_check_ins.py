import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from matchmaking.checkin.models import Scan
from matchmaking.checkin.services import add_device, enrol, offer_enrolment, release, revoke_device
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.events.models import TokenScope
from matchmaking.registration.services import reissue_badge
from tests.api.program import Program, program_of
from tests.checkin.scanning import event_today, token_of
from tests.checkin.uploading import assert_in_step, handle
from tests.factories import make_registration


@pytest.fixture
def event(app):
    return event_today(slug="han-quoc")


@pytest.fixture
def delegate(event):
    return make_registration(event, organization="KOTRA", full_name="Kim Min-jun")


@pytest.fixture
def other_gate(app, event):
    return program_of(app, event, TokenScope.CHECK_IN)


def path(event, what="check-ins"):
    return f"/events/{event.slug}/{what}"


def body(delegate, **values):
    return {"scan_id": str(uuid.uuid4()), "token": token_of(delegate), "gate": "A", **values}


def moment(minutes_ago=0):
    return (clock.exact() - timedelta(minutes=minutes_ago)).isoformat()


def test_badge_is_admitted_once_and_the_second_scan_names_the_first(gate, event, delegate):
    first, second = body(delegate), body(delegate, gate="B")

    admitted = gate.post(path(event), first)
    duplicate = gate.post(path(event), second)

    assert (admitted.status_code, duplicate.status_code) == (200, 200)
    assert admitted.json | {"checked_in_at": "", "conflict": False} == {
        "scan_id": first["scan_id"],
        "result": "admitted",
        "reason": None,
        "checked_in_at": "",
        "registration": {
            "code": delegate.code,
            "full_name": "Kim Min-jun",
            "organization": "KOTRA",
            "delegation": "",
            "ticket_type": delegate.ticket_type.code,
            "badge_type": "delegate",
        },
        "first": None,
        "conflict": False,
        "error": None,
        "detail": None,
    }
    assert duplicate.json["result"] == "duplicate"
    assert duplicate.json["first"]["gate"] == "A"
    assert duplicate.json["first"]["scan_id"] == first["scan_id"]


def test_same_scan_again_gets_the_same_answer_also_after_the_badge_was_replaced(
    gate, event, delegate
):
    scan = body(delegate)
    first = gate.post(path(event), scan).json
    reissue_badge(delegate)

    assert gate.post(path(event), scan).json == first
    assert gate.post(path(event, "check-ins/batch"), {"scans": [scan]}).json["results"] == [first]
    assert gate.post(path(event), body(delegate) | {"token": scan["token"]}).json["reason"] == (
        "revoked"
    )


def test_scan_id_used_for_another_badge_is_a_conflict_and_the_first_stays(gate, event, delegate):
    other, scan = make_registration(event), body(delegate)
    gate.post(path(event), scan)

    answer = gate.post(path(event), scan | {"token": token_of(other)})

    assert (answer.status_code, answer.json["code"]) == (409, "scan_id_reused")
    assert db.session.scalars(select(Scan)).one().registration_id == delegate.id


def test_scan_id_of_another_device_is_forbidden(gate, other_gate, event, delegate):
    scan = body(delegate)
    gate.post(path(event), scan)

    answer = other_gate.post(path(event), scan)

    assert (answer.status_code, answer.json["code"]) == (403, "other_device")


def test_code_stands_in_for_the_token_and_exit_lets_in_again(gate, event, delegate):
    by_code = body(delegate, code=delegate.code)
    del by_code["token"]

    results = [
        gate.post(path(event), scan).json["result"]
        for scan in (by_code, body(delegate, direction="exit"), body(delegate))
    ]

    assert results == ["admitted", "admitted", "admitted"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"scan_id": "7"}, "scan_id"),
        ({"token": None}, "token"),
        ({"direction": "sideways"}, "direction"),
        ({"direction": "void"}, "voids"),
        ({"scanned_at": "yesterday"}, "scanned_at"),
        ({"scanned_at": "0001-01-01T00:00:00+14:00"}, "scanned_at"),
        ({"gate": ""}, "gate"),
        ({"sequence": -1}, "sequence"),
    ],
)
def test_scan_that_cannot_be_understood_is_answered_by_field_alone_and_in_an_upload(
    gate, event, delegate, change, field
):
    broken, good = body(delegate) | change, body(delegate)

    alone = gate.post(path(event), broken)
    upload = gate.post(path(event, "check-ins/batch"), {"scans": [broken, 7, good]})

    assert alone.status_code == 422
    assert field in alone.json["errors"]
    assert upload.status_code == 200
    bad, worse, kept = upload.json["results"]
    assert (bad["error"], worse["error"], kept["result"]) == ("invalid", "invalid", "admitted")


def test_upload_is_limited_to_five_hundred(gate, event):
    answer = gate.post(path(event, "check-ins/batch"), {"scans": [{}] * 501})

    assert answer.status_code == 422


@pytest.mark.parametrize("turned", [False, True])
def test_two_devices_offline_on_one_badge_are_one_admission_and_one_conflict(
    gate, other_gate, event, delegate, turned
):
    east, west = (
        body(delegate, gate=mark, scanned_at=moment(minutes))
        for mark, minutes in (("E", 9), ("W", 8))
    )
    uploads = [(gate, east), (other_gate, west)]

    told = [
        device.post(path(event, "check-ins/batch"), {"scans": [scan]}).json["results"][0]
        for device, scan in (reversed(uploads) if turned else uploads)
    ]
    stats = gate.get(path(event, "check-in/stats")).json

    assert [(one["result"], one["conflict"]) for one in told] == [
        ("admitted", False),
        ("duplicate", True),
    ]
    assert (stats["arrived"], stats["inside"], len(stats["conflicts"])) == (1, 1, 1)
    [conflict] = stats["conflicts"]
    assert [scan["gate"] for scan in conflict["scans"]] == ["E", "W"]
    assert {row["gate"]: row["admitted"] for row in stats["by_gate"]} == {"E": 1, "W": 0}
    assert sum(row["arrived"] for row in stats["by_quarter_hour"]) == 1


def test_organizer_undoes_a_check_in_and_others_may_not(gate, organizer, event, delegate):
    scan = body(delegate)
    gate.post(path(event), scan)
    undo = {"scan_id": scan["scan_id"], "reason": "wrong person"}

    assert gate.post(path(event, "check-ins/undo"), undo).status_code == 403
    assert organizer.post(path(event, "check-ins/undo"), undo).json["scan_id"] == scan["scan_id"]
    assert organizer.post(path(event, "check-ins/undo"), undo).json["code"] == "cannot_undo"
    assert (
        organizer.post(path(event, "check-ins/undo"), {"scan_id": str(uuid.uuid4())}).status_code
        == 404
    )
    assert gate.post(path(event), body(delegate)).json["result"] == "admitted"


def test_each_scope_does_its_own_at_the_gate_alone(
    stranger, organizer, reader, other, event, delegate
):
    assert stranger.post(path(event), body(delegate)).status_code == 401
    assert reader.post(path(event), body(delegate)).status_code == 403
    assert reader.get(path(event, "check-in/snapshot")).status_code == 403
    assert reader.get(path(event, "check-in/stats")).status_code == 200
    assert organizer.get(path(event, "check-in/snapshot")).status_code == 403
    assert organizer.get(path(event, "check-in/stats")).status_code == 403
    assert other.post(path(event), body(delegate)).status_code == 404


def enrolled(app, event, **values):
    device = add_device(event, **{"name": "Cổng Đông 1", "gates": [], "language": "vi", **values})
    _, token = enrol(event, offer_enrolment(device))
    db.session.commit()
    return device, Program(app, token)


def test_uploads_of_a_revoked_device_are_held_until_released_and_it_reads_nothing(
    app, event, delegate
):
    device, phone = enrolled(app, event)
    scan = body(delegate, scanned_at=moment(5), shown="admitted")
    upload = {"scans": [scan], "device": {"queue": 1, "battery": 80}}
    revoke_device(device)
    db.session.commit()

    held = phone.post(path(event, "check-ins/batch"), upload)

    assert (held.status_code, held.json["results"][0]["result"]) == (202, "held")
    assert phone.get(path(event, "check-in/snapshot")).status_code == 401
    assert phone.post(path(event), body(delegate)).status_code == 401
    assert (device.queue, device.battery) == (1, 80)
    assert_in_step(event)

    assert release(device, released_by=None, reason="found again") == 1
    db.session.commit()
    assert_in_step(event)
    again = phone.post(path(event, "check-ins/batch"), upload)
    assert (again.status_code, again.json["results"]) == (202, held.json["results"])
    assert release(device, released_by=None, reason="twice") == 0


def test_device_scans_by_handle_at_its_own_gates(app, event, delegate):
    _, phone = enrolled(app, event, gates=["N"])
    scan = {"scan_id": str(uuid.uuid4()), "handle": handle(delegate)}

    upload = {"scans": [scan | {"gate": "A", "scanned_at": moment(3)}]}
    wrong = phone.post(path(event, "check-ins/batch"), upload).json["results"][0]
    live = phone.post(path(event), scan | {"scan_id": str(uuid.uuid4()), "gate": "A"}).json
    right = phone.post(path(event), scan | {"scan_id": str(uuid.uuid4()), "gate": "N"}).json

    assert (wrong["result"], wrong["reason"]) == ("refused", "wrong_gate")
    assert (live["result"], live["reason"]) == ("refused", "wrong_gate")
    assert right["result"] == "admitted"
