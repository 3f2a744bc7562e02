from datetime import datetime, time, timedelta

import pytest

from matchmaking.checkin.models import Gate, Reason
from matchmaking.checkin.readings import Source
from matchmaking.checkin.verdicts import EntryRule
from matchmaking.core import clock
from matchmaking.core.bilingual import Bilingual
from tests.checkin.uploading import EAST, assert_in_step, offline, upload, words
from tests.factories.base import add
from tests.factories.registration import make_registration


@pytest.fixture
def delegate(event):
    return make_registration(event)


@pytest.mark.parametrize(
    ("values", "words_told"),
    [
        ({"rule": EntryRule.MANY}, ["admitted"] * 3),
        ({"rule": EntryRule.ONCE}, ["admitted", "duplicate", "duplicate"]),
        ({"rule": EntryRule.DAILY}, ["admitted", "duplicate", "duplicate"]),
        ({"admits": ["vip"]}, ["refused!"] * 3),
    ],
)
def test_gate_has_a_rule_of_its_own(event, delegate, values, words_told):
    delegate.ticket_type.badge_type = "delegate"
    add(Gate(event_id=event.id, code="M", name=Bilingual("Bữa trưa"), **values))
    noon = clock.exact() - timedelta(minutes=3)
    scans = [
        offline(delegate, gate="M", scanned_at=noon + timedelta(seconds=n), sequence=n)
        for n in range(3)
    ]

    assert words(upload(event, EAST, scans)) == words_told
    assert_in_step(event)


def test_gate_is_closed_outside_its_hours(event, delegate, monkeypatch):
    noon = datetime.combine(clock.now().astimezone(event.zone), time(12), event.zone)
    monkeypatch.setattr(clock, "now", lambda: noon)
    monkeypatch.setattr(clock, "exact", lambda: noon)
    add(Gate(event_id=event.id, code="L", name=Bilingual("Muộn"), opens=time(13)))
    add(Gate(event_id=event.id, code="S", name=Bilingual("Sớm"), closes=time(11)))

    told = upload(event, EAST, [offline(delegate, gate=gate, minutes_ago=0) for gate in "LS"])

    assert [one.reason for one in told] == [Reason.NOT_YET_VALID, Reason.NO_LONGER_VALID]


def test_device_of_other_gates_is_refused_there(event, delegate):
    source = Source("device-north", gates=("N",))

    told = upload(event, source, [offline(delegate, gate="A"), offline(delegate, gate="N")])

    assert [one.reason for one in told] == [Reason.WRONG_GATE, None]
