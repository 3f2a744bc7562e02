import pytest

from matchmaking.core.database import db
from matchmaking.events.models import ApiToken, TokenScope
from tests.api.program import Program
from tests.factories import make_event


@pytest.fixture
def flask(app):
    """Runs a command as an operator types it."""

    def run(*words):
        db.session.commit()
        return app.test_cli_runner().invoke(args=["tokens", *words])

    return run


def test_new_token_stands_alone_on_the_last_line_and_opens_its_event(app, flask):
    make_event(slug="han-quoc")

    answer = flask("create", "han-quoc", "--scope", "check-in", "--name", "Cổng A")

    token = answer.output.splitlines()[-1]
    assert answer.exit_code == 0
    assert Program(app, token).get("/events/han-quoc/registrations").status_code == 403
    assert db.session.scalars(db.select(ApiToken.scope)).one() is TokenScope.CHECK_IN


def test_revoked_token_is_listed_as_such(app, flask):
    make_event(slug="han-quoc")
    token = flask("create", "han-quoc", "--scope", "read", "--name", "Bảng tin").output.split()[-1]
    token_id = flask("list", "han-quoc").output.split("\t")[0]

    assert flask("revoke", token_id).exit_code == 0
    assert "read\trevoked\tBảng tin" in flask("list", "han-quoc").output
    assert Program(app, token).get("/events/han-quoc/registrations").status_code == 401


def test_token_can_be_revoked_by_itself(app, flask):
    make_event(slug="han-quoc")
    token = flask("create", "han-quoc", "--scope", "read", "--name", "Bảng tin").output.split()[-1]

    assert flask("revoke", token).exit_code == 0
    assert Program(app, token).get("/events/han-quoc/registrations").status_code == 401


@pytest.mark.parametrize(
    "words",
    [
        ("create", "none", "--scope", "read", "--name", "X"),
        ("create", "han-quoc", "--scope", "king", "--name", "X"),
        ("create", "han-quoc", "--scope", "read", "--scope", "organizer", "--name", "X"),
        ("create", "han-quoc", "--name", "X"),
        ("revoke", "none"),
        ("list", "none"),
    ],
)
def test_what_is_not_there_is_refused_with_a_sentence(flask, words):
    make_event(slug="han-quoc")

    answer = flask(*words)

    assert answer.exit_code != 0
    assert "Traceback" not in answer.output
    assert db.session.scalars(db.select(ApiToken)).all() == []
