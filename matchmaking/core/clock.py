"""The one place that reads the time."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, in UTC, to the second below."""
    return datetime.now(UTC).replace(microsecond=0)
