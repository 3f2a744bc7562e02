"""What takes a finished message away: a directory of .eml files, or a mail server."""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from matchmaking.config import Config, ConfigurationError

EXTENSION = "gap-go-mail"
PATIENCE_SECONDS = 20
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")


class TryLater(Exception):
    """The carrier cannot take any mail, or this one, just now."""


class Refused(Exception):
    """This mail will never be taken: the address or the content is not accepted."""


class Carrier(Protocol):
    def deliver(self, message: EmailMessage, name: str) -> None:
        """Hand over one message; `name` is the same at every try. TryLater or Refused if not."""


@dataclass(frozen=True)
class MailDirectory:
    """Each message as a file that any mail program opens. Delivering again replaces it."""

    folder: Path

    def path_of(self, name: str) -> Path:
        return self.folder / f"{name}.eml"

    def deliver(self, message: EmailMessage, name: str) -> None:
        unfinished = self.folder / f".{name}.{os.getpid()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with unfinished.open("wb") as file:
                file.write(bytes(message))
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(self.path_of(name))
        except OSError as fault:
            raise TryLater(f"the mail directory: {fault.strerror}") from fault


@dataclass(frozen=True)
class SmtpServer:
    """`smtp://` speaks TLS when the server offers it, `smtps://` from the first byte."""

    host: str
    port: int
    user: str
    password: str
    tls_from_start: bool

    @classmethod
    def from_url(cls, url: str) -> "SmtpServer":
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ConfigurationError("SMTP_URL must look like smtp://user:password@host:587")
        secure = parts.scheme == "smtps"
        return cls(
            host=parts.hostname,
            port=parts.port or (465 if secure else 587 if parts.username else 25),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            tls_from_start=secure,
        )

    def deliver(self, message: EmailMessage, name: str) -> None:
        with _told_apart(), self._connection() as server:
            self._prepare(server)
            server.send_message(message)

    def _connection(self) -> smtplib.SMTP:
        if self.tls_from_start:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE_SECONDS, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=PATIENCE_SECONDS)

    def _prepare(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        secure = self.tls_from_start
        if not secure and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            secure = True
        if not self.user:
            return
        if not secure and self.host not in LOCAL_HOSTS:
            raise TryLater("the mail server offers no TLS; the password is not sent in clear")
        server.login(self.user, self.password)


@contextmanager
def _told_apart() -> Iterator[None]:
    """Turn what the server says into "later" or "never"."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as refusal:
        code, reason = next(iter(refusal.recipients.values()))
        raise _verdict(code, reason) from refusal
    except smtplib.SMTPDataError as refusal:
        raise _verdict(refusal.smtp_code, refusal.smtp_error) from refusal
    except smtplib.SMTPNotSupportedError as refusal:
        raise Refused(str(refusal)) from refusal
    except smtplib.SMTPResponseException as refusal:
        raise TryLater(_sentence(refusal.smtp_code, refusal.smtp_error)) from refusal
    except OSError as fault:  # every other fault of smtplib and of the network
        raise TryLater(f"{type(fault).__name__}: {fault}") from fault


def _verdict(code: int, reason: bytes | str) -> TryLater | Refused:
    kind = Refused if code >= 500 else TryLater
    return kind(_sentence(code, reason))


def _sentence(code: int, reason: bytes | str) -> str:
    words = reason.decode(errors="replace") if isinstance(reason, bytes) else reason
    return f"{code} {words}"


def carrier_of(config: Config) -> Carrier:
    """The mail server of SMTP_URL; without one, the directory `mail` beside the database."""
    if config.smtp_url:
        return SmtpServer.from_url(config.smtp_url)
    return MailDirectory(config.data_dir / "mail")
