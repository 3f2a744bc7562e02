"""Running the platform: the worker, mail delivery, health."""

from flask import Flask

from matchmaking.config import Config


def init_app(app: Flask) -> None:
    from matchmaking.ops import carriers, commands, lanes, mail, views  # noqa: F401

    config: Config = app.extensions["gap-go"]
    app.extensions[carriers.EXTENSION] = carriers.carrier_of(config)
    if not config.testing:
        lanes.init_app(app, config)
    app.register_blueprint(views.bp)
    app.cli.add_command(commands.worker_command)
    app.cli.add_command(commands.mail_commands)
