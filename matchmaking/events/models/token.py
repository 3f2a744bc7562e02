"""What lets another program act at an event."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from matchmaking.core import clock
from matchmaking.core.codes import new_id
from matchmaking.core.database import Base, status_enum
from matchmaking.events.models.event import Event


class TokenScope(StrEnum):
    """What a program may do: everything an editor may, scan at the gate, or look only."""

    ORGANIZER = "organizer"
    CHECK_IN = "check-in"
    READ = "read"


class ApiToken(Base):
    """A program's key to one event. `digest` is its SHA-256; the token itself is kept nowhere.

    `gates` are the marks of those where it may check people in, all when empty.
    """

    __tablename__ = "api_tokens"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(String(80))
    scope: Mapped[TokenScope] = mapped_column(status_enum(TokenScope))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    gates: Mapped[list[str]] = mapped_column(default=list)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    created_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    revoked_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None
