"""Badges, agendas and other PDFs; calendars."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaking.documents import attachments, views  # noqa: F401

    app.register_blueprint(views.bp)
