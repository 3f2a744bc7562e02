"""What happens at an event, where: halls, tracks, agenda sessions, booths."""

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaking.core.bilingual import Bilingual
from matchmaking.core.codes import new_id
from matchmaking.core.database import Base
from matchmaking.events.models.event import Event


class Hall(Base):
    """A room or place at the venue."""

    __tablename__ = "halls"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[Bilingual]
    capacity: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()


class Track(Base):
    """A thread through the programme ("Energy and green financing")."""

    __tablename__ = "tracks"
    __table_args__ = (UniqueConstraint("event_id", "code"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[Bilingual]
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()


class AgendaSession(Base):
    """A part of the programme; `kind` is a code of the session types.

    A sub-event holds sessions of its own (`parent`). A session with `slot_minutes`
    is cut into slots of that length for B2B meetings at `tables` tables, except
    during `breaks`: [["09:40", "10:00"], ...] in the event's zone.
    """

    __tablename__ = "agenda_sessions"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", "length"),
        Index(None, "event_id", "starts_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    parent_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("agenda_sessions.id", ondelete="CASCADE")
    )
    kind: Mapped[str] = mapped_column(String(40))
    title: Mapped[Bilingual]
    description: Mapped[Bilingual] = mapped_column(default=Bilingual)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    hall_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("halls.id", ondelete="SET NULL"))
    track_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("tracks.id", ondelete="SET NULL"))
    capacity: Mapped[int | None]
    sign_up: Mapped[bool] = mapped_column(default=False)
    livestream_url: Mapped[str] = mapped_column(String(500), default="")
    slot_minutes: Mapped[int | None]
    tables: Mapped[int | None]
    breaks: Mapped[list[list[str]]] = mapped_column(default=list)
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    hall: Mapped[Hall | None] = relationship()
    track: Mapped[Track | None] = relationship()
    speakers: Mapped[list["Speaker"]] = relationship(
        order_by="Speaker.position", cascade="all, delete-orphan", back_populates="session"
    )

    @property
    def has_slots(self) -> bool:
        return self.slot_minutes is not None


class Speaker(Base):
    """Someone who speaks at a session."""

    __tablename__ = "speakers"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("agenda_sessions.id", ondelete="CASCADE"), index=True
    )
    full_name: Mapped[str] = mapped_column(String(120))
    job_title: Mapped[Bilingual] = mapped_column(default=Bilingual)
    organization: Mapped[Bilingual] = mapped_column(default=Bilingual)
    position: Mapped[int] = mapped_column(default=0)

    session: Mapped[AgendaSession] = relationship(back_populates="speakers")


class Booth(Base):
    """A stand in the exhibition."""

    __tablename__ = "booths"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    hall_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("halls.id", ondelete="SET NULL"))
    number: Mapped[str] = mapped_column(String(12))
    size: Mapped[str] = mapped_column(String(20), default="")
    kind: Mapped[str] = mapped_column(String(30), default="company")
    holder: Mapped[Bilingual] = mapped_column(default=Bilingual)
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()
    hall: Mapped[Hall | None] = relationship()
