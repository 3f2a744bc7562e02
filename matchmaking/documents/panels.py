"""What this feature adds to the pages of others: papers and calendars to take along."""

from flask import render_template, url_for
from sqlalchemy import exists, select

from matchmaking.core.database import db
from matchmaking.events.models import AgendaSession, Event
from matchmaking.registration.access import calendar_key
from matchmaking.registration.models import Registration
from matchmaking.web.panels import panel
from matchmaking.web.settings import absolute


@panel("my_page", order=60)
def papers_to_take_along(delegate: Registration) -> str:
    """The agenda on paper, and as a calendar that stays up to date by itself."""
    if not delegate.is_confirmed:
        return ""
    feed = url_for("documents.calendar_feed", code=delegate.code, key=calendar_key(delegate))
    subscription = "webcal://" + absolute(feed).split("://", 1)[1]
    return render_template("printing/_my_page.html", delegate=delegate, subscription=subscription)


@panel("event_page", order=5)
def programme_to_take_along(event: Event) -> str:
    has_sessions = select(exists().where(AgendaSession.event_id == event.id))
    if not db.session.scalar(has_sessions):
        return ""
    return render_template("printing/_event_page.html", event=event)
