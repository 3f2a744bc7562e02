"""Commands: flask users, tokens, keys, schedule, demo."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaking.cli import keys, migrations, tokens, users
    from matchmaking.cli.demo import demo
    from matchmaking.cli.schedule import schedule

    migrations.init_app(app)
    app.cli.add_command(users.group)
    app.cli.add_command(tokens.group)
    app.cli.add_command(keys.group)
    app.cli.add_command(schedule)
    app.cli.add_command(demo)
