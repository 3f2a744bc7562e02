"""Commands: flask users, events, schedule, demo."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaking.cli import users
    from matchmaking.cli.demo import demo

    app.cli.add_command(users.group)
    app.cli.add_command(demo)
