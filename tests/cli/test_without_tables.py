"""Commands on a database that `flask db upgrade` has not seen."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from matchmaking.app import create_app
from matchmaking.core.database import db
from tests.ops.installation import Installation

COMMANDS = (
    "clean-up",
    "demo load",
    "keys seal-again",
    "mail list",
    "mail send-again 01a2031c-46f7-7792-a852-b2d62460a150",
    "schedule run han-quoc",
    "tokens create han-quoc --scope read --name x",
    "tokens list han-quoc",
    "users create-admin ha@example.com Hà",
    "users list",
    "users reset ha@example.com",
)
LACK = "Error: The database has no tables, or those of another version. Run: flask db upgrade\n"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Flask]:
    installation = Installation(tmp_path / "empty")
    app = create_app(replace(installation.config, testing=True, demo=True))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
    installation.stop()


def test_every_command_says_in_a_sentence_what_the_database_lacks(empty):
    for command in COMMANDS:
        ended = empty.test_cli_runner().invoke(args=command.split())

        assert (ended.exit_code, ended.output) == (1, LACK), command
