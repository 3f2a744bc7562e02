import pytest
from sqlalchemy import select

from matchmaking.accounts import services
from matchmaking.accounts.models import LinkPurpose, OneTimeLink
from matchmaking.accounts.queries import sessions_of, users
from matchmaking.accounts.services import open_session
from matchmaking.accounts.services.people import AccountClosed, LastAdministrator
from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.core.outbox import OutgoingMail
from tests.factories.accounts import make_administrator, make_user


def test_invitation_makes_an_account_and_mails_a_link(app):
    user = services.invite("Hoa@Example.com", "  Lê Thị  Hoa ", language="en")

    link = db.session.scalars(select(OneTimeLink)).one()
    mail = db.session.scalars(select(OutgoingMail)).one()
    assert (user.email, user.full_name, user.language) == ("hoa@example.com", "Lê Thị Hoa", "en")
    assert (link.user, link.purpose) == (user, LinkPurpose.INVITATION)
    assert (mail.recipient, mail.letter) == ("hoa@example.com", "accounts.invitation")
    assert mail.about["link"] == str(link.id)


def test_invitation_finds_the_account_that_is_there_and_keeps_its_name(app):
    there = make_user(email="hoa@example.com", full_name="Lê Thị Hoa")

    assert services.invite("HOA@example.com", "Somebody Else") is there
    assert there.full_name == "Lê Thị Hoa"


def test_closed_account_is_not_invited(app):
    make_user(email="hoa@example.com", is_active=False)

    with pytest.raises(AccountClosed):
        services.invite("hoa@example.com", "Lê Thị Hoa")


def test_the_last_administrator_stays_one(app):
    admin = make_administrator()
    make_administrator(is_active=False)

    with pytest.raises(LastAdministrator):
        services.unmake_administrator(admin)
    with pytest.raises(LastAdministrator):
        services.close_account(admin)


def test_one_of_two_administrators_can_be_unmade(app):
    admin, _other = make_administrator(), make_administrator()

    services.unmake_administrator(admin)

    assert not admin.is_administrator


def test_closing_an_account_ends_its_sessions_and_is_written_down(app):
    user = make_user(full_name="Lê Thị Hoa")
    open_session(user)

    services.close_account(user)

    assert not user.is_active
    assert sessions_of(user) == []
    assert [entry.action for entry in audit.history_of(user)] == ["user.closed"]


def test_users_are_found_without_diacritics_and_listed_by_given_name(app):
    for name in ("Nguyễn Văn Ý", "Nguyễn Thị Ánh", "Đỗ Văn Bình", "Kim Min-jun"):
        make_user(full_name=name)

    found = db.session.scalars(users("nguyen")).all()

    assert [user.full_name for user in found] == ["Nguyễn Thị Ánh", "Nguyễn Văn Ý"]
    assert db.session.scalars(users("do binh")).one().full_name == "Đỗ Văn Bình"
    assert db.session.scalars(users("100%")).all() == []


def test_renamed_user_is_found_by_the_new_name(app):
    user = make_user(full_name="Trần Minh Đức")

    services.change_own_details(user, full_name="Trần Minh Quân", language="vi")

    assert db.session.scalars(users("quan")).all() == [user]
