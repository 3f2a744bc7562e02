from datetime import timedelta

import pytest

from matchmaking.core import clock
from matchmaking.core.audit import history_of
from matchmaking.core.database import db
from matchmaking.core.spreadsheets import read_rows
from matchmaking.privacy.models import Breach
from matchmaking.privacy.services.erasing import erase_registration
from tests.factories import (
    make_administrator,
    make_event,
    make_interpreter,
    make_member,
    make_registration,
)

LOST = {"found_at": "20/11/2026 08:00", "event": "hoi-cho", "what": "Mất máy tính ở cổng"}


@pytest.fixture
def administrator(browser_of):
    return browser_of(make_administrator())


@pytest.fixture
def event(app, monkeypatch):
    moment = clock.now().replace(year=2026, month=11, day=22, hour=3)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return make_event(slug="hoi-cho")


def noted(administrator, **values):
    administrator.post("/breaches/new", {**LOST, **values})
    return db.session.scalars(db.select(Breach)).one()


def test_a_breach_is_due_72_hours_after_it_was_found(administrator, event, monkeypatch):
    breach = noted(administrator)
    waiting = administrator.get("/breaches").text
    late = breach.due_at + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: late)

    assert breach.due_at - breach.found_at == timedelta(hours=72)
    assert "08:00, 23/11/2026" in waiting
    assert "to be reported" in waiting
    assert "report overdue" in administrator.get("/breaches").text


@pytest.mark.parametrize(
    ("reported", "state"),
    [("22/11/2026 09:00", "reported in time"), ("24/11/2026 09:00", "reported late")],
)
def test_what_is_known_later_is_added_and_reporting_is_noted(administrator, event, reported, state):
    breach = noted(administrator)
    more = {**LOST, "people": "640", "which": "Họ tên", "reported_at": reported}

    administrator.post(f"/breaches/{breach.id}", more)
    page = administrator.get(f"/breaches/{breach.id}").text

    assert (breach.people, breach.event) == (640, event)
    assert state in page
    assert [line.action for line in history_of(breach)] == ["breach.changed", "breach.noted"]


def test_the_list_of_people_to_tell_holds_all_who_are_still_known(administrator, event):
    make_registration(event, full_name="Bùi Văn Ất", email="at@example.com")
    make_interpreter(event, full_name="Lê Thị Lan", email="lan@example.com")
    erase_registration(make_registration(event, full_name="Đã Đi"))
    breach = noted(administrator)

    answer = administrator.post(f"/breaches/{breach.id}/people.xlsx")

    assert [row[:2] for row in read_rows(answer.data)[1:]] == [
        ["Bùi Văn Ất", "at@example.com"],
        ["Lê Thị Lan", "lan@example.com"],
    ]
    assert answer.headers["Cache-Control"] == "no-store"
    assert history_of(breach)[0].details == {"count": 2}


@pytest.mark.parametrize(
    "wrong", [{"found_at": ""}, {"found_at": "22/11/2030 08:00"}, {"what": ""}, {"people": "many"}]
)
def test_what_cannot_be_right_is_said_beside_its_field(administrator, event, wrong):
    assert administrator.post("/breaches/new", {**LOST, **wrong}).status_code == 422


def test_owners_of_an_event_see_no_breaches(browser_of, event):
    owner = browser_of(make_member(event))

    for path in ("/breaches", "/breaches/new"):
        assert owner.get(path).status_code == 404
