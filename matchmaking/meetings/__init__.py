"""Requests, slots, tables, interpreters, meetings and the schedule."""

from flask import Flask

from matchmaking.core.i18n import _l
from matchmaking.web.desk import desk_item

MODULES = ("b2b", "b2g", "side_meetings")


def init_app(app: Flask) -> None:
    from matchmaking.meetings import acts, jobs, letters, models, partner_panels, views  # noqa: F401
    from matchmaking.meetings.services import listening  # noqa: F401

    partner_panels.declare_pages()
    acts.declare()
    app.register_blueprint(views.bp)
    desk_item(
        60,
        _l("Meeting schedule"),
        "meetings.schedule",
        icon="calendar-clock",
        least_role="viewer",
        modules=MODULES,
    )
