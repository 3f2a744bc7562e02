"""An event, its series, its hosts and the people who run it."""

import uuid
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaking.accounts.models import User
from matchmaking.core import clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.codes import new_id
from matchmaking.core.database import Base, status_enum


class EventStatus(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class RegistrationWindow(StrEnum):
    """Whether one may register, as far as the calendar goes."""

    NOT_YET = "not_yet"
    OPEN = "open"
    CLOSED = "closed"
    OVER = "over"


class HostRole(StrEnum):
    HOST = "host"
    CO_HOST = "co_host"
    FOCAL_UNIT = "focal_unit"
    PARTNER = "partner"
    SPONSOR = "sponsor"


class MemberRole(StrEnum):
    """What a person may do at one event; each role may do what those below it may."""

    OWNER = "owner"
    EDITOR = "editor"
    VIEWER = "viewer"
    GATE = "gate"


class Series(Base):
    """What the yearly editions of "Gặp gỡ Hàn Quốc" have in common."""

    __tablename__ = "series"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    name: Mapped[Bilingual]


class _Dated(Protocol):
    @property
    def timezone(self) -> str: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date: ...


class OnDays:
    """When something that lasts for days begins and ends, where it takes place."""

    @property
    def zone(self: _Dated) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def starts_at(self: _Dated) -> datetime:
        """The first moment of the first day, in the event's zone."""
        return datetime.combine(self.starts_on, time.min, ZoneInfo(self.timezone))

    @property
    def ends_at(self: _Dated) -> datetime:
        """The first moment after the last day, in the event's zone."""
        after = self.ends_on + timedelta(days=1)
        return datetime.combine(after, time.min, ZoneInfo(self.timezone))


class Event(OnDays, Base):
    """One event, or one edition of a series. `kind` is a code of the event types.

    `schedule_version` is the number of the published B2B schedule (0: none yet);
    it switches in the transaction that publishes. `tells_programs`: other programs are told
    what happens (webhooks). `security_list`: delegates are asked for an identity number;
    `people_kept_months`: how long after the event its people are known by name.
    `version` guards edits. `practical`
    is what a traveller asks: hotels, transport, dress, visas.
    """

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", "days"),
        UniqueConstraint("series_id", "edition"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    series_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("series.id"))
    edition: Mapped[str | None] = mapped_column(String(20))
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    modules: Mapped[list[str]] = mapped_column(default=list)
    status: Mapped[EventStatus] = mapped_column(status_enum(EventStatus), default=EventStatus.DRAFT)

    name: Mapped[Bilingual]
    theme: Mapped[Bilingual] = mapped_column(default=Bilingual)
    description: Mapped[Bilingual] = mapped_column(default=Bilingual)
    practical: Mapped[Bilingual] = mapped_column(default=Bilingual)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    timezone: Mapped[str] = mapped_column(String(40), default="Asia/Ho_Chi_Minh")
    languages: Mapped[list[str]] = mapped_column(default=lambda: ["vi", "en"])
    province_code: Mapped[str | None] = mapped_column(String(2))
    venue: Mapped[Bilingual] = mapped_column(default=Bilingual)
    map_url: Mapped[str] = mapped_column(String(500), default="")
    online_url: Mapped[str] = mapped_column(String(500), default="")
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    contact_phone: Mapped[str] = mapped_column(String(20), default="")
    expected_delegates: Mapped[int | None]
    priority_sectors: Mapped[list[str]] = mapped_column(default=list)
    accent: Mapped[str] = mapped_column(String(7), default="")
    banner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stored_files.id"))

    registration_opens_at: Mapped[datetime | None]
    registration_closes_at: Mapped[datetime | None]
    check_in_opens_at: Mapped[datetime | None]
    security_list: Mapped[bool] = mapped_column(default=False)
    people_kept_months: Mapped[int] = mapped_column(default=24)

    requests_per_company: Mapped[int] = mapped_column(default=12)
    meetings_per_company: Mapped[int] = mapped_column(default=12)
    same_side_meetings: Mapped[bool] = mapped_column(default=False)
    instant_booking: Mapped[bool] = mapped_column(default=True)
    schedule_version: Mapped[int] = mapped_column(default=0)
    tells_programs: Mapped[bool] = mapped_column(default=False)

    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    published_at: Mapped[datetime | None]

    series: Mapped[Series | None] = relationship()
    hosts: Mapped[list["EventHost"]] = relationship(
        order_by="EventHost.position", cascade="all, delete-orphan", back_populates="event"
    )

    @property
    def is_public(self) -> bool:
        return self.status is not EventStatus.DRAFT

    @property
    def days(self) -> list[date]:
        length = (self.ends_on - self.starts_on).days
        return [self.starts_on + timedelta(days=n) for n in range(length + 1)]

    def registration_window(self, now: datetime) -> RegistrationWindow:
        """Without an opening it is open from the start, without a closing until the event ends."""
        if self.status is EventStatus.ARCHIVED or now >= self.ends_at:
            return RegistrationWindow.OVER
        is_awaited = self.registration_opens_at and now < self.registration_opens_at
        if self.status is EventStatus.DRAFT or is_awaited:
            return RegistrationWindow.NOT_YET
        if self.registration_closes_at and now >= self.registration_closes_at:
            return RegistrationWindow.CLOSED
        return RegistrationWindow.OPEN

    def has(self, module: str) -> bool:
        return module in self.modules


class EventHost(Base):
    """An organization that stands behind the event, shown with its logo."""

    __tablename__ = "event_hosts"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[HostRole] = mapped_column(status_enum(HostRole), default=HostRole.HOST)
    name: Mapped[Bilingual]
    url: Mapped[str] = mapped_column(String(500), default="")
    logo_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stored_files.id"))
    position: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship(back_populates="hosts")


class EventMember(Base):
    """A person who works on the event, and as what."""

    __tablename__ = "event_members"
    __table_args__ = (UniqueConstraint("event_id", "user_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    role: Mapped[MemberRole] = mapped_column(status_enum(MemberRole))

    event: Mapped[Event] = relationship()
    user: Mapped[User] = relationship()
