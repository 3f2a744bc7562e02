"""Commands: flask users, events, schedule, demo."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Commands are added here as `app.cli.add_command(group)`."""
