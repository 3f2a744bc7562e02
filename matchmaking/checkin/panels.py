"""What check-in adds to the pages of lower features."""

from flask import render_template

from matchmaking.checkin import queries
from matchmaking.checkin.arriving import vip_arrivals
from matchmaking.checkin.figures import count_open_conflicts
from matchmaking.checkin.views.live import quarter_hours
from matchmaking.core import clock
from matchmaking.events.models import Event
from matchmaking.web.panels import panel


@panel("desk_overview", order=10)
def arrivals_at_a_glance(event: Event) -> str:
    """Who came so far, from the first day on."""
    figures = queries.figures(event)
    today = clock.now().astimezone(event.zone).date()
    vips = [one for one in vip_arrivals(event, today) if not one.reception]
    if not figures.expected or (today < event.starts_on and not figures.arrived):
        return ""
    return render_template(
        "checkin/_desk_overview.html",
        event=event,
        figures=figures,
        by_quarter_hour=quarter_hours(event),
        waiting_vips=len(vips),
        open_conflicts=count_open_conflicts(event),
    )
