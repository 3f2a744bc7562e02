"""Requests, slots, tables, interpreters, meetings and the schedule."""

from flask import Flask

from matchmaking.core.i18n import _l
from matchmaking.web.desk import desk_item

MODULES = ("b2b", "b2g", "side_meetings")

DESK = (
    (55, _l("Requests"), "meetings.desk_requests", "message-square"),
    (60, _l("Meeting schedule"), "meetings.schedule", "calendar-clock"),
    (64, _l("Meeting tables"), "meetings.desk_tables", "table-2"),
    (66, _l("Interpreters"), "meetings.desk_interpreters", "languages"),
)


def init_app(app: Flask) -> None:
    from matchmaking.meetings import (  # noqa: F401
        acts,
        desk_panels,
        jobs,
        letters,
        models,
        partner_panels,
        views,
    )
    from matchmaking.meetings.services import listening  # noqa: F401

    partner_panels.declare_pages()
    acts.declare()
    app.register_blueprint(views.bp)
    for order, label, endpoint, icon in DESK:
        desk_item(order, label, endpoint, icon=icon, least_role="viewer", modules=MODULES)
