"""`flask db`, and what other commands say while the database still needs it.

Flask-Migrate brings Alembic with it, 11 MB that no web process needs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from matchmaking.config import ROOT
from matchmaking.core.database import db
from matchmaking.core.versions import database_version, needed_version

EXTENSION = "migrate"


class Commands(AppGroup):
    """The application's commands; those of Flask-Migrate are loaded when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), "db"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name != "db":
            ctx.with_resource(_database_in_words())
            return super().get_command(ctx, cmd_name)
        from flask_migrate import cli  # noqa: PLC0415

        found: click.Command = cli.db
        return found


@contextmanager
def _database_in_words() -> Iterator[None]:
    """A database that lacks what a command asks for, or is away, is a sentence and exit code 1."""
    try:
        yield
    except DBAPIError as fault:
        db.session.rollback()
        if sentence := _what_is_wrong():
            raise click.ClickException(sentence) from fault
        raise


def _what_is_wrong() -> str:
    try:
        if database_version() == needed_version():
            return ""
    except DBAPIError as fault:
        return f"The database does not answer: {str(fault.orig).strip()}"
    return "The database has no tables, or those of another version. Run: flask db upgrade"


class MigrationsOnDemand:
    """Stands where Flask-Migrate looks for its settings, until it does."""

    def __getattr__(self, name: str) -> Any:
        from flask_migrate import Migrate  # noqa: PLC0415

        Migrate(current_app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
        return getattr(current_app.extensions[EXTENSION], name)


def init_app(app: Flask) -> None:
    app.extensions[EXTENSION] = MigrationsOnDemand()
    app.cli = Commands(app.cli.name, commands=app.cli.commands)
