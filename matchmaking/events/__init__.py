"""Events: series, editions, programme, hosts, people who run them."""

from flask import Flask

from matchmaking.core.i18n import _l
from matchmaking.web.desk import desk_item


def init_app(app: Flask) -> None:
    from matchmaking.events import models, navigation, views  # noqa: F401

    app.context_processor(lambda: {"desk_nav": navigation.desk_nav()})
    app.register_blueprint(views.bp)
    desk_item(0, _l("Overview"), "events.desk", icon="layout-dashboard", least_role="viewer")
