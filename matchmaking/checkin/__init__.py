"""Admission at the gate."""

from flask import Flask

from matchmaking.core.i18n import _l
from matchmaking.web.desk import desk_item


def init_app(app: Flask) -> None:
    from matchmaking.checkin import letters, models, panels, words  # noqa: F401
    from matchmaking.checkin.views import (
        conflicts,
        desk,
        device,
        devices,
        gate,
        lists,
        vips,
        walk_ins,  # noqa: F401
    )

    app.register_blueprint(gate.bp)
    app.register_blueprint(device.bp)
    app.register_blueprint(desk.bp)
    app.register_blueprint(devices.bp)
    app.register_blueprint(conflicts.bp)
    app.register_blueprint(lists.bp)
    app.register_blueprint(vips.bp)
    desk_item(70, _l("Check-in"), "checkin_desk.show", icon="scan-qr-code", least_role="viewer")
