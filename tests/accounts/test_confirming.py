"""What decides who may come in is changed only by who has just shown who they are."""

from datetime import timedelta

import pyotp
import pytest

from matchmaking.accounts.links import link_token
from matchmaking.accounts.models import LinkPurpose, OneTimeLink
from matchmaking.accounts.services import change_password
from matchmaking.accounts.services.second_step import turn_on
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.events.models import ApiToken, MemberRole
from matchmaking.web.settings import settings
from tests.factories import make_event, make_member, make_user

GOOD = "cá rô phi đi xe đạp"
CONFIRM = "/account/confirm?next=/account/second-step"


@pytest.fixture
def found_open(browser_of):
    """A browser that somebody left open an hour ago."""

    def browser(user):
        found = browser_of(user)
        with found.client.session_transaction() as session:
            session["proved_at"] -= 3600
        return found

    return browser


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/account/second-step", None),
        ("/account/second-step", {"code": "123456"}),
        ("/account/second-step/passkeys", {"answer": "{}"}),
        ("/account/password", None),
        ("/account/password", {"password": GOOD}),
    ],
)
def test_browser_left_open_cannot_change_how_its_owner_signs_in(found_open, path, form):
    user = make_user()
    browser = found_open(user)

    answer = browser.get(path) if form is None else browser.post(path, form)

    assert answer.status_code == 303
    assert answer.location.startswith("/account/confirm?next=/account/")
    assert (user.has_password, user.has_second_step) == (False, False)


def test_browser_left_open_makes_no_token(found_open):
    event = make_event()
    owner = found_open(make_member(event, MemberRole.OWNER))
    path = f"/organize/{event.slug}/programs"

    answer = owner.post(f"{path}/tokens", {"name": "Chamber", "scope": "read"})

    assert answer.location == f"/account/confirm?next={path}"
    assert db.session.scalars(db.select(ApiToken)).all() == []
    assert answer.location in owner.get(path).text


def test_password_is_proof_for_a_quarter_of_an_hour(found_open):
    user = make_user()
    change_password(user, GOOD)
    browser = found_open(user)

    assert "current password" in browser.post(CONFIRM, {"password": "wrong"}).text
    assert browser.get("/account/second-step").status_code == 303
    answer = browser.post(CONFIRM, {"password": GOOD})

    assert (answer.status_code, answer.location) == (303, "/account/second-step")
    assert browser.get("/account/second-step").status_code == 200


def test_code_is_proof_for_who_has_no_password(found_open):
    user, key = make_user(), pyotp.random_base32()
    now = clock.now()
    turn_on(user, key, pyotp.TOTP(key).at(now), secret=settings().data_secret)
    browser = found_open(user)

    assert browser.post(CONFIRM, {"code": "000000"}).status_code == 422
    answer = browser.post(CONFIRM, {"code": pyotp.TOTP(key).at(now + timedelta(seconds=30))})

    assert answer.location == "/account/second-step"
    assert browser.get("/account/second-step").status_code == 200


def test_passkey_that_is_none_proves_nothing(found_open):
    browser = found_open(make_user())
    browser.get(CONFIRM)

    answer = browser.post("/account/confirm/passkey", {"answer": "{}"})

    assert answer.location.startswith("/account/confirm")
    assert browser.get("/account/second-step").status_code == 303


def test_mailed_link_is_proof_for_who_has_nothing_else(found_open, visitor):
    browser = found_open(make_user())
    assert "Mail me a link" in browser.get(CONFIRM).text
    assert browser.post(CONFIRM, {"password": GOOD}).status_code == 422

    browser.post("/account/confirm/link?next=/account/second-step")
    link = db.session.scalars(db.select(OneTimeLink)).one()
    answer = visitor.post(f"/sign-in/link/{link_token(link.id)}")

    assert link.purpose is LinkPurpose.SIGN_IN
    assert answer.location == "/account/second-step"
    assert visitor.get("/account/second-step").status_code == 200


@pytest.mark.usefixtures("limits")
def test_password_cannot_be_guessed_in_a_browser_left_open(found_open):
    user = make_user()
    change_password(user, GOOD)
    browser = found_open(user)
    for _attempt in range(10):
        browser.post(CONFIRM, {"password": "wrong"})

    assert browser.post(CONFIRM, {"password": GOOD}).status_code == 429
