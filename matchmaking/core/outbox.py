"""Mail as rows: queued in the transaction that causes it, written when it is sent.

A row names a kind of letter and its subject, not the words: the letter is composed by
the worker, from what is true then, in the reader's language. So no row holds a secret
or a copy of personal data beyond the address.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from matchmaking.core import clock, jobs
from matchmaking.core.codes import new_id
from matchmaking.core.database import Base, db, insert_all, status_enum


class MailState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class OutgoingMail(Base):
    """One mail to one person. `dedupe_key` says what it is about: at most one mail each."""

    __tablename__ = "outgoing_mails"
    __table_args__ = (UniqueConstraint("dedupe_key"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    event_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    letter: Mapped[str] = mapped_column(String(60))
    recipient: Mapped[str] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    about: Mapped[dict[str, Any]] = mapped_column(default=dict)
    dedupe_key: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[MailState] = mapped_column(status_enum(MailState), default=MailState.QUEUED)
    subject: Mapped[str] = mapped_column(String(300), default="")
    error: Mapped[str] = mapped_column(Text, default="")
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]

    @property
    def message_id(self) -> str:
        """The same at every try, so that a mail sent twice is seen as one."""
        return f"<{self.id}@gap-go>"


@dataclass(frozen=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """What a composer returns: `template` names `emails/<template>.html` and `.txt`.

    The subject is the template's block `subject`. `attachments` are (maker, subject id)
    pairs, such as ("badge", registration.id); makers are declared with `attachment`.
    `is_last`: the address is forgotten once it has gone.
    """

    template: str
    context: dict[str, Any]
    attachments: tuple[tuple[str, uuid.UUID], ...] = field(default=())
    is_last: bool = False


Composer = Callable[[OutgoingMail], Letter | None]
Maker = Callable[[uuid.UUID, str], Attachment]
composers: dict[str, Composer] = {}
makers: dict[str, Maker] = {}


def letter(name: str) -> Callable[[Composer], Composer]:
    """Declare who composes letters of this name. None means: no longer worth sending."""

    def declare(composer: Composer) -> Composer:
        composers[name] = composer
        return composer

    return declare


def attachment(name: str) -> Callable[[Maker], Maker]:
    """Declare who makes attachments of this name, from a row's id, in a language."""

    def declare(maker: Maker) -> Maker:
        makers[name] = maker
        return maker

    return declare


def new_mail(
    letter_name: str,
    recipient: str,
    *,
    language: str,
    event_id: uuid.UUID | None = None,
    dedupe_key: str | None = None,
    **about: Any,
) -> OutgoingMail:
    """A mail that is not yet part of any transaction."""
    return OutgoingMail(
        id=new_id(),
        letter=letter_name,
        recipient=recipient,
        language=language,
        event_id=event_id,
        dedupe_key=dedupe_key,
        about=about,
    )


def queue_mail(
    letter_name: str,
    recipient: str,
    *,
    dedupe_key: str | None = None,
    **values: Any,
) -> OutgoingMail | None:
    """Add a mail to the current transaction; `values` as for `new_mail`.

    None when its `dedupe_key` is already there, or nobody is to be written to.
    """
    if not recipient:
        return None
    if dedupe_key and _is_queued(dedupe_key):
        return None
    mail = new_mail(letter_name, recipient, dedupe_key=dedupe_key, **values)
    db.session.add_all((mail, job_for(mail)))
    return mail


def queue_all(mails: Sequence[OutgoingMail]) -> None:
    """Queue many new mails at once, all of them about something new."""
    addressed = [mail for mail in mails if mail.recipient]
    insert_all(addressed)
    insert_all([job_for(mail) for mail in addressed])


def job_for(mail: OutgoingMail) -> jobs.Job:
    """What sends it; not yet part of any transaction."""
    return jobs.new_job("send_mail", event_id=mail.event_id, mail=str(mail.id))


def _is_queued(dedupe_key: str) -> bool:
    same = select(OutgoingMail.id).where(OutgoingMail.dedupe_key == dedupe_key)
    return db.session.scalar(same) is not None
