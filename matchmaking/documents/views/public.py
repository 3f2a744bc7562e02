"""An event's programme, for everybody."""

from flask import Response

from matchmaking.core.i18n import current_language
from matchmaking.documents.answers import paper_about
from matchmaking.documents.calendar import CONTENT_TYPE
from matchmaking.documents.feeds import programme_calendar
from matchmaking.documents.programme import programme_pdf
from matchmaking.documents.views.blueprint import bp
from matchmaking.events.access import public_event


@bp.get("/events/<slug>/programme.pdf")
def programme(slug: str) -> Response:
    event = public_event(slug)
    return paper_about(event, programme_pdf(event, current_language()), f"{slug}.pdf")


@bp.get("/events/<slug>/agenda.ics")
def event_calendar(slug: str) -> Response:
    event = public_event(slug)
    return paper_about(event, programme_calendar(event), f"{slug}.ics", CONTENT_TYPE)
