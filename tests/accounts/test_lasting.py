"""A session ends when nobody uses it, and after a while anyhow; a form that was open is not lost."""

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape

from matchmaking.accounts.models import UserSession
from matchmaking.accounts.services import change_password, sign_out_everywhere
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.events import queries
from matchmaking.events.models import MemberRole
from matchmaking.web.settings import settings
from tests.factories import make_event, make_member, make_registration, make_user

GOOD = "cá rô phi đi xe đạp"
IDLE = "/sign-in?next=/account"


def leave(browser, *, minutes):
    """Nobody has touched this browser for so long."""
    with browser.client.session_transaction() as session:
        session["used_at"] -= minutes * 60


def make_person(**values):
    user = make_user(**values)
    change_password(user, GOOD)
    return user


def sign_in(browser, user, path="/sign-in"):
    return browser.post(path, {"email": user.email, "password": GOOD})


def fields_of(page):
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


def test_session_that_nobody_uses_for_two_hours_ends(browser_of):
    browser = browser_of(make_user())
    leave(browser, minutes=119)
    assert browser.get("/account").status_code == 200

    leave(browser, minutes=121)

    assert browser.get("/account").location == IDLE
    assert "Your session has ended." in browser.get(IDLE).text


def test_use_keeps_a_session_and_a_page_that_refreshes_itself_does_not(browser_of):
    browser = browser_of(make_user())
    leave(browser, minutes=80)
    browser.get("/account", headers={"X-Requested-With": "refresh"})
    leave(browser, minutes=39)
    assert browser.get("/account").status_code == 200

    leave(browser, minutes=80)

    assert browser.get("/account").status_code == 200


def test_session_ends_after_a_day_however_much_it_is_used(app, browser_of, monkeypatch):
    one_day = replace(settings(), session_hours=24)
    monkeypatch.setitem(app.extensions, "gap-go", one_day)
    user = make_user()
    browser = browser_of(user)
    (opened,) = db.session.scalars(db.select(UserSession))
    opened.started_at = clock.now() - timedelta(hours=23)
    assert browser.get("/account").status_code == 200

    opened.started_at = clock.now() - timedelta(hours=24, seconds=1)

    assert browser.get("/account").location == IDLE
    assert browser_of(user).get("/account").text.count("Signed in at") == 1


def test_form_sent_after_the_end_waits_until_its_writer_has_signed_in_again(browser_of):
    event = make_event()
    editor = make_member(event, MemberRole.EDITOR)
    change_password(editor, GOOD)
    browser = browser_of(editor)
    path = f"/organize/{event.slug}/programme/halls/new"
    leave(browser, minutes=121)

    page = browser.post(path, {"name_vi": "Hội trường “A” & B", "capacity": "120"})
    kept = fields_of(page.text)

    assert page.status_code == 401
    assert "not lost" in page.text
    assert f'action="{path}"' in page.text
    assert (kept["name_vi"], kept["capacity"]) == ("Hội trường “A” & B", "120")
    assert sign_in(browser, editor, "/sign-in?next=/sign-in/again").location == "/sign-in/again"
    assert "send your form again" in browser.get("/sign-in/again").text
    browser.client.post(path, data=kept, headers=browser.headers)
    assert [hall.name.vi for hall in queries.halls_of(event)] == ["Hội trường “A” & B"]


def test_form_that_waits_is_no_use_to_somebody_else(browser_of):
    mine, other = make_person(), make_person()
    browser = browser_of(mine)
    leave(browser, minutes=121)
    kept = fields_of(browser.post("/account", {"full_name": "Lê Hoa", "language": "en"}).text)

    sign_in(browser, other)

    assert browser.client.post("/account", data=kept).status_code == 400
    assert other.full_name != "Lê Hoa"


def test_page_that_keeps_a_form_repeats_no_password(browser_of):
    user = make_person()
    browser = browser_of(user)
    sign_out_everywhere(user)

    page = browser.post("/account/password", {"current": GOOD, "password": "ba con mèo xanh lá"})

    assert page.status_code == 401
    assert set(fields_of(page.text)) == {"csrf_token"}


def test_personal_link_opened_in_the_same_browser_outlasts_the_session(browser_of):
    registration = make_registration()
    browser = browser_of(make_user()).holding(registration)
    leave(browser, minutes=121)

    assert browser.get("/account").location == IDLE
    assert browser.get(f"/registrations/{registration.code}").status_code == 200


def test_cookie_that_does_not_say_when_it_was_used_opens_nothing(browser_of):
    browser = browser_of(make_user())
    with browser.client.session_transaction() as session:
        del session["used_at"]

    assert browser.get("/account").location == IDLE
