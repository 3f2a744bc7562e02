"""Pages of requests, meetings and the schedule."""

from matchmaking.meetings.views import own_meetings, requests, schedule
from matchmaking.meetings.views.blueprint import bp

__all__ = ["bp", "own_meetings", "requests", "schedule"]
