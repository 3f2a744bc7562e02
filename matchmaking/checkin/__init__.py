"""Admission at the gate."""

from flask import Flask

from matchmaking.core.i18n import _l
from matchmaking.web.desk import desk_item


def init_app(app: Flask) -> None:
    from matchmaking.checkin import models, words  # noqa: F401
    from matchmaking.checkin.views import desk, gate

    app.register_blueprint(gate.bp)
    app.register_blueprint(desk.bp)
    desk_item(70, _l("Check-in"), "checkin_desk.show", icon="scan-qr-code", least_role="viewer")
