"""What a gate must know of its event, read anew at every scan and therefore little."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from matchmaking.events.models import OnDays


class AtGate(Protocol):
    """An `Event`, or as much of one as decides about a scan."""

    @property
    def id(self) -> uuid.UUID: ...
    @property
    def zone(self) -> ZoneInfo: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def check_in_opens_at(self) -> datetime | None: ...
    @property
    def tells_programs(self) -> bool: ...


@dataclass(frozen=True)
class EventAtGate(OnDays):
    """The columns of an event that a scan asks for."""

    id: uuid.UUID
    slug: str
    timezone: str
    starts_on: date
    ends_on: date
    check_in_opens_at: datetime | None
    tells_programs: bool

    __tablename__ = "events"
