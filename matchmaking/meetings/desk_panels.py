"""What meetings add to the organizer's overview of an event."""

from flask import render_template

from matchmaking.events.models import Event
from matchmaking.meetings.models import RequestStatus
from matchmaking.meetings.queries.desk import request_counts, scheduled_count, unplaced_count
from matchmaking.web.panels import panel


@panel("desk_overview", order=30)
def schedule_at_a_glance(event: Event) -> str:
    """How much of what companies agreed on has a time, and what waits for an answer."""
    counts, scheduled = request_counts(event), scheduled_count(event)
    if not (scheduled or any(counts.values())):
        return ""
    return render_template(
        "meetings/_desk_overview.html",
        event=event,
        scheduled=scheduled,
        unplaced=unplaced_count(event),
        unanswered=counts[RequestStatus.PENDING],
    )
