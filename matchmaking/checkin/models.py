"""Gates, devices and scans. A scan is a fact: it is added, never changed."""

import uuid
from datetime import datetime, time
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaking.accounts.models import User
from matchmaking.checkin.verdicts import EntryRule
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
    """What a scan was answered, or comes to; held and voided ones count for nothing."""

    ADMITTED = "admitted"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    HELD = "held"
    VOIDED = "voided"


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
    WRONG_GATE = "wrong_gate"


class Settlement(StrEnum):
    """How an organizer settled a conflict."""

    SAME_PERSON = "same_person"
    NEW_BADGE = "new_badge"
    TAKEN_BACK = "taken_back"


class Gate(Base):
    """A place where badges are scanned, and its rule.

    `admits` lists the badge types that may enter, all when empty. `opens` and `closes` are
    times of day in the event's zone; scans outside are refused.
    """

    __tablename__ = "gates"
    __table_args__ = (UniqueConstraint("event_id", "code"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[Bilingual]
    position: Mapped[int] = mapped_column(default=0)
    rule: Mapped[EntryRule] = mapped_column(status_enum(EntryRule), default=EntryRule.VENUE)
    admits: Mapped[list[str]] = mapped_column(default=list)
    opens: Mapped[time | None]
    closes: Mapped[time | None]

    event: Mapped[Event] = relationship()


class Device(Base):
    """A phone or laptop at the gates. Its key to the API has the device's own id.

    Of the enrolment secret only a hash is kept; it works once and until `enrol_until`. `queue`, `battery` (percent),
    `app` and `snapshot_at` are what it said when it last called, at `synced_at`.
    """

    __tablename__ = "gate_devices"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(60))
    gates: Mapped[list[str]] = mapped_column(default=list)
    language: Mapped[str] = mapped_column(String(2), default="vi")
    enrolment_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    enrol_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    enrolled_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    synced_at: Mapped[datetime | None]
    snapshot_at: Mapped[datetime | None]
    queue: Mapped[int] = mapped_column(default=0)
    battery: Mapped[int | None]
    app: Mapped[str] = mapped_column(String(40), default="")

    event: Mapped[Event] = relationship()

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None


class Scan(Base):
    """One scan at a gate and what was answered. `id` is made by the device: the scan's own UUID.

    `presented` is a hash of what was scanned, to know the same scan sent again from
    another one that took its id. A scan of direction VOID takes back the one in `undoes_id`.
    `scanned_at` is the effective time; `clock_at`, `elapsed_ms` (since the last sync) and
    `snapshot_at` are what the device said. `zone`, `rule` and `day` are those of the gate
    when the scan arrived, `reason` is what speaks against the badge itself, and `verdict`,
    `first_scan_id` and `is_conflict` are the answer. What scans come to, when others arrive
    later, is in `ScanRevision`.
    """

    __tablename__ = "scans"
    __table_args__ = (
        Index(None, "registration_id", "scanned_at"),
        Index(None, "event_id", "scanned_at"),
        Index(None, "event_id", "received_at"),
        Index(None, "undoes_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    registration_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("registrations.id", ondelete="SET NULL")
    )
    badge_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("badges.id", ondelete="SET NULL"))
    gate: Mapped[str] = mapped_column(String(40))
    zone: Mapped[str] = mapped_column(String(40), default="")
    rule: Mapped[EntryRule] = mapped_column(status_enum(EntryRule), default=EntryRule.VENUE)
    day: Mapped[str] = mapped_column(String(10), default="")
    direction: Mapped[Direction] = mapped_column(status_enum(Direction), default=Direction.ENTRY)
    presented: Mapped[str] = mapped_column(String(64))
    verdict: Mapped[Verdict] = mapped_column(status_enum(Verdict))
    reason: Mapped[Reason | None] = mapped_column(status_enum(Reason))
    first_scan_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("scans.id"))
    is_conflict: Mapped[bool] = mapped_column(default=False)
    undoes_id: Mapped[uuid.UUID | None]
    device: Mapped[str] = mapped_column(String(80), default="")
    device_name: Mapped[str] = mapped_column(String(80), default="")
    sequence: Mapped[int] = mapped_column(default=0)
    scanned_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    scanned_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    clock_at: Mapped[datetime | None]
    elapsed_ms: Mapped[int | None]
    snapshot_at: Mapped[datetime | None]
    shown: Mapped[str] = mapped_column(String(12), default="")
    app: Mapped[str] = mapped_column(String(40), default="")

    registration: Mapped[Registration | None] = relationship()
    first_scan: Mapped["Scan | None"] = relationship(
        remote_side="Scan.id", foreign_keys="Scan.first_scan_id"
    )
    scanned_by: Mapped[User | None] = relationship()
    revision: Mapped["ScanRevision | None"] = relationship(
        foreign_keys="ScanRevision.scan_id", viewonly=True
    )
    join: Mapped["ScanJoin | None"] = relationship(viewonly=True)

    @property
    def stands(self) -> Verdict:
        """What it comes to now."""
        return self.revision.verdict if self.revision else self.verdict


class WalkIn(Base):
    """A registration that was made at a gate. `id` is the device's own and the registration's.

    `digest` tells the same one sent again from another that took its id.
    """

    __tablename__ = "walk_ins"

    id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True
    )
    event_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), index=True
    )
    gate: Mapped[str] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    device: Mapped[str] = mapped_column(String(80), default="")
    device_name: Mapped[str] = mapped_column(String(80), default="")
    made_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)

    registration: Mapped[Registration] = relationship()


class ScanJoin(Base):
    """A scan that was nobody's when it was answered, and whose holder arrived afterwards."""

    __tablename__ = "scan_joins"

    scan_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("scans.id", ondelete="CASCADE"), primary_key=True
    )
    joined_at: Mapped[datetime] = mapped_column(default=clock.now)


class ScanRevision(Base):
    """What a scan comes to, where later scans, voids or releases made it another than its answer."""

    __tablename__ = "scan_revisions"

    scan_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("scans.id", ondelete="CASCADE"), primary_key=True
    )
    verdict: Mapped[Verdict] = mapped_column(status_enum(Verdict))
    first_scan_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("scans.id"))
    is_conflict: Mapped[bool] = mapped_column(default=False)
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)


class ScanRelease(Base):
    """An organizer lets a held scan of a revoked device count."""

    __tablename__ = "scan_releases"

    scan_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("scans.id", ondelete="CASCADE"), primary_key=True
    )
    released_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    reason: Mapped[str] = mapped_column(String(200), default="")
    released_at: Mapped[datetime] = mapped_column(default=clock.now)


class ConflictDecision(Base):
    """How an organizer settled the conflict of this scan."""

    __tablename__ = "conflict_decisions"

    scan_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("scans.id", ondelete="CASCADE"), primary_key=True
    )
    settlement: Mapped[Settlement] = mapped_column(status_enum(Settlement))
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)


class VipReception(Base):
    """An organizer has seen that this VIP came on this day, and takes care of them."""

    __tablename__ = "vip_receptions"

    registration_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    received_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    received_at: Mapped[datetime] = mapped_column(default=clock.now)

    received_by: Mapped[User | None] = relationship()


class VipWatcher(Base):
    """Who wants a mail when a VIP arrives at the event."""

    __tablename__ = "vip_watchers"

    event_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )

    user: Mapped[User] = relationship()


class Presence(Base):
    """A delegate who is inside, and the scan that admitted them. One row each and zone is the rule."""

    __tablename__ = "presences"

    registration_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True
    )
    zone: Mapped[str] = mapped_column(String(40), primary_key=True, default="")
    scan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("scans.id"))

    scan: Mapped[Scan] = relationship()
