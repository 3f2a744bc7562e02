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
