"""`flask db`. Flask-Migrate brings Alembic with it, 11 MB that no web process needs."""

from typing import Any

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from matchmaking.config import ROOT
from matchmaking.core.database import db

EXTENSION = "migrate"


class Commands(AppGroup):
    """The application's commands; those of Flask-Migrate are loaded when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted([*super().list_commands(ctx), "db"])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name != "db":
            return super().get_command(ctx, cmd_name)
        from flask_migrate import cli  # noqa: PLC0415

        found: click.Command = cli.db
        return found


class MigrationsOnDemand:
    """Stands where Flask-Migrate looks for its settings, until it does."""

    def __getattr__(self, name: str) -> Any:
        from flask_migrate import Migrate  # noqa: PLC0415

        Migrate(current_app, db, directory=str(ROOT / "migrations"), render_as_batch=True)
        return getattr(current_app.extensions[EXTENSION], name)


def init_app(app: Flask) -> None:
    app.extensions[EXTENSION] = MigrationsOnDemand()
    app.cli = Commands(app.cli.name, commands=app.cli.commands)
