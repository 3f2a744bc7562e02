import pytest

from matchmaking.accounts.models import User
from matchmaking.core.database import db
from tests.factories.accounts import make_administrator, make_user

CHANGES = ["make-administrator", "unmake-administrator", "close", "reopen", "sign-out"]


def test_administrator_finds_people_without_diacritics(browser_of):
    make_user(full_name="Nguyễn Thị Ánh")
    make_user(full_name="Kim Min-jun")

    page = browser_of(make_administrator(full_name="Quản trị")).get("/users?q=nguyen anh")

    assert "Nguyễn Thị Ánh" in page.text
    assert "Kim Min-jun" not in page.text


def test_search_that_finds_nobody_says_so(browser_of):
    assert "Nobody found" in browser_of(make_administrator()).get("/users?q=zzz").text


def test_list_asks_the_database_as_often_for_three_people_as_for_one(count_queries, browser_of):
    browser = browser_of(make_administrator())
    browser.get("/users")
    with count_queries() as for_one:
        browser.get("/users")
    for _more in range(2):
        make_user()
    with count_queries() as for_three:
        browser.get("/users")

    assert for_three.total == for_one.total


@pytest.mark.parametrize("visitor_is", ["a user", "nobody"])
def test_stranger_sees_no_users(visitor, browser_of, visitor_is):
    user = make_user()
    browser = browser_of(make_user()) if visitor_is == "a user" else visitor
    expected = 404 if visitor_is == "a user" else 303

    for path in ("/users", "/users/invite", f"/users/{user.id}"):
        assert browser.get(path).status_code == expected
    for change in CHANGES:
        assert browser.post(f"/users/{user.id}/{change}").status_code == expected
    assert browser.post(f"/users/{user.id}/link").status_code == expected
    assert user.is_active


def test_administrator_invites_a_person_who_is_mailed_a_link(browser_of, mailbox):
    browser = browser_of(make_administrator(full_name="Phạm Thu Hà"))

    answer = browser.post(
        "/users/invite",
        {"full_name": "Lê Thị Hoa", "email": "hoa@example.com", "language": "en"},
    )

    invited = db.session.query(User).filter_by(email="hoa@example.com").one()
    assert answer.location == f"/users/{invited.id}"
    assert "Phạm Thu Hà invites you to Gặp Gỡ" in mailbox.newest_text()
    assert "Phạm Thu Hà invited Lê Thị Hoa." in browser.get(answer.location).text


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"full_name": "", "email": "hoa@example.com"}, "Write the person&#39;s name."),
        ({"full_name": "Hoa", "email": "hoa"}, "Write an e-mail address like ten@example.com."),
        (
            {"full_name": "Đ" * 5000, "email": "hoa@example.com"},
            "Shorten this to 120 letters or fewer.",
        ),
        ({"full_name": "Hoa", "email": "closed@example.com"}, "The account of Lê Hoa is closed."),
    ],
)
def test_invitation_that_cannot_be_sent_is_answered_beside_the_field(browser_of, form, sentence):
    make_user(email="closed@example.com", full_name="Lê Hoa", is_active=False)

    answer = browser_of(make_administrator()).post("/users/invite", {"language": "en", **form})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert form["email"] in answer.text


def test_administrator_makes_another_one_and_takes_it_away(browser_of):
    user, browser = make_user(), browser_of(make_administrator())

    browser.post(f"/users/{user.id}/make-administrator")
    assert user.is_administrator
    browser.post(f"/users/{user.id}/unmake-administrator")
    assert not user.is_administrator


def test_closed_account_can_be_opened_again(browser_of):
    user, browser = make_user(), browser_of(make_administrator())

    browser.post(f"/users/{user.id}/close")
    assert not user.is_active
    assert "Open the account again" in browser.get(f"/users/{user.id}").text
    browser.post(f"/users/{user.id}/reopen")
    assert user.is_active


def test_the_last_administrator_is_told_why_they_stay(browser_of):
    admin = make_administrator()

    answer = browser_of(admin).post(f"/users/{admin.id}/unmake-administrator")

    assert answer.status_code == 409
    assert "This is the only administrator." in answer.text
    assert admin.is_administrator


def test_lost_invitation_is_mailed_again(browser_of, mailbox):
    user = make_user(email="hoa@example.com")

    browser_of(make_administrator()).post(f"/users/{user.id}/link")

    assert mailbox.newest()["To"] == "hoa@example.com"
