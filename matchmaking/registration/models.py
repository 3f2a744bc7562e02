"""Ticket types, registrations, consents and badges."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaking.core import clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.codes import new_code, new_id
from matchmaking.core.database import Base, status_enum
from matchmaking.core.erasures import is_stand_in
from matchmaking.events.models import AgendaSession, Event

WALK_IN = "walk_in"
"""The source of who was registered at the gate."""
ONE_EACH = "status NOT IN ('cancelled', 'rejected') AND email <> ''"
ONE_LIVING = Index(
    "uq_registrations_event_id_email_active",
    "event_id",
    "email",
    unique=True,
    sqlite_where=text(ONE_EACH),
    postgresql_where=text(ONE_EACH),
)
"""An address holds one place at an event, ended ones aside."""


class Attendance(StrEnum):
    IN_PERSON = "in_person"
    ONLINE = "online"


class RegistrationStatus(StrEnum):
    PENDING = "pending"
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    CANCELLED = "cancelled"
    REJECTED = "rejected"


class TicketType(Base):
    """A kind of place at an event. `used` counts confirmed registrations and never passes `places`.

    `badge_type` is a code of the badge types and decides colour and words on the badge.
    """

    __tablename__ = "ticket_types"
    __table_args__ = (
        UniqueConstraint("event_id", "code"),
        CheckConstraint("used >= 0 AND (places IS NULL OR used <= places)", "places"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(40))
    badge_type: Mapped[str] = mapped_column(String(40))
    name: Mapped[Bilingual]
    description: Mapped[Bilingual] = mapped_column(default=Bilingual)
    colour: Mapped[str] = mapped_column(String(7))
    places: Mapped[int | None]
    used: Mapped[int] = mapped_column(default=0)
    attendances: Mapped[list[str]] = mapped_column(default=lambda: ["in_person"])
    needs_approval: Mapped[bool] = mapped_column(default=False)
    has_waiting_list: Mapped[bool] = mapped_column(default=False)
    is_listed: Mapped[bool] = mapped_column(default=True)
    meets_companies: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship()

    @property
    def places_left(self) -> int | None:
        """None: no limit."""
        return None if self.places is None else max(0, self.places - self.used)


class Registration(Base):
    """A delegate's place at an event. `code` is what people read out; the badge carries another.

    `new_email` is an address the delegate wants to change to and has not confirmed yet;
    `identity` a sealed identity number (`services/identities.py`). Only who came as a
    walk-in may have no `email`.
    """

    __tablename__ = "registrations"
    __table_args__ = (
        ONE_LIVING,
        CheckConstraint(f"email <> '' OR source = '{WALK_IN}'", "email"),
        Index(None, "event_id", "sort_name"),
        Index(None, "event_id", "status"),
        Index(None, "event_id", "changed_at"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    ticket_type_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("ticket_types.id"), index=True)
    code: Mapped[str] = mapped_column(String(8), unique=True, default=new_code)
    status: Mapped[RegistrationStatus] = mapped_column(status_enum(RegistrationStatus))
    attendance: Mapped[Attendance] = mapped_column(
        status_enum(Attendance), default=Attendance.IN_PERSON
    )
    full_name: Mapped[str] = mapped_column(String(120))
    sort_name: Mapped[str] = mapped_column(String(250))
    search_text: Mapped[str] = mapped_column(String(800))
    email: Mapped[str] = mapped_column(String(254))
    new_email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    salutation: Mapped[str] = mapped_column(String(20), default="")
    organization: Mapped[str] = mapped_column(String(200), default="")
    job_title: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2), default="VN")
    delegation: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[str] = mapped_column(String(2), default="vi")
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    link_version: Mapped[int] = mapped_column(default=1)
    source: Mapped[str] = mapped_column(String(20), default="public")
    note: Mapped[str] = mapped_column(String(500), default="")
    identity: Mapped[str] = mapped_column(String(200), default="", deferred=True)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)
    registered_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed_at: Mapped[datetime | None]
    waitlisted_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    ticket_type: Mapped[TicketType] = relationship()
    badges: Mapped[list["Badge"]] = relationship(
        order_by="Badge.issued_at", back_populates="registration"
    )

    @property
    def is_confirmed(self) -> bool:
        return self.status is RegistrationStatus.CONFIRMED

    @property
    def needs_email(self) -> bool:
        """Whether the form must have an address: once there is one, it stays."""
        return bool(self.email) or self.source != WALK_IN

    @property
    def is_cancelled(self) -> bool:
        return self.status in (RegistrationStatus.CANCELLED, RegistrationStatus.REJECTED)

    @property
    def is_erased(self) -> bool:
        """Only what figures need is left of it."""
        return is_stand_in(self.email)


class Consent(Base):
    """A delegate's yes to one purpose, with the time it was given and taken back."""

    __tablename__ = "consents"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    registration_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[str] = mapped_column(String(30))
    wording: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]

    registration: Mapped[Registration] = relationship()


class Badge(Base):
    """A badge that was issued. `code` is the random 128 bits its QR carries, as hexadecimal."""

    __tablename__ = "badges"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), index=True
    )
    registration_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), index=True
    )
    code: Mapped[str] = mapped_column(String(32), unique=True)
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)
    revoked_at: Mapped[datetime | None]
    prints: Mapped[int] = mapped_column(default=0)

    registration: Mapped[Registration] = relationship(back_populates="badges")

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None


class SessionSignUp(Base):
    """A delegate means to attend this session and is not free for meetings meanwhile."""

    __tablename__ = "session_sign_ups"

    registration_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True
    )
    session_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("agenda_sessions.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    signed_up_at: Mapped[datetime] = mapped_column(default=clock.now)

    registration: Mapped[Registration] = relationship()
    session: Mapped[AgendaSession] = relationship()
