"""One scan after the other, as a gate with a network sends them."""

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


def test_scan_asks_the_database_five_things(gate, event, count_queries):
    tokens = [token_of(make_registration(event)) for _ in range(2)]
    gate.post(SCANS, scan(token=tokens[0]))

    with count_queries() as counted:
        assert gate.post(SCANS, scan(token=tokens[1])).json["result"] == "admitted"

    begin = 1 if db.engine.dialect.name == "sqlite" else 0
    assert counted.total == 5 + begin  # token, delegate and gate, earlier scans; scan, presence


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
