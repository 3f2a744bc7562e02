import uuid

import pytest
from sqlalchemy import func, select

from matchmaking.checkin.handles import handle_of, provisional_text, walk_in_handle
from matchmaking.checkin.services import add_device, enrol, offer_enrolment, revoke_device
from matchmaking.core.audit import AuditEntry
from matchmaking.core.database import db
from matchmaking.core.outbox import OutgoingMail
from matchmaking.events.models import TokenScope
from matchmaking.registration.models import Registration, RegistrationStatus
from matchmaking.registration.services import approve
from tests.api.program import Program, problem_of, program_of
from tests.checkin.scanning import event_today, token_of
from tests.factories import make_registration, make_ticket_type

WALK_INS = "/events/han-quoc/check-in/walk-ins"
BADGES = "/events/han-quoc/check-in/badges"
SCANS = "/events/han-quoc/check-ins"


@pytest.fixture
def event(app):
    return event_today(slug="han-quoc")


@pytest.fixture
def guests(event):
    return make_ticket_type(event, code="guest", places=1)


def arrival(**values):
    return {
        "walk_in_id": str(uuid.uuid4()),
        "code": "K7QM2X9D",
        "full_name": "Trần Thị Bưởi",
        "organization": "Hợp tác xã Lam Sơn",
        "ticket_type": "guest",
        **values,
    }


def scan(**values):
    return {"scan_id": str(uuid.uuid4()), "gate": "A", **values}


def registered():
    return db.session.scalars(select(Registration)).all()


def test_walk_in_is_registered_once_without_email_and_admitted_by_its_provisional_code(
    gate, event, guests
):
    body = arrival()

    first = gate.post(WALK_INS, body)
    again = gate.post(WALK_INS, body)
    [registration] = registered()
    provisional = provisional_text(event.id, walk_in_handle(event.id, "K7QM2X9D"))
    told = gate.post(SCANS, scan(token=provisional)).json

    assert (first.status_code, first.json["status"]) == (200, "confirmed")
    assert again.json == first.json
    assert str(registration.id) == body["walk_in_id"]
    assert (registration.email, registration.source) == ("", "walk_in")
    assert (told["result"], told["registration"]["full_name"]) == ("admitted", "Trần Thị Bưởi")
    assert gate.post(SCANS, scan(code="K7QM2X9D")).json["result"] == "duplicate"
    assert db.session.scalar(select(func.count()).select_from(OutgoingMail)) == 0
    acts = db.session.scalars(select(AuditEntry.action).where(AuditEntry.actor_kind == "program"))
    assert set(acts) == {"registration.created", "registration.consent_given"}


def test_walk_in_with_an_address_gets_the_letter_and_one_of_another_delegate_is_noted(
    gate, event, guests
):
    guests.places = None
    known = make_registration(event, email="anh@example.com")
    for n, email in enumerate(("moi@example.com", "ANH@example.com", "moi at example")):
        gate.post(WALK_INS, arrival(code=f"K7QM2X9{'ABC'[n]}", email=email))

    letters = db.session.scalars(select(OutgoingMail.recipient)).all()
    notes = {one.code: one.note for one in registered() if one.source == "walk_in"}

    assert letters == ["moi@example.com"]
    assert notes["K7QM2X9A"] == ""
    assert known.code in notes["K7QM2X9B"]
    assert "moi at example" in notes["K7QM2X9C"]


def test_walk_in_without_a_place_is_kept_for_the_organizer_and_the_green_shown_is_a_conflict(
    gate, event, guests
):
    make_registration(ticket_type=guests)
    handle = walk_in_handle(event.id, "K7QM2X9D")

    kept = gate.post(WALK_INS, arrival()).json
    seen = gate.post(
        f"{SCANS}/batch",
        {"scans": [scan(handle=handle, shown="check", scanned_at="2026-01-01T00:00:00Z")]},
    ).json["results"][0]

    assert kept["status"] == "waitlisted"
    assert (seen["result"], seen["reason"], seen["conflict"]) == ("refused", "not_confirmed", True)
    guests.places = 2
    db.session.flush()
    waiting = next(one for one in registered() if one.source == "walk_in")
    assert approve(waiting).status is RegistrationStatus.CONFIRMED


@pytest.mark.parametrize(
    "change", [{"full_name": "Lê Văn Ổi"}, {"code": "B4CD5F6G"}, {"ticket_type": "press"}]
)
def test_walk_in_id_with_other_words_or_of_another_device_is_refused_and_written_down(
    app, gate, event, guests, change
):
    body = arrival()
    gate.post(WALK_INS, body)
    other = program_of(app, event, TokenScope.CHECK_IN)

    mixed, stolen = gate.post(WALK_INS, body | change), other.post(WALK_INS, body)

    assert [problem_of(one)["code"] for one in (mixed, stolen)] == ["walk_in_id_reused"] * 2
    assert [one.full_name for one in registered()] == ["Trần Thị Bưởi"]
    acts = db.session.scalars(select(AuditEntry.action)).all()
    assert acts.count("walk_in.id_reused") == 2


def test_id_and_code_of_somebody_registered_change_nothing_for_them(gate, event, guests):
    known = make_registration(event, code="K7QM2X9D")

    taken = gate.post(WALK_INS, arrival(walk_in_id=str(known.id), code="B4CD5F6G"))
    renamed = gate.post(WALK_INS, arrival()).json

    assert problem_of(taken)["code"] == "walk_in_id_reused"
    assert renamed["code"] != "K7QM2X9D"
    assert known.full_name == "Nguyễn Thị Ánh"


def test_walk_in_of_a_revoked_device_waits_for_the_organizer(app, event, guests):
    device = add_device(event, name="East 1", gates=[], language="vi")
    _, token = enrol(event, offer_enrolment(device))
    revoke_device(device)
    db.session.commit()

    answer = Program(app, token).post(WALK_INS, arrival(ticket_type="gone"))

    assert (answer.status_code, answer.json["status"]) == (202, "pending")
    assert Program(app, token).post(BADGES, {"code": "K7QM2X9D"}).status_code == 401


@pytest.mark.parametrize(
    ("change", "field"),
    [({"code": "short"}, "code"), ({"full_name": "🌾"}, "full_name"), ({"gate": ""}, "gate")],
)
def test_walk_in_that_cannot_be_understood_is_answered_by_field(gate, guests, change, field):
    answer = gate.post(WALK_INS, arrival(**change))

    assert answer.status_code == 422
    assert field in answer.json["errors"]


def test_badge_is_printed_counted_and_once_for_one_key(gate, event):
    delegate = make_registration(event, full_name="Kim Min-jun")
    handle = handle_of(event.id, delegate.badges[0].code)

    prints = [
        gate.post(BADGES, body, headers=headers).json["prints"]
        for body, headers in (
            ({"handle": handle}, {"Idempotency-Key": "one"}),
            ({"handle": handle}, {"Idempotency-Key": "one"}),
            ({"code": delegate.code}, {}),
        )
    ]
    printed = gate.post(BADGES, {"handle": handle}).json

    assert prints == [1, 1, 2]
    assert (printed["full_name"], printed["token"]) == ("Kim Min-jun", token_of(delegate))


def test_reprint_in_place_of_a_lost_badge_ends_it_and_what_was_printed_from_it(gate, event):
    delegate = make_registration(event)
    old = token_of(delegate)
    copy = provisional_text(event.id, handle_of(event.id, delegate.badges[0].code))

    new = gate.post(BADGES, {"token": old, "reissue": True}).json

    assert new["token"] != old
    for lost in (old, copy):
        assert gate.post(SCANS, scan(token=lost)).json["reason"] == "revoked"
    assert gate.post(SCANS, scan(token=new["token"])).json["result"] == "admitted"


def test_nobody_and_the_unconfirmed_have_no_badge(gate, event):
    waiting = make_registration(event, status=RegistrationStatus.PENDING)

    assert problem_of(gate.post(BADGES, {"code": waiting.code}))["code"] == "no_badge"
    assert gate.post(BADGES, {"handle": "0" * 24}).status_code == 404
    forged = provisional_text(event.id, "0" * 24)[:-1] + "X"
    assert gate.post(SCANS, scan(token=forged)).json["reason"] == "bad_signature"
