"""Badges, agendas and other PDFs."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaking.documents import views

    app.register_blueprint(views.bp)
