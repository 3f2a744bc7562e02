import pytest

from matchmaking.accounts.queries import sessions_of, user_with_email
from matchmaking.accounts.services import change_password, open_session
from matchmaking.core.database import db
from tests.factories.accounts import make_administrator, make_user


@pytest.fixture
def run(app):
    def flask_users(*arguments):
        db.session.commit()
        result = app.test_cli_runner().invoke(args=["users", *arguments])
        db.session.expire_all()
        return result

    return flask_users


def test_first_administrator_is_made_and_comes_in_by_the_printed_link(run, visitor):
    result = run("create-admin", "Ha@Example.com", "Phạm Thu Hà")

    address = result.output.splitlines()[-1]
    admin = user_with_email("ha@example.com")
    assert admin.is_administrator
    assert admin.full_name == "Phạm Thu Hà"
    assert not admin.has_password
    assert address.startswith("http://127.0.0.1:8000/sign-in/link/")

    visitor.post(address.removeprefix("http://127.0.0.1:8000"))
    assert visitor.get("/users").status_code == 200


def test_person_who_has_an_account_is_made_administrator(run):
    user = make_user(email="ha@example.com", is_active=False)

    run("create-admin", "ha@example.com", "Somebody")

    assert user.is_administrator
    assert user.is_active


def test_address_that_is_none_is_refused(run):
    result = run("create-admin", "ha", "Phạm Thu Hà")

    assert result.exit_code == 2
    assert user_with_email("ha") is None


def test_everybody_is_listed_by_given_name(run):
    make_user(full_name="Trần Văn Ý", email="y@example.com", is_active=False)
    make_administrator(full_name="Lê Thị Ánh", email="anh@example.com")

    assert run("list").output == (
        "anh@example.com\tLê Thị Ánh\tadministrator\ny@example.com\tTrần Văn Ý\tclosed\n"
    )
    assert run("list", "--search", "anh").output == "anh@example.com\tLê Thị Ánh\tadministrator\n"


def test_reset_account_has_no_password_no_session_and_a_new_link(run):
    user = make_user(email="ha@example.com")
    change_password(user, "cá rô phi đi xe đạp")
    open_session(user)

    result = run("reset", "HA@example.com")

    assert "/sign-in/link/" in result.output.splitlines()[-1]
    assert not user.has_password
    assert sessions_of(user) == []


def test_unknown_address_cannot_be_reset(run):
    result = run("reset", "nobody@example.com")

    assert result.exit_code == 1
    assert "There is no open account" in result.output
