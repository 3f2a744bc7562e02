"""Ticket types, registrations, badges and the delegate's own page."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaking.registration import acts, letters, models, views  # noqa: F401

    acts.declare()
    app.register_blueprint(views.bp)
