import re

import pytest

from matchmaking.accounts.links import link_token
from matchmaking.accounts.models import LinkPurpose
from matchmaking.accounts.services import change_password, issue_link, sign_out_everywhere
from matchmaking.core.database import db
from tests.factories.accounts import make_administrator, make_user

GOOD = "cá rô phi đi xe đạp"


def make_user_with_password(**values):
    user = make_user(**values)
    change_password(user, GOOD)
    return user


def mailed_path(text):
    return re.search(r"http://127\.0\.0\.1:8000(/sign-in/link/\S+)", text)[1]


def is_signed_in(visitor):
    return visitor.get("/account").status_code == 200


def test_person_with_a_password_comes_in_and_goes_where_they_wanted(visitor):
    user = make_user_with_password()

    answer = visitor.post("/sign-in?next=/users", {"email": user.email, "password": GOOD})

    assert (answer.status_code, answer.location) == (303, "/users")
    assert is_signed_in(visitor)


def test_wrong_password_is_answered_beside_the_field_and_the_address_stays(visitor):
    user = make_user_with_password()

    answer = visitor.post("/sign-in", {"email": user.email, "password": "wrong"})

    assert answer.status_code == 422
    assert "The address and the password do not belong together." in answer.text
    assert f'value="{user.email}"' in answer.text
    assert not is_signed_in(visitor)


@pytest.mark.parametrize("email", ["", "hoa", "hoa@", "x" * 5000, "ho\u0300a@@example.com"])
def test_bad_address_is_answered_with_a_sentence(visitor, email):
    assert visitor.post("/sign-in", {"email": email, "password": "x" * 5000}).status_code == 422
    assert visitor.post("/sign-in/link", {"email": email}).status_code == 422
    assert visitor.post("/sign-in/forgotten", {"email": email}).status_code == 422


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "/\\example.org"])
def test_sign_in_never_leads_to_another_site(visitor, elsewhere):
    user = make_user_with_password()

    answer = visitor.post(f"/sign-in?next={elsewhere}", {"email": user.email, "password": GOOD})

    assert answer.location == "/account/home"


def test_page_that_needs_an_account_sends_to_sign_in_and_back(visitor):
    assert visitor.get("/users?q=hoa").location == "/sign-in?next=/users?q%3Dhoa"
    assert visitor.post("/account/sign-out-everywhere").location == "/sign-in"


def test_answer_to_a_request_for_a_link_does_not_tell_who_has_an_account(visitor, mailbox):
    make_user(email="hoa@example.com")

    known = visitor.post("/sign-in/link", {"email": "hoa@example.com"})
    unknown = visitor.post("/sign-in/link", {"email": "nobody@example.com"})

    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    mailbox.newest()
    assert [mail["To"] for mail in mailbox.messages] == ["hoa@example.com"]


def test_mailed_link_shows_one_button_and_only_pressing_it_signs_in(visitor, mailbox):
    make_user(email="hoa@example.com", full_name="Lê Thị Hoa", language="en")
    visitor.post("/sign-in/link?next=/users", {"email": "hoa@example.com"})
    path = mailed_path(mailbox.newest_text())

    for _again in range(2):
        page = visitor.get(path)
        assert page.status_code == 200
        assert "Welcome, Lê Thị Hoa" in page.text
        assert page.text.split("<main")[1].count("<button") == 1
    assert not is_signed_in(visitor)

    assert visitor.post(path).location == "/users"
    assert is_signed_in(visitor)


def test_used_link_says_so_and_offers_another(visitor):
    link = issue_link(make_user(), LinkPurpose.SIGN_IN)
    path = f"/sign-in/link/{link_token(link.id)}"
    visitor.post(path)

    for answer in (visitor.get(path), visitor.post(path)):
        assert answer.status_code == 410
        assert "This link no longer works" in answer.text


def test_made_up_link_is_not_found(visitor):
    link = issue_link(make_user(), LinkPurpose.SIGN_IN)
    token = link_token(link.id)

    for wrong in (token[::-1], "x", "🌾", token + "="):
        assert visitor.get(f"/sign-in/link/{wrong}").status_code == 404
        assert visitor.post(f"/sign-in/link/{wrong}").status_code == 404


def test_signing_in_starts_a_session_that_holds_nothing_from_before(visitor):
    user = make_user_with_password()
    with visitor.client.session_transaction() as session:
        session["planted"] = "by somebody else"

    visitor.post("/sign-in", {"email": user.email, "password": GOOD})

    with visitor.client.session_transaction() as session:
        assert "planted" not in session


def test_signing_out_leaves_nothing_behind(visitor):
    user = make_user_with_password()
    visitor.post("/sign-in", {"email": user.email, "password": GOOD})

    assert visitor.get("/sign-out").status_code == 405
    visitor.post("/sign-out")

    assert not is_signed_in(visitor)


def test_session_ended_everywhere_is_ended_here(visitor):
    user = make_user()
    visitor.signed_in_as(user)
    assert is_signed_in(visitor)

    sign_out_everywhere(user)
    db.session.commit()

    assert not is_signed_in(visitor)


def test_personal_pages_are_kept_in_no_cache(browser_of):
    browser = browser_of(make_administrator())

    for path in ("/account", "/users", "/nowhere"):
        assert browser.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("limits")
def test_tenth_wrong_password_for_one_account_has_to_wait_and_others_do_not(visitor):
    user, other = make_user_with_password(), make_user_with_password()
    for _attempt in range(10):
        visitor.post("/sign-in", {"email": user.email, "password": "wrong"})

    refused = visitor.post("/sign-in", {"email": user.email.upper(), "password": GOOD})
    welcome = visitor.post("/sign-in", {"email": other.email, "password": GOOD})

    assert refused.status_code == 429
    assert "Too many attempts. Try again in 15 minutes." in refused.text
    assert int(refused.headers["Retry-After"]) > 0
    assert welcome.status_code == 303


@pytest.mark.usefixtures("limits")
def test_whole_office_behind_one_address_can_sign_in(app, visitor):
    for _person in range(12):
        user = make_user_with_password()
        answer = visitor.post("/sign-in", {"email": user.email, "password": GOOD})
        visitor.post("/sign-out")
        assert answer.status_code == 303


@pytest.mark.usefixtures("limits")
def test_sixth_link_within_an_hour_has_to_wait(visitor):
    for _request in range(5):
        assert visitor.post("/sign-in/link", {"email": "hoa@example.com"}).status_code == 303

    answer = visitor.post("/sign-in/link", {"email": "hoa@example.com"})

    assert answer.status_code == 429
    assert "Too many attempts. Try again in 60 minutes." in answer.text
