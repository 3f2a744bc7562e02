"""Events and what they are made of."""

from matchmaking.events.models.event import (
    Event,
    EventHost,
    EventMember,
    EventStatus,
    HostRole,
    MemberRole,
    RegistrationWindow,
    Series,
)
from matchmaking.events.models.programme import AgendaSession, Booth, Hall, Speaker, Track
from matchmaking.events.models.token import ApiToken, TokenScope

__all__ = [
    "AgendaSession",
    "ApiToken",
    "Booth",
    "Event",
    "EventHost",
    "EventMember",
    "EventStatus",
    "Hall",
    "HostRole",
    "MemberRole",
    "RegistrationWindow",
    "Series",
    "Speaker",
    "TokenScope",
    "Track",
]
