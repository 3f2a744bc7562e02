"""JSON for other programs at /api/v1, over the same services and queries as the screens.

A call is a function under `@endpoint` in `views/`; what it is sent and what it answers are
classes in `schemas/`. `docs/api.md` is the contract.
"""

from flask import Flask

from matchmaking.core.i18n import _l
from matchmaking.web.desk import desk_item
from matchmaking.web.extensions import csrf


def init_app(app: Flask) -> None:
    from matchmaking.api import jobs, listening, views  # noqa: F401

    csrf.exempt(views.bp)
    app.register_blueprint(views.bp)
    app.register_blueprint(views.documentation)
    app.register_blueprint(views.programs)
    desk_item(905, _l("Other programs"), "programs.index", icon="plug", least_role="owner")
