"""Settings that cannot be used stop the process, with one sentence that names them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from matchmaking.config import Config, ConfigurationError

LONG = "Zk3-vQ9_pL7xW2mN8cR5tY1bH6jD4fGs"
PRODUCTION = {
    "SECRET_KEY": LONG,
    "BADGE_KEY": LONG[::-1],
    "BASE_URL": "https://event.example.gov.vn",
    "DATABASE_URL": "postgresql+psycopg://gap-go:hidden-word@db/gap_go",
    "REDIS_URL": "redis://redis:6379/0",
    "SMTP_URL": "smtp://mail.example.gov.vn:587",
    "MAIL_FROM": "Ban Tổ chức <mail@example.gov.vn>",
}


def settings(tmp_path: Path, **changes: str) -> Config:
    return Config.from_env({"DATA_DIR": str(tmp_path), **PRODUCTION, **changes})


def test_production_install_with_every_setting_starts(tmp_path):
    config = settings(tmp_path)

    assert (config.is_https, config.redis_url) == (True, "redis://redis:6379/0")
    assert config.flask_settings()["SESSION_COOKIE_SECURE"] is True


def test_trial_needs_no_setting_and_keeps_its_own_key(tmp_path):
    first = Config.from_env({"DATA_DIR": str(tmp_path / "new")})
    second = Config.from_env({"DATA_DIR": str(tmp_path / "new")})

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 64
    assert (tmp_path / "new/secret-key").stat().st_mode & 0o777 == 0o600


def test_usual_names_of_postgresql_are_understood(tmp_path):
    config = settings(tmp_path, DATABASE_URL="postgres://gap-go:hidden-word@db/gap_go")

    assert config.database_uri == "postgresql+psycopg://gap-go:hidden-word@db/gap_go"


def test_every_thread_finds_a_connection_to_the_database(tmp_path):
    assert settings(tmp_path, WEB_THREADS="12").database_connections == 12
    named = settings(tmp_path, WEB_THREADS="12", DATABASE_CONNECTIONS="5")
    assert named.flask_settings()["SQLALCHEMY_ENGINE_OPTIONS"]["pool_size"] == 5


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "change-me"),
        ("SECRET_KEY", "a" * 64),
        ("SECRET_KEY_BEFORE", "change-me"),
        ("BADGE_KEY", "badge"),
        ("DATABASE_URL", "not an address"),
        ("DATABASE_URL", "mysql://gap-go:hidden-word@db/gap_go"),
        ("DATABASE_URL", "postgresql+psycopg://gap-go:hidden-word@db"),
        ("DATABASE_URL", "postgresql+psycopg://gap-go:hidden-word@db:port/gap_go"),
        ("METRICS_TOKEN", "token"),
        ("SLOW_QUERY_MS", "fast"),
        ("LOG_LEVEL", "loud"),
        ("REDIS_URL", "localhost:6379"),
        ("BASE_URL", "event.example.gov.vn"),
        ("BASE_URL", "https://example.gov.vn/event"),
        ("SMTP_URL", ""),
        ("SMTP_URL", "mail.example.gov.vn"),
        ("MAIL_FROM", ""),
        ("MAIL_FROM", "Ban Tổ chức"),
        ("TRUSTED_PROXIES", "one"),
        ("TRUSTED_PROXIES", "-1"),
        ("WEB_THREADS", "0"),
        ("WEB_PROCESSES", "many"),
        ("DATABASE_CONNECTIONS", "0"),
        ("DATA_DIR", "/proc/gap-go"),
        ("DATA_KEY", "short"),
        ("SECOND_STEP", "everybody"),
        ("SESSION_IDLE_MINUTES", "1"),
        ("SESSION_HOURS", "721"),
    ],
)
def test_unusable_setting_is_named_in_one_sentence_without_its_secrets(tmp_path, setting, value):
    with pytest.raises(ConfigurationError) as refusal:
        settings(tmp_path, **{setting: value})

    sentence = str(refusal.value)
    assert sentence.startswith(setting)
    assert "\n" not in sentence
    assert "hidden-word" not in sentence


@pytest.mark.parametrize("command", [["-m", "gunicorn"], ["-m", "flask", "worker"]])
def test_process_ends_with_the_sentence_alone(tmp_path, command):
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "SECRET_KEY": ""}
    environment["DATABASE_URL"] = PRODUCTION["DATABASE_URL"]

    ended = subprocess.run(
        [sys.executable, *command],
        check=False,
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
    )

    assert ended.returncode == 1
    assert ended.stderr.startswith("Gặp Gỡ cannot start: SECRET_KEY is not set;")
    assert len(ended.stderr.strip().splitlines()) == 1
