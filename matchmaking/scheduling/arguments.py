"""What the commands' arguments may be, how they are interrupted, and what time has gone already."""

from __future__ import annotations

import math
import os
import signal
import time
from argparse import ArgumentTypeError
from collections.abc import Callable
from pathlib import Path

LONGEST = 1e8  # seconds: more than a system call may be asked to wait


def seconds(text: str) -> float:
    try:
        limit = float(text)
    except ValueError:
        limit = math.nan
    if not (math.isfinite(limit) and limit >= 0):
        raise ArgumentTypeError(f"{text!r} is not a number of seconds, 0 or more")
    return min(limit, LONGEST)


def count(text: str) -> int:
    return _whole(text, least=1)


def amount(text: str) -> int:
    return _whole(text, least=0)


def _whole(text: str, *, least: int) -> int:
    if not text.isdecimal() or int(text) < least:
        raise ArgumentTypeError(f"{text!r} is not a whole number, {least} or more")
    return int(text)


def on_interruption(act: Callable[[], object]) -> None:
    """Act on the first SIGINT or SIGTERM alone: another would come in the middle of acting."""

    def once(*_: object) -> None:
        for interruption in INTERRUPTIONS:
            signal.signal(interruption, signal.SIG_IGN)
        act()

    for interruption in INTERRUPTIONS:
        signal.signal(interruption, once)


INTERRUPTIONS = (signal.SIGINT, signal.SIGTERM)


def seconds_lived() -> float:
    """How long ago this process started; its own start-up counts towards the time limit."""
    try:
        started = int(Path("/proc/self/stat").read_text().rsplit(")", 1)[1].split()[19])
        return time.clock_gettime(time.CLOCK_BOOTTIME) - started / os.sysconf("SC_CLK_TCK")
    except (OSError, AttributeError):
        return time.process_time()
