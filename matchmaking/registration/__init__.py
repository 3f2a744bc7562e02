"""Ticket types, registrations, badges and the delegate's own page."""

from flask import Flask

from matchmaking.core.i18n import _l
from matchmaking.web.desk import desk_item


def init_app(app: Flask) -> None:
    from matchmaking.registration import acts, homes, jobs, letters, models, panels, views  # noqa: F401

    acts.declare()
    app.register_blueprint(views.bp)
    desk_item(50, _l("Ticket types"), "registration.tickets", icon="ticket", least_role="viewer")
    desk_item(60, _l("Delegates"), "registration.delegates", icon="users", least_role="viewer")
