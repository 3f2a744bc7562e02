"""Admission at the gate."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaking.checkin import models, views  # noqa: F401

    app.register_blueprint(views.bp)
