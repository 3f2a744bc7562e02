"""The figures of the gate as pictures."""

from dataclasses import dataclass

from flask import url_for

from matchmaking.checkin import queries
from matchmaking.checkin.answers import Answer, answer_to
from matchmaking.core.i18n import current_language
from matchmaking.events.models import Event
from matchmaking.web.charts import Bar, Column, bar, columns


@dataclass(frozen=True)
class Live:
    figures: queries.Figures
    by_ticket_type: list[Bar]
    by_quarter_hour: list[Column]
    recent: list[Answer]
    source: str


def live_figures(event: Event) -> Live:
    gates, language = queries.gate_names(event), current_language()
    return Live(
        figures=queries.figures(event),
        by_ticket_type=[
            bar(row.ticket_type.name.in_(language), row.arrived, of=row.expected)
            for row in queries.arrivals_by_ticket_type(event)
        ],
        by_quarter_hour=quarter_hours(event),
        recent=[answer_to(scan, event, gates) for scan in queries.recent_scans(event)],
        source=url_for("checkin.live", slug=event.slug),
    )


def quarter_hours(event: Event) -> list[Column]:
    """Arrivals of the last day that had any."""
    quarters = queries.arrivals_by_quarter_hour(event)
    return columns([(moment.strftime("%H:%M"), count) for moment, count in quarters])
