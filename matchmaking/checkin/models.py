"""Gates and scans. A scan is a fact: it is added, never changed."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaking.accounts.models import User
from matchmaking.core import clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.codes import new_id
from matchmaking.core.database import Base, status_enum
from matchmaking.events.models import Event
from matchmaking.registration.models import Registration


class Direction(StrEnum):
    ENTRY = "entry"
    EXIT = "exit"
    VOID = "void"


class Verdict(StrEnum):
    ADMITTED = "admitted"
    DUPLICATE = "duplicate"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why a scan was refused."""

    UNKNOWN = "unknown"
    BAD_SIGNATURE = "bad_signature"
    OTHER_EVENT = "other_event"
    CANCELLED = "cancelled"
    REVOKED = "revoked"
    NOT_CONFIRMED = "not_confirmed"
    NOT_YET_VALID = "not_yet_valid"
    NO_LONGER_VALID = "no_longer_valid"


class Gate(Base):
    """A place where badges are scanned."""

    __tablename__ = "gates"
    __table_args__ = (UniqueConstraint("event_id", "code"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[Bilingual]
    position: Mapped[int] = mapped_column(default=0)

    event: Mapped[Event] = relationship()


class Scan(Base):
    """One scan at a gate and what was answered. `id` is made by the device: the scan's own UUID.

    `presented` is a hash of what was scanned, to know the same scan sent again from
    another one that took its id. A scan of direction VOID takes back the one in `undoes_id`.
    """

    __tablename__ = "scans"
    __table_args__ = (
        Index(None, "registration_id", "scanned_at"),
        Index(None, "event_id", "scanned_at"),
        UniqueConstraint("undoes_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    registration_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("registrations.id", ondelete="SET NULL")
    )
    badge_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("badges.id", ondelete="SET NULL"))
    gate: Mapped[str] = mapped_column(String(40))
    direction: Mapped[Direction] = mapped_column(status_enum(Direction), default=Direction.ENTRY)
    presented: Mapped[str] = mapped_column(String(64))
    verdict: Mapped[Verdict] = mapped_column(status_enum(Verdict))
    reason: Mapped[Reason | None] = mapped_column(status_enum(Reason))
    first_scan_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("scans.id"))
    undoes_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("scans.id"))
    device: Mapped[str] = mapped_column(String(80), default="")
    scanned_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    scanned_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)

    registration: Mapped[Registration | None] = relationship()
    first_scan: Mapped["Scan | None"] = relationship(
        remote_side="Scan.id", foreign_keys="Scan.first_scan_id"
    )
    scanned_by: Mapped[User | None] = relationship()


class Presence(Base):
    """A delegate who is inside, and the scan that admitted them. One row each is the rule."""

    __tablename__ = "presences"

    registration_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True
    )
    scan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("scans.id"))

    scan: Mapped[Scan] = relationship()
