"""Settings, read once from the environment. `docs/operations.md` lists every one."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
POSTGRESQL = ("postgresql+psycopg", "postgresql", "postgres")
SHORTEST_SECRET = 32
FEWEST_CHARACTERS = 10
NEW_SECRET = "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
SENDER_OF_A_TRIAL = "Gặp Gỡ <no-reply@localhost>"


class ConfigurationError(Exception):
    """A setting is missing or cannot be used; the message says which and what to do."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """What differs between installations. Development needs none of it set."""

    secret_key: str
    badge_key: str = ""
    data_key: str = ""
    data_dir: Path = ROOT / "instance"
    database_url: str = ""
    database_connections: int = 32
    redis_url: str = ""
    base_url: str = "http://127.0.0.1:8000"
    smtp_url: str = ""
    mail_from: str = SENDER_OF_A_TRIAL
    trusted_proxies: int = 0
    slow_query_ms: int = 500
    log_level: str = "INFO"
    testing: bool = False
    demo: bool = False
    second_step_required: bool = False
    metrics_token: str = ""
    webhook_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    limits: bool = True
    extra: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Raises ConfigurationError, one sentence, at the first setting that cannot be used."""
        data_dir = _writable(Path(environ.get("DATA_DIR") or ROOT / "instance").resolve())
        base_url = _base_url(
            environ.get("BASE_URL") or f"http://127.0.0.1:{_number(environ, 'PORT', 8000)}"
        )
        demo = environ.get("DEMO", "") == "1"
        is_public = base_url.startswith("https://") and not demo
        threads = _number(environ, "WEB_THREADS", 32, least=1)
        _number(environ, "WEB_PROCESSES", 1, least=1)
        return cls(
            secret_key=_secret(environ, data_dir, is_public=is_public),
            badge_key=_strong(environ, "BADGE_KEY", is_public=is_public),
            data_key=_strong(environ, "DATA_KEY", is_public=is_public),
            data_dir=data_dir,
            database_url=_database_url(environ.get("DATABASE_URL", "")),
            database_connections=_number(environ, "DATABASE_CONNECTIONS", threads, least=1),
            redis_url=_redis_url(environ.get("REDIS_URL", "")),
            base_url=base_url,
            smtp_url=_smtp_url(environ.get("SMTP_URL", ""), is_public=is_public),
            mail_from=_sender(environ.get("MAIL_FROM", ""), is_public=is_public),
            trusted_proxies=_number(environ, "TRUSTED_PROXIES", 0),
            slow_query_ms=_number(environ, "SLOW_QUERY_MS", 500),
            log_level=_log_level(environ.get("LOG_LEVEL") or ("WARNING" if demo else "INFO")),
            demo=demo,
            second_step_required=_chosen(environ, "SECOND_STEP", "organizers"),
            metrics_token=_strong(environ, "METRICS_TOKEN", is_public=is_public),
            webhook_networks=_networks(environ.get("WEBHOOK_NETWORKS", "")),
        )

    @property
    def database_uri(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'gap-go.sqlite3'}"

    @property
    def badge_secret(self) -> bytes:
        """What badges are signed from; its own key, so that SECRET_KEY may change freely."""
        return (self.badge_key or self.secret_key).encode()

    @property
    def data_secret(self) -> bytes:
        """What is encrypted at rest is sealed with this; lost with the key, so keep it."""
        return (self.data_key or self.secret_key).encode()

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    @property
    def _counting_url(self) -> str:
        """Where attempts are counted; the library calls a socket file by another name."""
        return self.redis_url.replace("unix://", "redis+unix://", 1) or "memory://"

    def flask_settings(self) -> dict[str, Any]:
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_uri,
            "SQLALCHEMY_ENGINE_OPTIONS": self._engine_options(),
            "TESTING": self.testing,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.is_https,
            "SESSION_COOKIE_NAME": "__Host-gapgo" if self.is_https else "gapgo",
            "PERMANENT_SESSION_LIFETIME": 60 * 60 * 24 * 30,
            "REMEMBER_COOKIE_SECURE": self.is_https,
            "WTF_CSRF_TIME_LIMIT": None,
            "MAX_CONTENT_LENGTH": 8 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
            "BABEL_DEFAULT_LOCALE": "vi",
            "BABEL_DEFAULT_TIMEZONE": "UTC",
            "RATELIMIT_STORAGE_URI": self._counting_url,
            "RATELIMIT_ENABLED": self.limits,
            **self.extra,
        }

    def _engine_options(self) -> dict[str, Any]:
        """A server that cannot be reached is given up soon, so that people hear of it."""
        options = {
            "pool_size": self.database_connections,
            "max_overflow": 2,
            "pool_timeout": 10,
            "pool_use_lifo": True,
            "hide_parameters": True,
        }
        is_server = self.database_url.startswith(POSTGRESQL[0])
        return {**options, "connect_args": {"connect_timeout": 5}} if is_server else options


def _secret(environ: Mapping[str, str], data_dir: Path, *, is_public: bool) -> str:
    """SECRET_KEY, or a key of this machine's own, kept beside its SQLite database."""
    if environ.get("SECRET_KEY"):
        return _strong(environ, "SECRET_KEY", is_public=is_public)
    if environ.get("DATABASE_URL"):
        raise ConfigurationError(f"SECRET_KEY is not set; set it to the output of: {NEW_SECRET}")
    path = data_dir / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()


def _strong(environ: Mapping[str, str], name: str, *, is_public: bool) -> str:
    """A secret, refused where others could guess it. A trial on one machine may have any."""
    secret = environ.get(name, "")
    guessable = len(secret) < SHORTEST_SECRET or len(set(secret)) < FEWEST_CHARACTERS
    if secret and guessable and (is_public or environ.get("DATABASE_URL")):
        raise ConfigurationError(
            f"{name} can be guessed; it needs {SHORTEST_SECRET} random characters or more, "
            f"for example the output of: {NEW_SECRET}"
        )
    return secret


def _networks(written: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """Own networks that webhooks may lead into, "10.1.0.0/16, fd00::/8"."""
    try:
        return tuple(ip_network(one.strip()) for one in written.split(",") if one.strip())
    except ValueError as fault:
        raise ConfigurationError(f"WEBHOOK_NETWORKS cannot be read: {fault}") from None


def _number(environ: Mapping[str, str], name: str, default: int, *, least: int = 0) -> int:
    written = environ.get(name) or str(default)
    if not (written.isascii() and written.isdecimal()) or int(written) < least:
        raise ConfigurationError(f"{name} must be a whole number, {least} or more.")
    return int(written)


def _chosen(environ: Mapping[str, str], name: str, choice: str) -> bool:
    """Whether the one value the setting may have is set."""
    if environ.get(name, "") not in ("", choice):
        raise ConfigurationError(f"{name} may be {choice} or empty.")
    return environ.get(name, "") == choice


def _writable(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ConfigurationError(f"DATA_DIR, {folder}, cannot be made: {fault.strerror}.") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise ConfigurationError(f"DATA_DIR, {folder}, cannot be written to by this user.")
    return folder


def _base_url(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
        raise ConfigurationError("BASE_URL must look like https://event.example.gov.vn")
    return address


def _database_url(address: str) -> str:
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


def _redis_url(address: str) -> str:
    if address and urlsplit(address).scheme not in ("redis", "rediss", "unix"):
        raise ConfigurationError("REDIS_URL must look like redis://host:6379/0")
    return address


def _smtp_url(address: str, *, is_public: bool) -> str:
    parts = urlsplit(address)
    if address and (parts.scheme not in ("smtp", "smtps") or not parts.hostname):
        raise ConfigurationError("SMTP_URL must look like smtp://user:password@host:587")
    if is_public and not address:
        raise ConfigurationError(
            "SMTP_URL is not set, so no mail would leave; set it to smtp://user:password@host:587"
        )
    return address


def _sender(sender: str, *, is_public: bool) -> str:
    _name, address = parseaddr(sender)
    if sender and "@" not in address:
        raise ConfigurationError("MAIL_FROM must look like: Ban Tổ chức <mail@example.gov.vn>")
    if is_public and not sender:
        raise ConfigurationError(
            "MAIL_FROM is not set; set it to the sender of mails, for example: "
            "Ban Tổ chức <mail@example.gov.vn>"
        )
    return sender or SENDER_OF_A_TRIAL


def _log_level(name: str) -> str:
    if name.upper() not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        raise ConfigurationError("LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR.")
    return name.upper()
