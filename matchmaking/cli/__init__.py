"""Commands: flask users, schedule, demo."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaking.cli import users
    from matchmaking.cli.demo import demo
    from matchmaking.cli.schedule import schedule

    app.cli.add_command(users.group)
    app.cli.add_command(schedule)
    app.cli.add_command(demo)
