"""Requests, slots, tables, interpreters, meetings and the schedule."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaking.meetings import letters, models, partner_panels, views  # noqa: F401

    partner_panels.declare_pages()

    app.register_blueprint(views.bp)
