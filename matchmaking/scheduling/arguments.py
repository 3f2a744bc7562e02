"""What the commands' arguments may be, and how much of the time limit has gone already."""

from __future__ import annotations

import math
import os
import time
from pathlib import Path


def seconds(text: str) -> float:
    limit = float(text)
    if not (math.isfinite(limit) and limit >= 0):
        raise ValueError(text)
    return limit


def count(text: str) -> int:
    return _whole(text, least=1)


def amount(text: str) -> int:
    return _whole(text, least=0)


def _whole(text: str, *, least: int) -> int:
    number = int(text)
    if number < least:
        raise ValueError(text)
    return number


def seconds_lived() -> float:
    """How long ago this process started; its own start-up counts towards the time limit."""
    try:
        started = int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19])
        return time.clock_gettime(time.CLOCK_BOOTTIME) - started / os.sysconf("SC_CLK_TCK")
    except (OSError, AttributeError):
        return time.process_time()
