"""One setting each: read from the environment, or refused with a sentence that names it."""

import os
import secrets
from collections.abc import Mapping
from email.utils import parseaddr
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import urlsplit

POSTGRESQL = ("postgresql+psycopg", "postgresql", "postgres")
SHORTEST_SECRET = 32
FEWEST_CHARACTERS = 10
NEW_SECRET = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
SENDER_OF_A_TRIAL = "Gặp Gỡ <no-reply@localhost>"


class ConfigurationError(Exception):
    """A setting is missing or cannot be used; the message says which and what to do."""


def own_secret(environ: Mapping[str, str], data_dir: Path, *, is_public: bool) -> str:
    """SECRET_KEY, or a key of this machine's own, kept beside its SQLite database."""
    if environ.get("SECRET_KEY"):
        return strong_secret(environ, "SECRET_KEY", is_public=is_public)
    if environ.get("DATABASE_URL"):
        raise ConfigurationError(f"SECRET_KEY is not set; set it to the output of: {NEW_SECRET}")
    path = data_dir / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def former_secrets(environ: Mapping[str, str], *, is_public: bool) -> tuple[str, ...]:
    """Keys that SECRET_KEY was before, between spaces. Badges cannot follow, so theirs must stay."""
    former = environ.get("SECRET_KEY_BEFORE", "").split()
    if former and not environ.get("BADGE_KEY"):
        raise ConfigurationError(
            "SECRET_KEY_BEFORE needs BADGE_KEY; set it to the key that badges were signed with, "
            "the former SECRET_KEY."
        )
    for secret in former:
        _refuse_guessable(environ, "SECRET_KEY_BEFORE", secret, is_public=is_public)
    return tuple(former)


def strong_secret(environ: Mapping[str, str], name: str, *, is_public: bool) -> str:
    """A secret, refused where others could guess it. A trial on one machine may have any."""
    secret = environ.get(name, "")
    _refuse_guessable(environ, name, secret, is_public=is_public)
    return secret


def _refuse_guessable(
    environ: Mapping[str, str], name: str, secret: str, *, is_public: bool
) -> None:
    guessable = len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_CHARACTERS
    if secret and guessable and (is_public or environ.get("DATABASE_URL")):
        raise ConfigurationError(
            f"{name} can be guessed; it needs {SHORTEST_SECRET} random characters or more, "
            f"for example the output of: {NEW_SECRET}"
        )


def networks(written: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Own networks that webhooks may lead into, "10.1.0.0/16, fd00::/8"."""
    try:
        return tuple(ip_network(one.strip()) for one in written.split(",") if one.strip())
    except ValueError as fault:
        raise ConfigurationError(f"WEBHOOK_NETWORKS cannot be read: {fault}") from None


def number(
    environ: Mapping[str, str], name: str, default: int, *, least: int = 0, most: int = 10**9
) -> int:
    written = environ.get(name) or str(default)
    known = written.isascii() and written.isdecimal() and len(written) < 12
    if not known or not least <= int(written) <= most:
        bounds = f"{least} or more" if most == 10**9 else f"from {least} to {most}"
        raise ConfigurationError(f"{name} must be a whole number, {bounds}.")
    return int(written)


def chosen(environ: Mapping[str, str], name: str, choice: str) -> bool:
    """Whether the one value the setting may have is set."""
    if environ.get(name, "") not in ("", choice):
        raise ConfigurationError(f"{name} may be {choice} or empty.")
    return environ.get(name, "") == choice


def writable(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ConfigurationError(f"DATA_DIR, {folder}, cannot be made: {fault.strerror}.") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ConfigurationError(f"DATA_DIR, {folder}, cannot be written to by this user.")
    return folder


def base_url(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise ConfigurationError("BASE_URL must look like https://event.example.gov.vn")
    return address


def database_url(address: str) -> str:
    """The address may hold a password, so no message repeats it."""
    scheme, _, rest = address.partition("://")
    if scheme in POSTGRESQL:
        address = f"{POSTGRESQL[0]}://{rest}"
    if address and not (_names_a_database(address) or address.startswith("sqlite:///")):
        raise ConfigurationError(
            "DATABASE_URL must look like postgresql+psycopg://user:password@host/name"
        )
    return address


def _names_a_database(address: str) -> bool:
    parts = urlsplit(address)
    try:
        port_is_a_number = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return parts.scheme == POSTGRESQL[0] and len(parts.path) > 1 and port_is_a_number


def redis_url(address: str) -> str:
    if address and urlsplit(address).scheme not in ("redis", "rediss", "unix"):
        raise ConfigurationError("REDIS_URL must look like redis://host:6379/0")
    return address


def smtp_url(address: str, *, is_public: bool) -> str:
    parts = urlsplit(address)
    if address and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
        raise ConfigurationError("SMTP_URL must look like smtp://user:password@host:587")
    if is_public and not address:
        raise ConfigurationError(
            "SMTP_URL is not set, so no mail would leave; set it to smtp://user:password@host:587"
        )
    return address


def sender(sender: str, *, is_public: bool) -> str:
    _name, address = parseaddr(sender)
    if sender and "@" not in address:
        raise ConfigurationError("MAIL_FROM must look like: Ban Tổ chức <mail@example.gov.vn>")
    if is_public and not sender:
        raise ConfigurationError(
            "MAIL_FROM is not set; set it to the sender of mails, for example: "
            "Ban Tổ chức <mail@example.gov.vn>"
        )
    return sender or SENDER_OF_A_TRIAL


def log_level(name: str) -> str:
    if name.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise ConfigurationError("LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR.")
    return name.upper()
