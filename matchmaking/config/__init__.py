"""Settings, read once from the environment. `docs/operations.md` lists every one."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any, Self

from matchmaking.config import reading
from matchmaking.config.reading import ConfigurationError

__all__ = ["ROOT", "Config", "ConfigurationError"]

ROOT = Path(__file__).resolve().parents[2]
LONGEST_SESSION_HOURS = 30 * 24
"""Cookies are believed for no longer, whatever is set; those of personal links as long as this."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """What differs between installations. Development needs none of it set."""

    secret_key: str
    former_secret_keys: tuple[str, ...] = ()
    badge_key: str = ""
    data_key: str = ""
    former_data_keys: tuple[str, ...] = ()
    data_dir: Path = ROOT / "instance"
    database_url: str = ""
    database_connections: int = 32
    redis_url: str = ""
    base_url: str = "http://127.0.0.1:8000"
    smtp_url: str = ""
    mail_from: str = reading.SENDER_OF_A_TRIAL
    trusted_proxies: int = 0
    slow_query_ms: int = 500
    log_level: str = "INFO"
    testing: bool = False
    demo: bool = False
    second_step_required: bool = False
    session_idle_minutes: int = 120
    session_hours: int = 24
    metrics_token: str = ""
    webhook_networks: tuple[IPv4Network | IPv6Network, ...] = ()
    limits: bool = True
    extra: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Raises ConfigurationError, one sentence, at the first setting that cannot be used."""
        data_dir = reading.writable(Path(environ.get("DATA_DIR") or ROOT / "instance").resolve())
        base_url = reading.base_url(
            environ.get("BASE_URL") or f"http://127.0.0.1:{reading.number(environ, 'PORT', 8000)}"
        )
        demo = environ.get("DEMO", "") == "1"
        is_public = base_url.startswith("https://") and not demo
        threads = reading.number(environ, "WEB_THREADS", 32, least=1)
        reading.number(environ, "WEB_PROCESSES", 1, least=1)
        return cls(
            secret_key=reading.own_secret(environ, data_dir, is_public=is_public),
            former_secret_keys=reading.former_secrets(environ, is_public=is_public),
            badge_key=reading.strong_secret(environ, "BADGE_KEY", is_public=is_public),
            data_key=reading.strong_secret(environ, "DATA_KEY", is_public=is_public),
            former_data_keys=tuple(environ.get("DATA_KEY_BEFORE", "").split()),
            data_dir=data_dir,
            database_url=reading.database_url(environ.get("DATABASE_URL", "")),
            database_connections=reading.number(environ, "DATABASE_CONNECTIONS", threads, least=1),
            redis_url=reading.redis_url(environ.get("REDIS_URL", "")),
            base_url=base_url,
            smtp_url=reading.smtp_url(environ.get("SMTP_URL", ""), is_public=is_public),
            mail_from=reading.sender(environ.get("MAIL_FROM", ""), is_public=is_public),
            trusted_proxies=reading.number(environ, "TRUSTED_PROXIES", 0),
            slow_query_ms=reading.number(environ, "SLOW_QUERY_MS", 500),
            log_level=reading.log_level(
                environ.get("LOG_LEVEL") or ("WARNING" if demo else "INFO")
            ),
            demo=demo,
            second_step_required=reading.chosen(environ, "SECOND_STEP", "organizers"),
            session_idle_minutes=reading.number(
                environ, "SESSION_IDLE_MINUTES", 120, least=5, most=LONGEST_SESSION_HOURS * 60
            ),
            session_hours=reading.number(
                environ, "SESSION_HOURS", 24, least=1, most=LONGEST_SESSION_HOURS
            ),
            metrics_token=reading.strong_secret(environ, "METRICS_TOKEN", is_public=is_public),
            webhook_networks=reading.networks(environ.get("WEBHOOK_NETWORKS", "")),
        )

    @property
    def database_uri(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'gap-go.sqlite3'}"

    @property
    def badge_secret(self) -> bytes:
        """What badges are signed from; its own key, so that SECRET_KEY may change freely."""
        return (self.badge_key or self.secret_key).encode()

    @property
    def secret_keys(self) -> tuple[bytes, ...]:
        """The first signs; what is signed with any of them is believed."""
        return tuple(key.encode() for key in (self.secret_key, *self.former_secret_keys))

    @property
    def data_secret(self) -> tuple[bytes, ...]:
        """The first seals what is encrypted at rest, any of them opens it; lost with the key."""
        first = (self.data_key.encode(),) if self.data_key else self.secret_keys
        return (*first, *(key.encode() for key in self.former_data_keys))

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
            "SECRET_KEY_FALLBACKS": list(self.former_secret_keys),
            "SQLALCHEMY_DATABASE_URI": self.database_uri,
            "SQLALCHEMY_ENGINE_OPTIONS": self._engine_options(),
            "TESTING": self.testing,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.is_https,
            "SESSION_COOKIE_NAME": "__Host-gapgo" if self.is_https else "gapgo",
            "PERMANENT_SESSION_LIFETIME": LONGEST_SESSION_HOURS * 60 * 60,
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
        is_server = self.database_url.startswith(reading.POSTGRESQL[0])
        return {**options, "connect_args": {"connect_timeout": 5}} if is_server else options
