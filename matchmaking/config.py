"""Settings, read once from the environment. `docs/operations.md` lists every one."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parent.parent


class ConfigurationError(Exception):
    """A setting is missing or cannot be used; the message says which and what to do."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """What differs between installations. Development needs none of it set."""

    secret_key: str
    badge_key: str = ""
    data_dir: Path = ROOT / "instance"
    database_url: str = ""
    redis_url: str = ""
    base_url: str = "http://127.0.0.1:8000"
    smtp_url: str = ""
    mail_from: str = "Gặp Gỡ <no-reply@localhost>"
    trusted_proxies: int = 0
    testing: bool = False
    demo: bool = False
    limits: bool = True
    extra: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> Self:
        """Raises ConfigurationError when a production install lacks a secret."""
        data_dir = Path(environ.get("DATA_DIR", ROOT / "instance")).resolve()
        return cls(
            secret_key=environ.get("SECRET_KEY") or _development_secret(environ, data_dir),
            badge_key=environ.get("BADGE_KEY", ""),
            data_dir=data_dir,
            database_url=environ.get("DATABASE_URL", ""),
            redis_url=environ.get("REDIS_URL", ""),
            base_url=environ.get("BASE_URL", f"http://127.0.0.1:{environ.get('PORT', '8000')}"),
            smtp_url=environ.get("SMTP_URL", ""),
            mail_from=environ.get("MAIL_FROM", cls.mail_from),
            trusted_proxies=int(environ.get("TRUSTED_PROXIES", "0")),
            demo=environ.get("DEMO", "") == "1",
        )

    @property
    def database_uri(self) -> str:
        return self.database_url or f"sqlite:///{self.data_dir / 'gap-go.sqlite3'}"

    @property
    def badge_secret(self) -> bytes:
        """What badges are signed from; its own key, so that SECRET_KEY may change freely."""
        return (self.badge_key or self.secret_key).encode()

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    def flask_settings(self) -> dict[str, Any]:
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_uri,
            "TESTING": self.testing,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_SECURE": self.is_https,
            "SESSION_COOKIE_NAME": "gapgo",
            "PERMANENT_SESSION_LIFETIME": 60 * 60 * 24 * 30,
            "REMEMBER_COOKIE_SECURE": self.is_https,
            "WTF_CSRF_TIME_LIMIT": None,
            "MAX_CONTENT_LENGTH": 8 * 1024 * 1024,
            "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
            "BABEL_DEFAULT_LOCALE": "vi",
            "BABEL_DEFAULT_TIMEZONE": "UTC",
            "RATELIMIT_STORAGE_URI": self.redis_url or "memory://",
            "RATELIMIT_ENABLED": self.limits,
            **self.extra,
        }


def _development_secret(environ: Mapping[str, str], data_dir: Path) -> str:
    """A key of this machine's own, kept beside its SQLite database."""
    if environ.get("DATABASE_URL"):
        raise ConfigurationError(
            "SECRET_KEY is not set. Set it to a long random text, for example the output of: "
            "python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    path = data_dir / "secret-key"
    if not path.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text()
