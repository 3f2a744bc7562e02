"""People who sign in: users, passwords, one-time links, invitations."""

from flask import Flask


def init_app(app: Flask) -> None:
    from matchmaking.accounts import access, models, views  # noqa: F401

    app.before_request(access.name_actor)
    app.context_processor(lambda: {"signed_in_user": access.signed_in_user()})
    app.register_blueprint(views.bp)
