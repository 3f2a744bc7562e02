"""Companies at an event, what they offer and seek, and who comes for them."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaking.core import clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.codes import new_id
from matchmaking.core.database import Base, status_enum
from matchmaking.events.models import Booth, Event
from matchmaking.registration.models import Registration


class Side(StrEnum):
    LOCAL = "local"
    FOREIGN = "foreign"


class CompanyStatus(StrEnum):
    PENDING = "pending"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class SectorRole(StrEnum):
    SECTOR = "sector"
    OFFERING = "offering"
    SEEKING = "seeking"


class Company(Base):
    """A company that meets others. It can hold `lines` meetings at one time.

    `max_meetings` of None means the event's own limit.
    """

    __tablename__ = "companies"
    __table_args__ = (
        CheckConstraint("lines BETWEEN 1 AND 9", "lines"),
        Index(None, "event_id", "sort_name"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    side: Mapped[Side] = mapped_column(status_enum(Side))
    status: Mapped[CompanyStatus] = mapped_column(
        status_enum(CompanyStatus), default=CompanyStatus.PENDING
    )
    name: Mapped[Bilingual]
    sort_name: Mapped[str] = mapped_column(String(500))
    search_text: Mapped[str] = mapped_column(Text)
    country: Mapped[str] = mapped_column(String(2))
    province_code: Mapped[str | None] = mapped_column(String(2))
    tax_code: Mapped[str] = mapped_column(String(20), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[Bilingual] = mapped_column(default=Bilingual)
    offering_text: Mapped[Bilingual] = mapped_column(default=Bilingual)
    seeking_text: Mapped[Bilingual] = mapped_column(default=Bilingual)
    employees_band: Mapped[str] = mapped_column(String(20), default="")
    languages: Mapped[list[str]] = mapped_column(default=list)
    needs_interpreter: Mapped[bool] = mapped_column(default=False)
    persons_at_table: Mapped[int] = mapped_column(default=1)
    lines: Mapped[int] = mapped_column(default=1)
    max_meetings: Mapped[int | None]
    booth_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("booths.id"), unique=True)
    logo_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("stored_files.id"))
    contact_email: Mapped[str] = mapped_column(String(254), default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    event: Mapped[Event] = relationship()
    booth: Mapped[Booth | None] = relationship()
    sectors: Mapped[list["CompanySector"]] = relationship(
        cascade="all, delete-orphan", back_populates="company"
    )
    absences: Mapped[list["Absence"]] = relationship(
        cascade="all, delete-orphan", order_by="Absence.starts_at", back_populates="company"
    )
    representatives: Mapped[list["Representative"]] = relationship(
        cascade="all, delete-orphan", back_populates="company"
    )

    @property
    def is_confirmed(self) -> bool:
        return self.status is CompanyStatus.CONFIRMED

    @property
    def native_language(self) -> str:
        """The language, of those the sector list is also known in, that its people read."""
        return next((code for code in ("ko", "ja", "zh") if code in self.languages), "")

    def sector_ids(self, role: SectorRole) -> list[str]:
        return sorted(row.sector_id for row in self.sectors if row.role == role)


class CompanySector(Base):
    """A sector the company is in, offers in, or seeks in. `sector_id` is of the sector list."""

    __tablename__ = "company_sectors"
    __table_args__ = (Index(None, "sector_id", "role"),)

    company_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[SectorRole] = mapped_column(status_enum(SectorRole), primary_key=True)
    sector_id: Mapped[str] = mapped_column(String(40), primary_key=True)

    company: Mapped[Company] = relationship(back_populates="sectors")


class Absence(Base):
    """A time in which the company cannot meet."""

    __tablename__ = "absences"
    __table_args__ = (CheckConstraint("ends_at > starts_at", "length"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    company_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE"), index=True
    )
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]

    company: Mapped[Company] = relationship(back_populates="absences")


class Representative(Base):
    """A delegate who speaks for a company, at one of its lines (0: the first table)."""

    __tablename__ = "representatives"
    __table_args__ = (UniqueConstraint("registration_id"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    company_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("companies.id", ondelete="CASCADE"), index=True
    )
    registration_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE")
    )
    line: Mapped[int] = mapped_column(default=0)
    is_contact: Mapped[bool] = mapped_column(default=False)

    company: Mapped[Company] = relationship(back_populates="representatives")
    registration: Mapped[Registration] = relationship()
