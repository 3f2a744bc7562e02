"""The requests that wait for a meeting, each with its reason now."""

import uuid
from dataclasses import dataclass
from typing import Any

from matchmaking.events.models import Event
from matchmaking.meetings.models import MeetingRequest
from matchmaking.meetings.pages.reasons import reason_sentence
from matchmaking.meetings.queries.meetings import priorities
from matchmaking.meetings.queries.present import seats_at
from matchmaking.meetings.queries.problem import problem_for
from matchmaking.meetings.queries.runs import Names, names_at
from matchmaking.meetings.services.schedule.reasons import unplaced_rows
from matchmaking.scheduling.explain import explain


@dataclass(frozen=True)
class Waiting:
    """A request without a meeting. `points` is how much both want it."""

    request: MeetingRequest
    points: int
    reason: str


def tray_of(event: Event) -> list[Waiting]:
    """Agreed requests without a meeting, the most wanted first."""
    asked = problem_for(event)
    names, points = names_at(event), priorities(event)
    rows = unplaced_rows(asked, explain(asked.problem, seats_at(event, asked)))
    waiting = [
        _waiting(event, row, names, points) for row in rows if row["request"] in names.requests
    ]
    return sorted(waiting, key=lambda one: (-one.points, one.request.requested_at, one.request.id))


def _waiting(
    event: Event, row: dict[str, Any], names: Names, points: dict[frozenset[uuid.UUID], int]
) -> Waiting:
    request = names.requests[row["request"]]
    weight = points.get(request.pair, request.priority)
    return Waiting(request, weight, reason_sentence(event, row, names))
