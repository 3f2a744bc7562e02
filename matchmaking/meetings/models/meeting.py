"""Meeting requests, meetings, and the rows that make a double booking impossible."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaking.companies.models import Company
from matchmaking.core import clock
from matchmaking.core.codes import new_id
from matchmaking.core.database import Base, status_enum
from matchmaking.events.models import Event
from matchmaking.meetings.models.grid import Interpreter, MeetingTable, Slot


class RequestStatus(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class MeetingStatus(StrEnum):
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"


class MeetingOrigin(StrEnum):
    SCHEDULE = "schedule"
    INSTANT = "instant"
    ORGANIZER = "organizer"


class MeetingOutcome(StrEnum):
    HELD = "held"
    NO_SHOW = "no_show"


class MeetingRequest(Base):
    """One company asks another to meet. `priority` 5 is what it wants most. Holds no slot."""

    __tablename__ = "meeting_requests"
    __table_args__ = (
        UniqueConstraint("from_company_id", "to_company_id"),
        CheckConstraint("from_company_id <> to_company_id", "two_companies"),
        CheckConstraint("priority BETWEEN 1 AND 5", "priority"),
        Index(None, "event_id", "status"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    from_company_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE")
    )
    to_company_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE"), index=True
    )
    priority: Mapped[int] = mapped_column(default=3)
    message: Mapped[str] = mapped_column(String(1000), default="")
    status: Mapped[RequestStatus] = mapped_column(
        status_enum(RequestStatus), default=RequestStatus.PENDING
    )
    answer: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    answered_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    from_company: Mapped[Company] = relationship(foreign_keys=[from_company_id])
    to_company: Mapped[Company] = relationship(foreign_keys=[to_company_id])

    @property
    def pair(self) -> frozenset[uuid.UUID]:
        return frozenset((self.from_company_id, self.to_company_id))


class Meeting(Base):
    """Two companies at a table in one or more consecutive slots.

    Cancelling deletes its occupancy and keeps the row. A pinned meeting is not moved
    by the scheduler. `sequence` rises with every change (the iCalendar SEQUENCE). `told`
    is the whereabouts its companies last heard of; "" when they know of no meeting.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        CheckConstraint("company_a_id <> company_b_id", "two_companies"),
        CheckConstraint("length >= 1", "length"),
        Index(None, "event_id", "status"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    request_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("meeting_requests.id", ondelete="SET NULL"), index=True
    )
    company_a_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE"), index=True
    )
    company_b_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE"), index=True
    )
    slot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("slots.id"), index=True)
    length: Mapped[int] = mapped_column(default=1)
    table_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting_tables.id"))
    interpreter_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("interpreters.id"))
    language: Mapped[str | None] = mapped_column(String(3))
    status: Mapped[MeetingStatus] = mapped_column(
        status_enum(MeetingStatus), default=MeetingStatus.SCHEDULED
    )
    origin: Mapped[MeetingOrigin] = mapped_column(status_enum(MeetingOrigin))
    is_pinned: Mapped[bool] = mapped_column(default=False)
    outcome: Mapped[MeetingOutcome | None] = mapped_column(status_enum(MeetingOutcome))
    outcome_note: Mapped[str] = mapped_column(String(1000), default="")
    sequence: Mapped[int] = mapped_column(default=0)
    told: Mapped[str] = mapped_column(String(120), default="")
    booked_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    cancelled_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    request: Mapped[MeetingRequest | None] = relationship()
    company_a: Mapped[Company] = relationship(foreign_keys=[company_a_id])
    company_b: Mapped[Company] = relationship(foreign_keys=[company_b_id])
    slot: Mapped[Slot] = relationship()
    table: Mapped[MeetingTable] = relationship()
    interpreter: Mapped[Interpreter | None] = relationship()

    @property
    def pair(self) -> frozenset[uuid.UUID]:
        return frozenset((self.company_a_id, self.company_b_id))

    @property
    def whereabouts(self) -> str:
        """Slot, table and interpreter as one text; "" of a cancelled meeting."""
        if self.status is MeetingStatus.CANCELLED:
            return ""
        interpreter = self.interpreter_id.hex if self.interpreter_id else ""
        return f"{self.slot_id.hex} {self.table_id.hex} {interpreter}"

    def partner_of(self, company_id: uuid.UUID) -> Company:
        return self.company_b if company_id == self.company_a_id else self.company_a


class Occupancy(Base):
    """A resource is taken in a slot. The primary key is the rule: once, by one meeting.

    `resource` is "company:<id>:<line>", "person:<registration id>", "table:<id>" or
    "interpreter:<id>". Rows are written in sorted order, so that two writers never deadlock.
    """

    __tablename__ = "occupancies"

    slot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("slots.id"), primary_key=True)
    resource: Mapped[str] = mapped_column(String(60), primary_key=True)
    meeting_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("meetings.id", ondelete="CASCADE"), index=True
    )
