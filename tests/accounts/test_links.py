from datetime import timedelta

import pytest

from matchmaking.accounts.links import link_id_of, link_token
from matchmaking.accounts.models import LinkPurpose
from matchmaking.accounts.services import issue_link, use_link
from matchmaking.accounts.services.links import LinkSpent
from matchmaking.core import clock
from matchmaking.core.codes import new_id
from tests.factories.accounts import make_user
from tests.races import race


def test_link_lets_its_person_in_once(app):
    link = issue_link(make_user(), LinkPurpose.SIGN_IN)

    assert use_link(link) is link.user
    with pytest.raises(LinkSpent):
        use_link(link)


@pytest.mark.parametrize(
    ("purpose", "lifetime"),
    [
        (LinkPurpose.SIGN_IN, timedelta(minutes=30)),
        (LinkPurpose.RESET_PASSWORD, timedelta(minutes=30)),
        (LinkPurpose.INVITATION, timedelta(days=7)),
    ],
)
def test_link_works_for_as_long_as_its_purpose_needs(app, monkeypatch, purpose, lifetime):
    issued_at = clock.now()
    monkeypatch.setattr(clock, "now", lambda: issued_at)
    late, in_time = issue_link(make_user(), purpose), issue_link(make_user(), purpose)

    monkeypatch.setattr(clock, "now", lambda: issued_at + lifetime - timedelta(seconds=1))
    use_link(in_time)
    monkeypatch.setattr(clock, "now", lambda: issued_at + lifetime + timedelta(seconds=1))
    with pytest.raises(LinkSpent):
        use_link(late)


def test_link_of_a_closed_account_lets_nobody_in(app):
    link = issue_link(make_user(is_active=False), LinkPurpose.SIGN_IN)

    with pytest.raises(LinkSpent):
        use_link(link)


def test_token_names_its_link_and_only_an_exact_one_does(app):
    link_id = new_id()
    token = link_token(link_id)

    assert link_id_of(token) == link_id
    for wrong in (
        token[:-1],
        token + "A",
        token[:-1] + ("A" if token[-1] != "A" else "B"),
        "",
        "ạ",
    ):
        assert link_id_of(wrong) is None


def _use(link_id):
    from matchmaking.accounts.models import OneTimeLink  # noqa: PLC0415
    from matchmaking.core.database import db, transaction  # noqa: PLC0415

    try:
        with transaction():
            use_link(db.session.get_one(OneTimeLink, link_id))
    except LinkSpent:
        return "spent"
    return "in"


def test_of_six_who_open_one_link_at_once_exactly_one_comes_in(app):
    link = issue_link(make_user(), LinkPurpose.SIGN_IN)

    answers = race(_use, [(link.id,)] * 6)

    assert sorted(answers) == ["in"] + ["spent"] * 5
