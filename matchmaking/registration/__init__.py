"""Ticket types, registrations, badges and the delegate's own page."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaking.registration import models, views  # noqa: F401

    app.register_blueprint(views.bp)
