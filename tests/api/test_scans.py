"""One scan after the other, as a gate with a network sends them."""

import json
import uuid

import pytest
from sqlalchemy import select

from matchmaking.checkin.models import Scan
from matchmaking.checkin.services import add_gate
from matchmaking.checkin.verdicts import EntryRule
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from tests.checkin.scanning import event_today, token_of
from tests.factories import make_registration

SCANS = "/events/han-quoc/check-ins"


@pytest.fixture
def event(app):
    return event_today(slug="han-quoc")


def scan(**values):
    return {"scan_id": str(uuid.uuid4()), "gate": "A", **values}


def test_scan_asks_the_database_four_things(gate, event, count_queries):
    tokens = [token_of(make_registration(event)) for _ in range(2)]
    gate.post(SCANS, scan(token=tokens[0]))

    with count_queries() as counted:
        assert gate.post(SCANS, scan(token=tokens[1])).json["result"] == "admitted"

    # Token, delegate and gate, earlier scans; scan and presence, which SQLite wants said apart.
    apart = 2 if db.engine.dialect.name == "sqlite" else 0
    assert counted.total == 4 + apart


def test_gate_rule_is_that_of_the_event_also_for_a_delegate_of_another(gate, event):
    other = event_today(slug="nhat-ban")
    add_gate(other, code="A", name=Bilingual("Phòng", "Room")).rule = EntryRule.ROOM
    stranger = make_registration(other)

    told = gate.post(SCANS, scan(code=stranger.code)).json

    assert (told["reason"], db.session.scalars(select(Scan.zone)).all()) == ("other_event", [""])


@pytest.mark.parametrize(
    "broken",
    [
        {"token": "a\0b"},
        {"token": "half a character: \ud83d"},
        {"token": "x" * 4301},
        {"token": 7},
        {"scan_id": "\ud83d\0"},
        {"scan_id": None},
        {"gate": "\0"},
        {"scanned_at": "9999-12-31T23:59:59-14:00"},
        {"sequence": 10**30},
        {"colour": "red"},
    ],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_one_broken_scan_among_many_spoils_none_of_them(app, gate, event, broken, language):
    tokens = [token_of(make_registration(event)) for _ in range(2)]
    gate.headers["Accept-Language"] = language
    good = [scan(token=token) for token in tokens]

    told = gate.post(f"{SCANS}/batch", {"scans": [good[0], scan(token="x") | broken, good[1]]})

    first, spoilt, last = told.json["results"]
    assert (told.status_code, first["result"], last["result"]) == (200, "admitted", "admitted")
    assert spoilt["reason"] == "unknown" or (spoilt["error"] == "invalid" and spoilt["detail"])


def upload_of(gate, body):
    return gate.send("POST", f"{SCANS}/batch", data=body, content_type="application/json")


@pytest.mark.parametrize(
    ("field", "answer"),
    [
        (b'"token": "a", "sequence": ' + b"[" * 900 + b"]" * 900, "invalid"),
        (b'"token": "a", "voids": ' + b'{"a":' * 90_000 + b"1" + b"}" * 90_000, "invalid"),
        (b'"token": "a", "elapsed_ms": ' + b"9" * 5_000, "invalid"),
        (b'"token": "a", "elapsed_ms": 1e999', "invalid"),
        (b'"token": "ti\xeang Vi\xeat, \x00\x1d\n"', "unknown"),
    ],
)
def test_scan_that_is_hardly_json_spoils_none_of_the_others(gate, event, field, answer):
    good = scan(token=token_of(make_registration(event)))
    spoilt = b'{"scan_id": "00000000-0000-4000-8000-000000000001", %s}' % field
    body = b'{"scans": [%s, %s]}' % (spoilt, json.dumps(good).encode())

    told = upload_of(gate, body)

    wrong, right = told.json["results"]
    assert (wrong["error"] or wrong["reason"], right["result"]) == (answer, "admitted")
    assert wrong["scan_id"] == "00000000-0000-4000-8000-000000000001"


@pytest.mark.parametrize("body", [b'{"scans": [', b'{"scans": ' + b"[" * 900, b"\xff", b"]" * 99])
def test_upload_that_is_no_json_at_all_is_malformed(gate, event, body):
    assert upload_of(gate, body).status_code == 400
