"""Slots, tables and interpreters: what a meeting needs."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaking.core.codes import new_id
from matchmaking.core.database import Base
from matchmaking.events.models import AgendaSession, Event
from matchmaking.registration.models import Registration


class Slot(Base):
    """A piece of a B2B session. Slots of one `block` follow each other without a break.

    `number` counts the slots of the event from 0, in order of time.
    """

    __tablename__ = "slots"
    __table_args__ = (UniqueConstraint("event_id", "starts_at"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("agenda_sessions.id", ondelete="CASCADE"), index=True
    )
    number: Mapped[int]
    block: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    event: Mapped[Event] = relationship()
    session: Mapped[AgendaSession] = relationship()


class MeetingTable(Base):
    """A numbered table. With a booth it belongs to that booth's company alone."""

    __tablename__ = "meeting_tables"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    hall_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("halls.id", ondelete="SET NULL"))
    booth_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("booths.id", ondelete="SET NULL"), unique=True
    )
    number: Mapped[int]
    is_usable: Mapped[bool] = mapped_column(default=True)

    event: Mapped[Event] = relationship()
    outages: Mapped[list["TableOutage"]] = relationship(
        cascade="all, delete-orphan", order_by="TableOutage.starts_at", back_populates="table"
    )


class TableOutage(Base):
    """A time in which a table cannot be used."""

    __tablename__ = "table_outages"
    __table_args__ = (CheckConstraint("ends_at > starts_at", "length"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    table_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("meeting_tables.id", ondelete="CASCADE"), index=True
    )
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    table: Mapped[MeetingTable] = relationship(back_populates="outages")


class Interpreter(Base):
    """Someone who interprets between Vietnamese (or English) and `languages`."""

    __tablename__ = "interpreters"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), index=True
    )
    registration_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("registrations.id", ondelete="SET NULL")
    )
    full_name: Mapped[str] = mapped_column(String(120))
    sort_name: Mapped[str] = mapped_column(String(250))
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    languages: Mapped[list[str]] = mapped_column(default=list)

    event: Mapped[Event] = relationship()
    registration: Mapped[Registration | None] = relationship()
    hours: Mapped[list["InterpreterHours"]] = relationship(
        cascade="all, delete-orphan",
        order_by="InterpreterHours.starts_at",
        back_populates="interpreter",
    )


class InterpreterHours(Base):
    """A time in which an interpreter works. Without any, they work the whole event."""

    __tablename__ = "interpreter_hours"
    __table_args__ = (CheckConstraint("ends_at > starts_at", "length"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    interpreter_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("interpreters.id", ondelete="CASCADE"), index=True
    )
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    interpreter: Mapped[Interpreter] = relationship(back_populates="hours")
