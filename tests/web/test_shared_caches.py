"""What a proxy or a CDN may keep a copy of, and give to everybody."""

import pytest

from tests.factories import make_event, make_member, make_session
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
