"""Requests, slots, tables, interpreters, meetings and the schedule."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaking.meetings import models, views  # noqa: F401

    app.register_blueprint(views.bp)
