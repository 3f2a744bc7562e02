"""One application and one real database a test process; every test starts with empty tables."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask

from matchmaking.accounts.services import passwords
from matchmaking.app import create_app
from matchmaking.config import LONGEST_SESSION_HOURS, Config
from matchmaking.core import audit
from matchmaking.core.database import db, read_only
from matchmaking.ops.carriers import EXTENSION, MailDirectory
from tests.mailbox import Mailbox
from tests.visitor import Visitor

# The same examples every time: a change is judged by what it changes. None has to be quick.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.load_profile("steady")

DEAR_HASHER = passwords.hasher
"""The application's own. What hundreds of sign-ins in the tests go by costs next to nothing."""
passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def own_database(worker: str) -> str:
    """The address of an empty database of this process's own; SQLite when none is named."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        return ""
    name = f"{sa.make_url(url).database}_test_{worker}"
    server = sa.create_engine(sa.make_url(url), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(sa.text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    server.dispose()
    return sa.make_url(url).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return Config(
        secret_key="a secret of the tests alone",
        data_dir=Path(tmp_path_factory.mktemp("instance")),
        database_url=own_database(worker),
        testing=True,
        limits=False,
        session_hours=LONGEST_SESSION_HOURS,  # a test may be about what is so many days later
    )


def unsettle(connection: sqlite3.Connection, _: object) -> None:
    """Rows come last first where no order is asked for, so that nothing leans on SQLite's habit."""
    connection.execute("PRAGMA reverse_unordered_selects = ON")


@pytest.fixture(scope="session")
def bare_app(config: Config) -> Iterator[Flask]:
    app = create_app(config)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            sa.event.listen(db.engine, "connect", unsettle)
        db.create_all()
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@cache
def emptying(dialect: sa.Dialect) -> list[str]:
    """What empties all tables: one message to PostgreSQL, whose driver takes several statements."""
    tables = reversed(db.metadata.sorted_tables)
    statements = [str(table.delete().compile(dialect=dialect)) for table in tables]
    return ["; ".join(statements)] if dialect.name == "postgresql" else statements


@pytest.fixture
def app(bare_app: Flask) -> Iterator[Flask]:
    """The application, inside a context whose session the test shares; tables emptied after."""
    with bare_app.app_context():
        yield bare_app
        audit.set_actor(audit.SYSTEM)
        read_only.set(False)
        db.session.rollback()
        with db.engine.begin() as connection:
            for statement in emptying(connection.dialect):
                connection.exec_driver_sql(statement)
        db.session.remove()


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """A browser in which nobody is signed in."""
    return Visitor(app)


@pytest.fixture
def browser_of(app: Flask):
    """Makes a browser in which the given user is signed in: `browser_of(user).get(...)`."""
    return lambda user: Visitor(app).signed_in_as(user)


class Counted:
    """How many statements the database was asked."""

    total = 0


@pytest.fixture
def count_queries(app: Flask):
    """Counts the statements inside a block: `with count_queries() as counted: ...`."""

    @contextmanager
    def counting() -> Iterator[Counted]:
        counted = Counted()

        def count(*_: object) -> None:
            counted.total += 1

        sa.event.listen(db.engine, "before_cursor_execute", count)
        try:
            yield counted
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", count)

    return counting


@pytest.fixture
def mailbox(app: Flask, tmp_path: Path) -> Iterator[Mailbox]:
    """Where mail goes in this test: `mailbox.newest()`."""
    before = app.extensions[EXTENSION]
    app.extensions[EXTENSION] = MailDirectory(tmp_path / "mail")
    yield Mailbox(tmp_path / "mail")
    app.extensions[EXTENSION] = before


@pytest.fixture
def demo(app: Flask) -> Iterator[None]:
    """This installation is a demo."""
    before = app.extensions["gap-go"]
    app.extensions["gap-go"] = replace(before, demo=True)
    yield
    app.extensions["gap-go"] = before
