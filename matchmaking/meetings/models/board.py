"""What the organizer did by hand on the schedule board, so that it can be undone."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaking.core import clock
from matchmaking.core.codes import new_id
from matchmaking.core.database import Base


class BoardChange(Base):
    """One change by hand. `before` says of each meeting where it was, and at what sequence
    the change left it: {"meeting", "slot", "table", "interpreter", "pinned", "sequence"}; no
    slot: it was not held.
    """

    __tablename__ = "board_changes"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(12))
    before: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    undone_at: Mapped[datetime | None]
