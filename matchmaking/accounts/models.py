"""People who sign in, their sessions, and the one-time links that let them."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from matchmaking.core import clock
from matchmaking.core.codes import new_id
from matchmaking.core.database import Base, status_enum
from matchmaking.core.text import fold, name_sort_key


class User(Base):
    """Someone with an account: office staff, gate staff or a company's representative.

    Without a password a person signs in by a mailed link. With `app_secret` (sealed) an
    app's code is asked for as well; `app_step` is the half minute of the last one used.
    """

    __tablename__ = "users"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    full_name: Mapped[str] = mapped_column(String(120))
    sort_name: Mapped[str] = mapped_column(String(250))
    search_text: Mapped[str] = mapped_column(String(400))
    language: Mapped[str] = mapped_column(String(2), default="vi")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    app_secret: Mapped[str] = mapped_column(String(200), default="")
    app_step: Mapped[int] = mapped_column(default=0)
    is_administrator: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_signed_in_at: Mapped[datetime | None]

    @validates("email", "full_name")
    def _index(self, field: str, value: str) -> str:
        """Keeps what people sort and search by in step with the name."""
        known = {"email": self.email or "", "full_name": self.full_name or "", field: value}
        self.sort_name = name_sort_key(known["full_name"])
        self.search_text = fold(f"{known['full_name']} {known['email']}")
        return value

    passkeys: Mapped[list["Passkey"]] = relationship(back_populates="user", viewonly=True)

    @property
    def has_password(self) -> bool:
        return self.password_hash is not None

    @property
    def has_second_step(self) -> bool:
        return bool(self.app_secret or self.passkeys)


class RecoveryCode(Base):
    """Good once in place of the app's code, for somebody who lost the phone."""

    __tablename__ = "recovery_codes"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class Passkey(Base):
    """The public half of a key that a person's device holds. `uses` rises, where it counts."""

    __tablename__ = "passkeys"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    credential: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    uses: Mapped[int] = mapped_column(BigInteger, default=0)
    name: Mapped[str] = mapped_column(String(80))
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship(back_populates="passkeys")


class UserSession(Base):
    """One browser in which a user is signed in. Without the row, its cookie opens nothing."""

    __tablename__ = "user_sessions"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    browser: Mapped[str] = mapped_column(String(80), default="")
    started_at: Mapped[datetime] = mapped_column(default=clock.now)

    user: Mapped[User] = relationship()


class LinkPurpose(StrEnum):
    SIGN_IN = "sign_in"
    INVITATION = "invitation"
    RESET_PASSWORD = "reset_password"


class OneTimeLink(Base):
    """A mailed link that works once.

    Nothing of its token is kept: it is derived from the id (`accounts.links`), so that the
    worker that writes the mail, and writes it again after a failure, sends the same one.
    """

    __tablename__ = "one_time_links"

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    purpose: Mapped[LinkPurpose] = mapped_column(status_enum(LinkPurpose))
    next_path: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
