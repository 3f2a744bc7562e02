"""Events and what they are made of."""

from matchmaking.events.models.event import (
    Event,
    EventHost,
    EventMember,
    EventStatus,
    HostRole,
    MemberRole,
    Series,
)
from matchmaking.events.models.programme import AgendaSession, Booth, Hall, Speaker, Track

__all__ = [
    "AgendaSession",
    "Booth",
    "Event",
    "EventHost",
    "EventMember",
    "EventStatus",
    "Hall",
    "HostRole",
    "MemberRole",
    "Series",
    "Speaker",
    "Track",
]
