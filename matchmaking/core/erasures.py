"""Whose data was erased: ids and nothing else, so that a restored backup brings nobody back."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from matchmaking.core import clock
from matchmaking.core.database import Base, db

NAME = "Đã xóa · Erased"
"""Stands where a name stood."""
_DOMAIN = "@erased.invalid"


class Erasure(Base):
    __tablename__ = "erasures"

    subject_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    subject_type: Mapped[str] = mapped_column(String(40))
    erased_at: Mapped[datetime] = mapped_column(default=clock.now)


def note_erased(subject: Any) -> None:
    """Keep the id of a row whose data is gone; once, however often it is erased."""
    if db.session.get(Erasure, subject.id) is None:
        db.session.add(Erasure(subject_id=subject.id, subject_type=subject.__tablename__))
    db.session.flush()


def stand_in(subject_id: uuid.UUID) -> str:
    """An address nobody has, for a column that wants one of its own."""
    return f"{subject_id.hex}{_DOMAIN}"


def is_stand_in(address: str) -> bool:
    return address.endswith(_DOMAIN)
