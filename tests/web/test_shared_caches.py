"""What a proxy or a CDN may keep a copy of, and give to everybody."""

import pytest

from matchmaking.events.models import EventStatus
from tests.factories import (
    make_event,
    make_member,
    make_registration,
    make_session,
    make_ticket_type,
)
from tests.visitor import Visitor

PUBLIC = (
    "/",
    "/events/han-quoc",
    "/api/v1/events",
    "/api/v1/events/han-quoc",
    "/api/v1/events/han-quoc/agenda",
)


@pytest.fixture
def event(app):
    event = make_event(slug="han-quoc")
    make_session(event)
    return event


@pytest.mark.parametrize("path", PUBLIC)
def test_copy_for_everybody_says_how_long_it_holds_and_carries_no_cookie(event, visitor, path):
    answer = visitor.get(path)

    assert answer.status_code == 200
    assert answer.cache_control.public
    assert 0 < answer.cache_control.max_age <= 300
    assert "Set-Cookie" not in answer.headers
    assert "Accept-Language" in answer.vary or path.startswith("/api/")


@pytest.mark.parametrize("path", PUBLIC)
def test_whoever_has_the_copy_is_told_that_it_still_holds(event, visitor, path):
    tag = visitor.get(path).headers["ETag"]

    again = visitor.get(path, headers={**visitor.headers, "If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")
    assert "Set-Cookie" not in again.headers


@pytest.mark.parametrize("path", ["/", "/events/han-quoc"])
def test_page_of_somebody_who_is_signed_in_is_theirs_alone(event, browser_of, path):
    answer = browser_of(make_member(event)).get(path)

    assert {"private", "no-store"} & set(answer.cache_control)
    assert not answer.cache_control.public
    assert "Cookie" in answer.vary


def test_two_strangers_get_the_same_bytes(app, event):
    for path in PUBLIC:
        assert Visitor(app).get(path).data == Visitor(app).get(path).data


IN_THE_READERS_LANGUAGE = ("/events/han-quoc/agenda.ics", "/events/han-quoc/programme.pdf")


@pytest.mark.parametrize("path", [*IN_THE_READERS_LANGUAGE, "/robots.txt"])
def test_copy_for_everybody_neither_carries_nor_depends_on_a_session(event, browser_of, path):
    answer = browser_of(make_member(event)).get(f"{path}?lang=en")

    assert answer.cache_control.public
    assert "Set-Cookie" not in answer.headers
    assert {"Cookie", "Accept-Language"} <= set(answer.vary) or path not in IN_THE_READERS_LANGUAGE
    assert "Cookie" not in answer.vary or path in IN_THE_READERS_LANGUAGE


@pytest.mark.parametrize("path", IN_THE_READERS_LANGUAGE)
def test_paper_about_a_draft_is_for_those_who_work_on_it_alone(event, visitor, browser_of, path):
    event.status = EventStatus.DRAFT

    answer = browser_of(make_member(event)).get(path)

    assert answer.status_code == 200
    assert "no-store" in answer.cache_control
    assert visitor.get(path).status_code == 404


def test_what_a_delegate_sees_or_sends_is_kept_in_no_cache(app, event, visitor):
    make_ticket_type(event)
    form = "/events/han-quoc/register"
    delegate = Visitor(app).holding(make_registration(event=event))

    assert "no-store" not in visitor.get(form).cache_control  # who goes back finds what they typed
    for answer in (visitor.post(form, {"full_name": "Ánh"}), delegate.get(form), delegate.get("/")):
        assert answer.headers["Cache-Control"] == "no-store"


def test_demo_mailbox_with_its_links_is_kept_in_no_cache(visitor, demo):
    assert visitor.get("/mailbox").headers["Cache-Control"] == "no-store"
