"""The answers the API gave, to give them again."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from matchmaking.core import clock
from matchmaking.core.database import Base


class GivenAnswer(Base):
    """The first answer to a request that carried an `Idempotency-Key`.

    `actor` is the token or, without one, the network address, or anyone where the key is a
    UUID; `request_digest` is of method, address and body; `headers` are those worth repeating.
    """

    __tablename__ = "given_answers"

    actor: Mapped[str] = mapped_column(String(80), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    request_digest: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(default=0)
    headers: Mapped[list[list[str]]] = mapped_column(default=list)
    body: Mapped[str] = mapped_column(Text, default="")
    given_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
