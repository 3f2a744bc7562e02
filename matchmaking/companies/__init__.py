"""Companies, what they offer and seek, who fits whom."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaking.companies import (  # noqa: F401
        acts,
        letters,
        models,
        navigation,
        panels,
        reasons,
        views,
    )

    navigation.init_app()
    app.jinja_env.filters["why"] = reasons.sentence
    app.register_blueprint(views.bp)
