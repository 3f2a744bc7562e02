"""Events and what they are made of."""

from matchmaking.events.models.event import (
    Event,
    EventHost,
    EventMember,
    EventStatus,
    HostRole,
    MemberRole,
    OnDays,
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
    "OnDays",
    "RegistrationWindow",
    "Series",
    "Speaker",
    "TokenScope",
    "Track",
]
