"""Who is named at an event without a registration, and in texts that others wrote."""

import pytest

from matchmaking.companies.models import Side
from matchmaking.core import clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.core.erasures import NAME as NOBODY
from matchmaking.core.upkeep import restored
from matchmaking.events.models import MemberRole, Speaker
from matchmaking.privacy.models import RequestKind
from matchmaking.privacy.services.requests import ask
from tests.factories import (
    make_company,
    make_event,
    make_interpreter,
    make_member,
    make_registration,
    make_request,
    make_session,
)
from tests.factories.base import add

NAME = "Lò Thị Mỵ"


@pytest.fixture
def event(app):
    return make_event(slug="hoi-cho")


@pytest.fixture
def owner(event, browser_of):
    return browser_of(make_member(event, MemberRole.OWNER))


def make_speaker(event, session=None, **values):
    session = session or make_session(event)
    values.setdefault("full_name", NAME)
    return add(Speaker(event_id=event.id, session_id=session.id, **values))


def erasing(kind, subject):
    return f"/organize/hoi-cho/personal-data/{kind}/{subject.id}/erase"


def test_speaker_who_asks_is_erased_from_every_session_and_stays_so_after_a_restore(event, owner):
    first, other = make_speaker(event), make_speaker(event)
    guest = make_speaker(event, full_name="Kim Min-jun")
    sessions, kept = [first.session, other.session], (first.id, first.session_id)
    removed = owner.post(f"/organize/hoi-cho/programme/sessions/{guest.session_id}/remove")
    assert removed.status_code in {302, 303}

    page = owner.get(erasing("speaker", first))
    assert "every session of this event" in page.text
    assert owner.post(erasing("speaker", first), {"confirmation": "no"}).status_code == 422
    owner.post(erasing("speaker", first), {"confirmation": NAME.lower()})

    assert db.session.scalars(db.select(Speaker.full_name)).all() == []
    assert [session.version for session in sessions] == [2, 2]
    assert NAME not in owner.get("/events/hoi-cho").text
    assert owner.post(removed.location.replace("/programme?", "/restore?back=programme&"))
    assert db.session.scalars(db.select(Speaker.full_name)).all() == ["Kim Min-jun"]
    add(Speaker(id=kept[0], event_id=event.id, session_id=kept[1], full_name=NAME))
    restored.send(None)
    assert db.session.scalars(db.select(Speaker.full_name)).all() == ["Kim Min-jun"]


def test_removed_session_that_names_an_erased_speaker_cannot_be_brought_back(event, owner):
    speaker, gone = make_speaker(event), make_speaker(event)
    removed = owner.post(f"/organize/hoi-cho/programme/sessions/{gone.session_id}/remove")
    owner.post(erasing("speaker", speaker), {"confirmation": NAME})

    owner.post(removed.location.replace("/programme?", "/restore?back=programme&"))

    assert db.session.scalars(db.select(Speaker.full_name)).all() == []


def test_interpreter_without_a_registration_is_erased_by_the_owner_of_the_event(event, owner):
    lan = make_interpreter(event, full_name=NAME, email="my@example.com", phone="+84912345678")

    owner.post(erasing("interpreter", lan), {"confirmation": NAME})

    assert (lan.full_name, lan.email, lan.phone) == (NOBODY, "", "")
    assert owner.get(erasing("interpreter", lan)).status_code == 404


@pytest.mark.parametrize("role", [MemberRole.EDITOR, MemberRole.VIEWER])
def test_only_an_owner_searches_and_erases_and_only_at_their_event(event, browser_of, role):
    speaker = make_speaker(event)
    elsewhere = make_member(make_event(slug="khac"), MemberRole.OWNER)
    for browser in (browser_of(make_member(event, role)), browser_of(elsewhere)):
        assert browser.get(erasing("speaker", speaker)).status_code == 404
        assert browser.post("/organize/hoi-cho/personal-data/named").status_code == 404
    path = erasing("speaker", speaker).replace("hoi-cho", "khac")
    assert browser_of(elsewhere).post(path, {"confirmation": NAME}).status_code == 404


def test_erasing_asks_once_more_who_is_there(event, owner):
    speaker = make_speaker(event)
    with owner.client.session_transaction() as session:
        session.pop("proved_at")

    answer = owner.post(erasing("speaker", speaker), {"confirmation": NAME})

    assert "/account/confirm" in answer.location


def named(owner, words):
    return owner.post("/organize/hoi-cho/personal-data/named", {"words": words})


def test_texts_that_name_somebody_are_found_however_they_are_written(event, owner):
    local, foreign = make_company(event), make_company(event, side=Side.FOREIGN)
    make_request(local, foreign, message="Xin gặp bà Lò Thị Mỵ, số 0912 345 678, về tơ lụa.")
    make_registration(event, note="Đi cùng my@example.com")
    make_registration(event, full_name="Trần An", answers={"hotel": "phòng của LO THI MY"})
    make_session(event, description=Bilingual("Dẫn chương trình: Lò Thị Mỵ", ""))
    make_registration(event, full_name="Lò Thị Mỵ Dung", note="Lò Thị Mỵa")

    by_name = named(owner, "lo thi my").text

    assert by_name.count("<tr>") - 1 == 4
    assert "Xin gặp bà Lò Thị Mỵ" in by_name
    assert "phòng của LO THI MY" in by_name
    assert "Dẫn chương trình" in by_name
    assert "Mỵa" not in by_name
    assert "0912 345 678" in named(owner, "+84 912 345 678").text
    assert "Đi cùng my@example.com" in named(owner, "MY@example.com").text
    assert "Named nowhere" in named(owner, "Hoàng Văn Thái").text
    assert named(owner, "x").status_code == 422


def test_officer_sees_what_erasing_leaves_before_it_is_done(event, owner):
    delegate = make_registration(event, full_name=NAME, note="Lò Thị Mỵ ăn chay")
    local, foreign = make_company(event), make_company(event, side=Side.FOREIGN)
    make_request(local, foreign, message="Xin gặp bà Lò Thị Mỵ")
    asked = ask(delegate, RequestKind.ERASURE, "Xin xóa tên Lò Thị Mỵ")

    page = owner.get(f"/organize/hoi-cho/personal-data/{asked.id}/erase").text

    assert "Xin gặp bà Lò Thị Mỵ" in page
    assert "ăn chay" not in page
    assert "Xin xóa tên" not in page
    assert clock.now() < asked.due_at
