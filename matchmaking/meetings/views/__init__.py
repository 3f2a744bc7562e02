"""Pages of requests, meetings and the schedule."""

from matchmaking.meetings.views import (
    board,
    desk_requests,
    own_meetings,
    places,
    repair,
    requests,
    schedule,
    studies,
)
from matchmaking.meetings.views.blueprint import bp

__all__ = [
    "board",
    "bp",
    "desk_requests",
    "own_meetings",
    "places",
    "repair",
    "requests",
    "schedule",
    "studies",
]
