"""The one place that reads the time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

HOME = ZoneInfo("Asia/Ho_Chi_Minh")
"""Where the office is that runs the installation; events have time zones of their own."""


def now() -> datetime:
    """The present moment, in UTC, to the second below."""
    return datetime.now(UTC).replace(microsecond=0)


def exact() -> datetime:
    """The present moment, in UTC, to the millisecond below: for what happens many times a second."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
