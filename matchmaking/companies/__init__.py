"""Companies, what they offer and seek, who fits whom."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaking.companies import acts, models, navigation, panels, reasons, views  # noqa: F401

    navigation.init_app()
    app.jinja_env.filters["why"] = reasons.sentence
    app.register_blueprint(views.bp)
