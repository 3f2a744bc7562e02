"""Addresses that hold a key never reach a log with it."""

import logging
import re

SECRET = re.compile(
    r"(/sign-in/link/|/r/[^/\s]+/|/registrations/[^/\s]+/new-email/|/calendars/[^/\s]+/)[^\s\"'?]+"
)
LOGGERS = ("werkzeug", "gunicorn.access", "gunicorn.error")


def redacted(text: str) -> str:
    return SECRET.sub(r"\1…", text)


def _redact(record: logging.LogRecord) -> bool:
    record.msg, record.args = redacted(record.getMessage()), ()
    return True


def init_logs() -> None:
    """Whatever writes down the addresses people open goes through here."""
    for name in LOGGERS:
        logging.getLogger(name).addFilter(_redact)
