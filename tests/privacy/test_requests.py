from datetime import timedelta

import pytest

from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.events.models import MemberRole
from matchmaking.privacy.models import DataRequest, RequestKind
from matchmaking.privacy.services import requests
from tests.factories import make_event, make_member, make_registration

MINE = "/registrations/K7QM2X9D/personal-data"
DESK = "/organize/hoi-cho/personal-data"


@pytest.fixture
def delegate(app):
    return make_registration(make_event(slug="hoi-cho"), code="K7QM2X9D")


@pytest.fixture
def owner(browser_of, delegate):
    return browser_of(make_member(delegate.event, role=MemberRole.OWNER))


@pytest.mark.parametrize(
    ("kind", "days"), [("copy", 10), ("correction", 10), ("stop", 15), ("erasure", 20)]
)
def test_each_kind_of_request_has_the_days_the_law_gives(delegate, kind, days):
    request = requests.ask(delegate, RequestKind(kind))

    assert request.due_at - request.asked_at == timedelta(days=days)


def test_a_request_is_acknowledged_at_once_and_answered_by_letter(
    visitor, owner, delegate, mailbox
):
    mine = visitor.holding(delegate)
    mine.post(MINE, {"kind": "stop", "said": "Đừng gửi tên tôi cho báo chí"})
    acknowledged = mailbox.newest_text()
    request = db.session.scalars(db.select(DataRequest)).one()
    listed = owner.get(DESK).text

    owner.post(f"{DESK}/{request.id}", {"state": "done", "words": "Đã báo bộ phận báo chí."})

    assert "You will have an answer by" in acknowledged
    assert "To stop or limit their use" in listed
    assert any(
        "Đã báo bộ phận báo chí." in m.get_body(("plain",)).get_content() for m in _all(mailbox)
    )
    assert "Đã báo bộ phận báo chí." in mine.get(MINE).text


def _all(mailbox):
    mailbox.newest()
    return mailbox.messages


def test_what_a_confirmed_delegate_wants_erased_the_owner_decides(visitor, owner, delegate):
    visitor.holding(delegate).post(f"{MINE}/erase", {"confirmation": "K7QM2X9D"})
    request = db.session.scalars(db.select(DataRequest)).one()
    path = f"{DESK}/{request.id}/erase"

    assert not delegate.is_erased
    assert "What stays, and why" in owner.get(path).text
    assert owner.post(path, {"confirmation": "nothing"}).status_code == 422
    owner.post(path, {"confirmation": "K7QM2X9D"})

    assert delegate.is_erased
    assert not request.is_open
    assert owner.get(path).status_code == 302


def test_only_owners_erase(browser_of, delegate):
    request = requests.ask(delegate, RequestKind.ERASURE)
    editor = browser_of(make_member(delegate.event, role=MemberRole.EDITOR))

    assert editor.get(f"{DESK}/{request.id}/erase").status_code == 404
    assert "Only an owner" in editor.get(f"{DESK}/{request.id}").text


def test_the_office_notes_what_was_asked_by_letter(owner, delegate):
    path = "/organize/hoi-cho/delegates/K7QM2X9D/personal-data"
    first = owner.post(path, {"kind": "erasure", "said": "Thư ngày 20/11"})
    again = owner.post(path, {"kind": "erasure"})

    assert first.location == again.location
    assert db.session.scalars(db.select(DataRequest)).one().said == "Thư ngày 20/11"


def test_a_request_past_its_day_is_shown_as_late(owner, delegate, monkeypatch):
    requests.ask(delegate, RequestKind.CORRECTION)
    moment = clock.now() + timedelta(days=11)
    monkeypatch.setattr(clock, "now", lambda: moment)

    assert "late" in owner.get(DESK).text


def test_an_answer_given_meanwhile_is_not_given_twice(owner, delegate):
    request = requests.ask(delegate, RequestKind.STOP)
    answer = {"state": "refused", "words": "Luật bắt buộc lưu."}
    owner.post(f"{DESK}/{request.id}", answer)

    assert owner.post(f"{DESK}/{request.id}", answer).status_code == 409


def test_a_request_of_another_event_is_not_found(owner):
    request = requests.ask(make_registration(make_event()), RequestKind.STOP)

    assert owner.get(f"{DESK}/{request.id}").status_code == 404
    assert owner.post(MINE, {"kind": "face", "said": ""}).status_code == 404


@pytest.mark.parametrize("form", [{"kind": "face", "said": "x"}, {"kind": "stop", "said": ""}])
def test_what_cannot_be_asked_is_said_beside_the_field(visitor, delegate, form):
    assert visitor.holding(delegate).post(MINE, form).status_code == 422
