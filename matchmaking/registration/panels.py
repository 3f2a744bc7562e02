"""What registration adds to the pages of lower features."""

from flask import render_template

from matchmaking.events.models import Event
from matchmaking.registration import queries
from matchmaking.web.panels import panel


@panel("desk_overview", order=20)
def delegates_at_a_glance(event: Event) -> str:
    """How many are coming, and how many wait for the organizer."""
    counts = queries.counts_by_status(event)
    if not any(counts.values()):
        return ""
    return render_template("registration/_desk_overview.html", event=event, counts=counts)
