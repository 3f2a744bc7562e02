"""What the law gives people over their data: a copy of it, an answer, its end."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaking.privacy import (  # noqa: F401
        acts,
        demo,
        jobs,
        letters,
        listening,
        panels,
        views,
    )
    from matchmaking.privacy.navigation import add_links

    app.register_blueprint(views.bp)
    acts.declare()
    add_links()
