"""Events: series, editions, programme, hosts, people who run them."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaking.events import models, views  # noqa: F401

    app.register_blueprint(views.bp)
