"""The mails a demo has written, to be read on its pages as their readers would see them."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from flask import current_app

from matchmaking.ops.carriers import EXTENSION, MailDirectory
from matchmaking.web.settings import settings

SHOWN = 100


@dataclass(frozen=True)
class Envelope:
    """One delivered mail."""

    mail_id: uuid.UUID
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message["Subject"])

    @property
    def recipient(self) -> str:
        return str(self.message["To"])

    @property
    def written_at(self) -> datetime:
        return parsedate_to_datetime(str(self.message["Date"]))

    @property
    def page(self) -> str:
        """The letter as HTML."""
        body = self.message.get_body(("html",))
        return str(body.get_content()) if body else ""

    @property
    def attachments(self) -> list[EmailMessage]:
        return [part for part in self.message.iter_attachments() if isinstance(part, EmailMessage)]


def is_open() -> bool:
    """Only a demo shows its mails: they hold everybody's personal links."""
    return settings().demo and isinstance(current_app.extensions[EXTENSION], MailDirectory)


def envelopes() -> list[Envelope]:
    """The newest mails. Their files are named by ids that rise with time."""
    carrier: MailDirectory = current_app.extensions[EXTENSION]
    files = sorted(carrier.folder.glob("*.eml"), reverse=True)[:SHOWN]
    return [_read(file) for file in files]


def envelope(mail_id: uuid.UUID) -> Envelope | None:
    carrier: MailDirectory = current_app.extensions[EXTENSION]
    file = carrier.path_of(str(mail_id))
    return _read(file) if file.exists() else None


def _read(file: Path) -> Envelope:
    from email import policy  # noqa: PLC0415  only a demo shows its mails

    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    return Envelope(uuid.UUID(file.stem), message)
