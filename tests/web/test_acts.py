import pytest
from flask_babel import force_locale

from matchmaking.core import audit
from matchmaking.core.i18n import _l
from matchmaking.web import acts
from tests.factories.events import make_event


@pytest.fixture(autouse=True)
def _own_sentences(monkeypatch):
    monkeypatch.setattr(acts, "_sentences", {})
    monkeypatch.setattr(acts, "_kinds", {})


def test_an_act_is_told_with_its_actor_and_details(app):
    acts.act("event.moved", _l("%(actor)s moved the event to %(hall)s."))
    with audit.acting_as(audit.Actor("user", name="Lê Thị Hoa")):
        entry = audit.record("event.moved", make_event(), hall="A1")

    assert acts.in_words(entry) == "Lê Thị Hoa moved the event to A1."


def test_a_code_among_the_details_is_told_by_its_name(app):
    acts.act("event.opened", "to %(whom)s", whom={"all": _l("everybody")})

    assert acts.in_words(audit.record("event.opened", make_event(), whom="all")) == "to everybody"


def test_an_act_nobody_described_is_told_by_its_code(app):
    assert acts.in_words(audit.record("event.dusted", make_event())) == "event.dusted"


def test_a_missing_detail_leaves_an_ellipsis_and_no_fault(app):
    acts.act("event.moved", "to %(hall)s by 100%%")

    assert acts.in_words(audit.record("event.moved", make_event())) == "to … by 100%"


def test_history_is_told_newest_first_in_the_zone_of_the_event(app):
    event = make_event()
    audit.record("first", event)
    audit.record("second", event)

    told = acts.history(event, event.zone)

    assert [line.what for line in told] == ["second", "first"]
    assert {line.who for line in told} == {"Gặp Gỡ"}


def test_kinds_are_listed_by_name_in_the_readers_language(app):
    acts.kind_of_acts("event", _l("Event"))
    acts.kind_of_acts("badge", _l("A badge"))

    with app.test_request_context(), force_locale("en"):
        assert acts.kinds() == [("badge", "A badge"), ("event", "Event")]
