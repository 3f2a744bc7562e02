from matchmaking.core.database import db
from tests.factories import make_event, make_member, make_registration, make_user


def home_of(browser_of, user):
    return browser_of(user).get("/account/home").location


def test_an_organizer_comes_home_to_the_events(app, browser_of):
    assert home_of(browser_of, make_member(make_event())) == "/organize"


def test_a_delegate_with_an_account_comes_home_to_their_own_page(app, browser_of):
    user = make_user()
    registration = make_registration(email=user.email)
    db.session.flush()

    assert home_of(browser_of, user) == f"/registrations/{registration.code}"


def test_anyone_else_comes_home_to_the_account(app, browser_of):
    assert home_of(browser_of, make_user()) == "/account"
