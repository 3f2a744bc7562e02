import pytest

from matchmaking.accounts.browsers import browser_in_words
from matchmaking.accounts.links import link_token
from matchmaking.accounts.models import LinkPurpose
from matchmaking.accounts.queries import sessions_of
from matchmaking.accounts.services import change_password, issue_link
from matchmaking.accounts.services.passwords import password_is_right
from tests.factories.accounts import make_user
from tests.visitor import Visitor

GOOD = "cá rô phi đi xe đạp"
NEW = "ba con mèo học tiếng Hàn"


def come_by_link(visitor, user, purpose, **values):
    link = issue_link(user, purpose, **values)
    return visitor.post(f"/sign-in/link/{link_token(link.id)}")


def test_person_changes_name_and_language(browser_of):
    user = make_user(language="vi")

    answer = browser_of(user).post("/account", {"full_name": " Lê  Thị Hoa ", "language": "en"})

    assert (answer.status_code, answer.location) == (303, "/account?lang=en")
    assert (user.full_name, user.language) == ("Lê Thị Hoa", "en")


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("", "Write your name."), ("Đ" * 5000, "Shorten this to 120 letters or fewer.")],
)
def test_name_that_cannot_be_kept_is_answered_beside_the_field(browser_of, name, sentence):
    user = make_user(full_name="Trần Minh Đức")

    answer = browser_of(user).post("/account", {"full_name": name, "language": "en"})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert name in answer.text
    assert user.full_name == "Trần Minh Đức"


def test_stranger_has_no_account_page(visitor):
    for path in ("/account", "/account/password", "/account/welcome"):
        assert visitor.get(path).location.startswith("/sign-in?next=/account")


def test_password_is_changed_by_who_knows_the_old_one_and_other_devices_are_signed_out(
    app, browser_of
):
    user = make_user()
    change_password(user, GOOD)
    here, elsewhere = browser_of(user), Visitor(app).signed_in_as(user)

    answer = here.post("/account/password", {"current": GOOD, "password": NEW})

    assert answer.status_code == 303
    assert password_is_right(user, NEW)
    assert here.get("/account").status_code == 200
    assert (
        elsewhere.get("/account").status_code == 302 or elsewhere.get("/account").status_code == 303
    )


@pytest.mark.parametrize(
    ("current", "new", "sentence"),
    [
        ("wrong", NEW, "This is not your current password."),
        (GOOD, "short", "Use at least 12 characters."),
        (GOOD, "password1234", "This password is on a list of stolen ones"),
        (GOOD, "trần minh đức 2026", "This password is made of names that others know"),
        (GOOD, "", "Choose a password."),
        (GOOD, "x" * 5000, "Shorten this to 128 characters or fewer."),
    ],
)
def test_password_that_may_not_be_is_refused_beside_its_field(browser_of, current, new, sentence):
    user = make_user()
    change_password(user, GOOD)

    answer = browser_of(user).post("/account/password", {"current": current, "password": new})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert password_is_right(user, GOOD)


def test_forgotten_password_is_replaced_through_a_mailed_link(visitor):
    user = make_user()
    change_password(user, GOOD)

    assert come_by_link(visitor, user, LinkPurpose.RESET_PASSWORD).location == "/account/password"
    assert "Current password" not in visitor.get("/account/password").text
    assert visitor.post("/account/password", {"password": NEW}).status_code == 303

    assert password_is_right(user, NEW)


def test_invited_person_chooses_a_password_and_goes_on(visitor):
    user = make_user()
    answer = come_by_link(visitor, user, LinkPurpose.INVITATION, next_path="/organize/gap-go")
    assert answer.location == "/account/welcome?next=/organize/gap-go"

    page = visitor.get(answer.location)
    assert 'href="/organize/gap-go"' in page.text
    assert visitor.post(answer.location, {"password": NEW}).location == "/organize/gap-go"

    assert password_is_right(user, NEW)


def test_invited_person_who_has_a_password_goes_straight_on(visitor):
    user = make_user()
    change_password(user, GOOD)

    answer = come_by_link(visitor, user, LinkPurpose.INVITATION, next_path="/organize/gap-go")

    assert answer.location == "/organize/gap-go"


def test_welcome_page_is_for_those_who_just_came_by_link(browser_of):
    assert browser_of(make_user()).get("/account/welcome?next=/a").location == "/a"


def test_person_who_forgot_the_password_while_signed_in_is_mailed_a_link(browser_of, mailbox):
    user = make_user(email="hoa@example.com")

    browser_of(user).post("/account/password/link")

    assert mailbox.newest()["Subject"] == "Choose a new password"


def test_signing_out_everywhere_ends_every_session(app, browser_of):
    user = make_user()
    here, elsewhere = browser_of(user), Visitor(app).signed_in_as(user)

    here.post("/account/sign-out-everywhere")

    assert here.get("/account").location == "/sign-in?next=/account"
    assert elsewhere.get("/account").location == "/sign-in?next=/account"


def test_each_device_is_listed_and_signed_out_by_itself(browser_of):
    user = make_user()
    there, stranger = browser_of(user), browser_of(make_user())
    elsewhere = f"/account/sessions/{sessions_of(user)[0].id}/end"
    here = browser_of(user)

    assert "Firefox, Linux" in here.get("/account").text
    stranger.post(elsewhere)
    assert len(sessions_of(user)) == 2
    here.post(elsewhere)

    assert here.get("/account").status_code == 200
    assert "/sign-in" in there.get("/account").location


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            (
                "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/142.0.0.0 Mobile Safari/537.36"
            ),
            "Chrome, Android",
        ),
        (
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 "
                "(KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
            ),
            "Safari, iPhone",
        ),
        (
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0"
            ),
            "Edge, Windows",
        ),
        ("curl/8.5.0", ""),
    ],
)
def test_a_browser_is_named_in_words(user_agent, words):
    assert browser_in_words(user_agent) == words
