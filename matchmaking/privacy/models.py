"""What people ask about their data, and breaches that must be reported."""

import uuid
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaking.core import clock
from matchmaking.core.codes import new_id
from matchmaking.core.database import Base, status_enum
from matchmaking.events.models import Event
from matchmaking.registration.models import Registration


class RequestKind(StrEnum):
    COPY = "copy"
    CORRECTION = "correction"
    STOP = "stop"
    ERASURE = "erasure"


DAYS = {
    RequestKind.COPY: 10,
    RequestKind.CORRECTION: 10,
    RequestKind.STOP: 15,
    RequestKind.ERASURE: 20,
}
"""Decree 356/2025: how many days the office has."""


class RequestState(StrEnum):
    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"


class DataRequest(Base):
    """Somebody asks for what the law gives them. `answer` is what the office wrote back.

    `acknowledged_at` is when the letter was queued that says it came and until when it is answered.
    """

    __tablename__ = "data_requests"
    __table_args__ = (Index(None, "event_id", "status"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    registration_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[RequestKind] = mapped_column(status_enum(RequestKind))
    said: Mapped[str] = mapped_column(String(1000), default="")
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    acknowledged_at: Mapped[datetime] = mapped_column(default=clock.now)
    status: Mapped[RequestState] = mapped_column(
        status_enum(RequestState), default=RequestState.OPEN
    )
    answer: Mapped[str] = mapped_column(String(1000), default="")
    answered_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    registration: Mapped[Registration] = relationship()

    @property
    def is_open(self) -> bool:
        return self.status is RequestState.OPEN

    @property
    def due_at(self) -> datetime:
        return self.asked_at + timedelta(days=DAYS[self.kind])

    @property
    def is_late(self) -> bool:
        return (self.answered_at or clock.now()) > self.due_at


class Breach(Base):
    """Personal data were lost, seen or taken. `event_id` None: of the whole installation.

    `people` is how many are concerned, as far as known.
    """

    __tablename__ = "breaches"

    REPORT_WITHIN = timedelta(hours=72)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("events.id", ondelete="SET NULL"), index=True
    )
    found_at: Mapped[datetime]
    what: Mapped[str] = mapped_column(String(2000))
    which: Mapped[str] = mapped_column(String(1000), default="")
    people: Mapped[int | None]
    measures: Mapped[str] = mapped_column(String(2000), default="")
    reported_at: Mapped[datetime | None]
    people_told_at: Mapped[datetime | None]
    noted_at: Mapped[datetime] = mapped_column(default=clock.now)

    event: Mapped[Event | None] = relationship()

    @property
    def due_at(self) -> datetime:
        """Until when the authority must have the report."""
        return self.found_at + self.REPORT_WITHIN

    @property
    def is_late(self) -> bool:
        return (self.reported_at or clock.now()) > self.due_at
