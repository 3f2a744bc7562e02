"""Logs as one JSON object a line, without the people they are about.

What a person typed, is called or holds a key to is never logged on purpose; what slips into a
message of a library is taken out here. Of a fault only its kind and where it arose are kept,
for its words may quote a row.
"""

import json
import logging
import re
import sys
from contextvars import ContextVar
from datetime import UTC, datetime
from traceback import extract_tb
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""What is at work here: a request's id, or `job-` and a job's."""

SECRET = re.compile(
    r"(/sign-in/link/|/r/[^/\s]+/|/registrations/[^/\s]+/new-email/|/calendars/[^/\s]+/|[?&]key=)[^\s\"'?&]+"
)
NETWORK = re.compile(r"\bip=\S+")
"""How gunicorn names whoever sent what it cannot read."""
EMAIL = re.compile(r"[^\s\"'<>@,;:()=]+@[^\s\"'<>@,;:()]+\.\w+")
ADDRESSES = ("werkzeug", "gunicorn.access")
"""Loggers of others that write down addresses in a form of their own."""

CHATTY = ("weasyprint", "fontTools", "huey", "PIL", "alembic")
DEEPEST = 30


def redacted(text: str) -> str:
    """Without keys of links, mail addresses and network addresses."""
    return NETWORK.sub("ip=…", EMAIL.sub("…", SECRET.sub(r"\1…", text)))


def fields(**values: Any) -> dict[str, Any]:
    """What goes with a message: `log.info("job ended", extra=fields(kind="send_mail"))`."""
    return {"fields": values}


class JsonLines(logging.Formatter):
    """A record as one line: time, level, logger, message, its fields and its fault."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": redacted(record.getMessage()),
        }
        if current := request_id.get():
            line["request_id"] = current
        line |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0]:
            line["fault"] = record.exc_info[0].__name__
            line["at"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in extract_tb(record.exc_info[2])[-DEEPEST:]
            ]
        return json.dumps(line, ensure_ascii=False, default=str)


def configure(level: str) -> None:
    """From now on everything this process logs goes to stderr in this form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("matchmaking").setLevel(level)
    for name in ADDRESSES:
        logging.getLogger(name).addFilter(_redact)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _redact(record: logging.LogRecord) -> bool:
    record.msg, record.args = redacted(record.getMessage()), ()
    return True
