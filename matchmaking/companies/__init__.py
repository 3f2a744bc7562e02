"""Companies, what they offer and seek, who fits whom."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaking.companies import models, views  # noqa: F401

    app.register_blueprint(views.bp)
