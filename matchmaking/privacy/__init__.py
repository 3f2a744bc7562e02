"""What the law gives people over their data: a copy of it, an answer, its end."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaking.privacy import acts, jobs, letters, listening, panels, views  # noqa: F401
    from matchmaking.privacy.navigation import add_links

    app.register_blueprint(views.bp)
    acts.declare()
    add_links()
