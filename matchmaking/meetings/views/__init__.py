"""Pages of requests, meetings and the schedule."""

from matchmaking.meetings.views import desk_requests, own_meetings, places, requests, schedule
from matchmaking.meetings.views.blueprint import bp

__all__ = ["bp", "desk_requests", "own_meetings", "places", "requests", "schedule"]
