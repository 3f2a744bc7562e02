"""Events: series, editions, programme, hosts, people who run them."""

from flask import Flask

from matchmaking.core.i18n import _l
from matchmaking.web.desk import desk_item
from matchmaking.web.site import site_link


def init_app(app: Flask) -> None:
    from matchmaking.events import (  # noqa: F401
        access,
        acts,
        letters,
        listening,
        navigation,
        views,
    )

    app.context_processor(lambda: {"desk_nav": navigation.desk_nav()})
    app.register_blueprint(views.bp)
    acts.declare()
    site_link(10, _l("My events"), "events.desks", shown=access.is_organizer)
    desk_item(0, _l("Overview"), "events.desk", icon="layout-dashboard", least_role="viewer")
    desk_item(10, _l("Details"), "events.details", icon="file-pen-line", least_role="editor")
    desk_item(11, _l("Hosts"), "events.hosts", icon="landmark", least_role="viewer")
    desk_item(20, _l("Programme"), "events.programme", icon="calendar-clock", least_role="viewer")
    desk_item(
        30,
        _l("Booths"),
        "events.booths",
        icon="store",
        least_role="viewer",
        modules=("exhibition",),
    )
    desk_item(900, _l("Staff"), "events.people", icon="id-card", least_role="owner")
    desk_item(910, _l("History"), "events.history", icon="history", least_role="viewer")
