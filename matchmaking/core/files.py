"""Files the platform keeps (logos, finished PDFs), in the database so that a backup has them."""

import uuid
from datetime import datetime

from sqlalchemy import LargeBinary, String, delete
from sqlalchemy.orm import Mapped, deferred, mapped_column

from matchmaking.core import clock
from matchmaking.core.codes import new_id
from matchmaking.core.database import Base, db


class StoredFile(Base):
    """A file's bytes and type. Public ones (logos) may be fetched by anyone who has the id."""

    __tablename__ = "stored_files"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(String(200))
    content_type: Mapped[str] = mapped_column(String(100))
    is_public: Mapped[bool] = mapped_column(default=False)
    content: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    stored_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime | None]


def store(
    content: bytes,
    *,
    name: str,
    content_type: str,
    event_id: uuid.UUID | None = None,
    is_public: bool = False,
    expires_at: datetime | None = None,
) -> StoredFile:
    """Keep `content` and return its row."""
    stored = StoredFile(
        content=content,
        name=name,
        content_type=content_type,
        event_id=event_id,
        is_public=is_public,
        expires_at=expires_at,
    )
    db.session.add(stored)
    db.session.flush()
    return stored


def remove_expired() -> None:
    """Delete the files whose time is over."""
    db.session.execute(delete(StoredFile).where(StoredFile.expires_at < clock.now()))
