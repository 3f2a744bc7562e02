"""Badges, agendas and other PDFs; calendars."""

from flask import Flask

from matchmaking.core.i18n import _l
from matchmaking.web.acts import act, kind_of_acts
from matchmaking.web.desk import desk_item


def init_app(app: Flask) -> None:
    from matchmaking.documents import attachments, jobs, panels, views  # noqa: F401

    app.register_blueprint(views.bp)
    act("badges.printed", _l("%(actor)s printed %(count)s badges."))
    kind_of_acts("badges", _l("Badges"))
    desk_item(80, _l("Documents"), "documents.index", icon="printer", least_role="editor")
