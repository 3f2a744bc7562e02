import re
from dataclasses import replace
from datetime import timedelta

import pyotp
import pytest

from matchmaking.accounts.links import link_token
from matchmaking.accounts.models import LinkPurpose, Passkey
from matchmaking.accounts.services import change_password, issue_link, reset_account
from matchmaking.core import clock
from matchmaking.core.sealing import CannotUnseal, seal, unseal
from matchmaking.web.settings import settings
from tests.factories.accounts import make_administrator, make_user
from tests.factories.base import add
from tests.visitor import Visitor

GOOD = "cá rô phi đi xe đạp"
PATH = "/account/second-step"


def code_of(key, *, later=0):
    """What the app shows now, or some half minutes later."""
    return pyotp.TOTP(key).at(clock.now() + timedelta(seconds=30 * later))


def turn_on(browser):
    """Set the app up; gives its key and the recovery codes."""
    key = re.search(r'<code class="breaks">(\w+)</code>', browser.get(PATH).text)[1]
    page = browser.post(PATH, {"code": code_of(key)}).text
    return key, re.findall(r"<li><code>([\w-]+)</code></li>", page)


def sign_in(app, user):
    browser = Visitor(app)
    answer = browser.post("/sign-in?next=/account", {"email": user.email, "password": GOOD})
    return browser, answer


@pytest.fixture
def user(app):
    user = make_user()
    change_password(user, GOOD)
    return user


@pytest.fixture
def app_key(browser_of, user):
    return turn_on(browser_of(user))[0]


def test_password_alone_leads_to_the_second_step_and_opens_nothing(app, user, app_key):
    browser, answer = sign_in(app, user)

    assert answer.location == "/sign-in/second-step?next=/account"
    assert browser.get("/sign-in/second-step").status_code == 200
    assert "/sign-in" in browser.get("/account").location


def test_the_apps_code_opens_the_account_and_leads_on(app, user, app_key):
    browser, answer = sign_in(app, user)
    code = code_of(app_key, later=1)

    answer = browser.post(answer.location, {"code": f" {code[:3]} {code[3:]}"})

    assert (answer.status_code, answer.location) == (303, "/account")
    assert browser.get("/account").status_code == 200


def test_a_code_is_good_once(app, user, app_key):
    code = code_of(app_key, later=1)
    first, _answer = sign_in(app, user)
    second, _answer = sign_in(app, user)
    first.post("/sign-in/second-step", {"code": code})

    refused = second.post("/sign-in/second-step", {"code": code})

    assert refused.status_code == 422
    assert "This code is not right, or was used already." in refused.text


@pytest.mark.parametrize("code", ["000000", "", "x" * 50, "１２３４５６", "\u0000"])
def test_a_wrong_code_is_refused_beside_its_field(app, user, app_key, code):
    browser, _answer = sign_in(app, user)

    refused = browser.post("/sign-in/second-step", {"code": code})

    assert refused.status_code == 422
    assert "field__error" in refused.text
    assert "/sign-in" in browser.get("/account").location


@pytest.mark.usefixtures("limits")
def test_codes_cannot_be_guessed(app, user, app_key):
    browser, _answer = sign_in(app, user)
    for _attempt in range(10):
        browser.post("/sign-in/second-step", {"code": "000000"})

    answer = browser.post("/sign-in/second-step", {"code": code_of(app_key, later=1)})

    assert answer.status_code == 429


def test_a_mailed_link_asks_for_the_second_step_as_well(app, user, app_key):
    link = issue_link(user, LinkPurpose.SIGN_IN)
    browser = Visitor(app)

    answer = browser.post(f"/sign-in/link/{link_token(link.id)}")

    assert answer.location.startswith("/sign-in/second-step")
    browser.post(answer.location, {"code": code_of(app_key, later=1)})
    assert browser.get("/account").status_code == 200


def test_a_recovery_code_stands_in_for_the_app_once(app, browser_of, user):
    _key, codes = turn_on(browser_of(user))
    first, _answer = sign_in(app, user)
    second, _answer = sign_in(app, user)

    assert len(codes) == 10
    assert first.post("/sign-in/second-step", {"code": codes[0].upper()}).status_code == 303
    assert second.post("/sign-in/second-step", {"code": codes[0]}).status_code == 422
    assert second.post("/sign-in/second-step", {"code": codes[1]}).status_code == 303


def test_new_recovery_codes_void_the_old_ones(app, browser_of, user):
    browser = browser_of(user)
    _key, codes = turn_on(browser)
    browser.post(f"{PATH}/recovery-codes", {"code": codes[0]})
    other, _answer = sign_in(app, user)

    assert other.post("/sign-in/second-step", {"code": codes[1]}).status_code == 422


def test_turning_it_off_takes_a_code(app, browser_of, user):
    browser = browser_of(user)
    _key, codes = turn_on(browser)

    assert browser.post(f"{PATH}/off", {"code": "000000"}).status_code == 422
    assert user.has_second_step
    browser.post(f"{PATH}/off", {"code": codes[0]})
    assert not user.has_second_step
    assert sign_in(app, user)[1].location == "/account"


def test_setting_up_with_a_wrong_code_changes_nothing(browser_of, user):
    browser = browser_of(user)
    browser.get(PATH)

    assert browser.post(PATH, {"code": "000000"}).status_code == 422
    assert not user.has_second_step


def test_the_apps_key_is_not_in_the_database(user, app_key):
    assert app_key not in user.app_secret
    assert unseal(user.app_secret, secret=settings().data_secret, purpose="totp") == app_key


def test_reset_by_the_server_takes_the_second_step_away(user, app_key):
    reset_account(user)

    assert not user.has_second_step


def test_half_way_in_ends_after_ten_minutes(app, user, app_key, monkeypatch):
    browser, _answer = sign_in(app, user)
    with browser.client.session_transaction() as session:
        session["half_way_in"][1] -= 601
        session.modified = True

    assert "/sign-in?" in browser.get("/sign-in/second-step?next=/account").location


def test_an_office_may_ask_its_organizers_for_a_second_step(app, browser_of, monkeypatch):
    config = settings()
    monkeypatch.setitem(app.extensions, "gap-go", replace(config, second_step_required=True))
    browser = browser_of(make_administrator())

    assert browser.get("/users").location == PATH
    turn_on(browser)
    assert browser.get("/users").status_code == 200


def test_another_persons_passkey_is_not_found(app, browser_of, user):
    theirs = add(Passkey(user_id=user.id, credential=b"1", public_key=b"2", name="Máy của tôi"))

    answer = browser_of(make_user()).post(f"{PATH}/passkeys/{theirs.id}/remove")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{}",
        "[]",
        "nonsense",
        '{"id": 1}',
        '{"id":"AA","rawId":"AA","type":"public-key","response":{}}',
    ],
)
def test_an_answer_that_no_passkey_gave_signs_nobody_in(visitor, answer):
    visitor.get("/sign-in")

    refused = visitor.post("/sign-in/passkey", {"answer": answer})

    assert refused.location == "/sign-in"
    assert "This passkey could not be checked." in visitor.get("/sign-in").text


def test_what_is_sealed_opens_with_the_same_secret_and_purpose_alone():
    sealed = seal("Nguyễn", secret=[b"one"], purpose="totp")

    assert unseal(sealed, secret=[b"one"], purpose="totp") == "Nguyễn"
    assert seal("Nguyễn", secret=[b"one"], purpose="totp") != sealed
    for secret, purpose, text in (
        ([b"two"], "totp", sealed),
        ([b"one"], "other", sealed),
        ([b"one"], "totp", sealed[:-4]),
        ([b"one"], "totp", "?"),
    ):
        with pytest.raises(CannotUnseal):
            unseal(text, secret=secret, purpose=purpose)
