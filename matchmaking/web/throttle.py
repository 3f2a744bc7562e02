"""Slowing down those who try too often, by account and by address of the network.

A venue sends hundreds of people through one address, so what is counted per network
address is generous, and what is counted per account is strict.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from time import time
from typing import TypeVar

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter, RateLimiter

from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import ngettext
from matchmaking.web.problems import is_for_programs, refusal

log = logging.getLogger(__name__)

EXTENSION = "gap-go-attempts"
PATIENCE_SECONDS = 2


class TooManyAttempts(DomainError):
    code = "too_many_attempts"
    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds
        self.headers = {"Retry-After": str(seconds)}

    def __str__(self) -> str:
        if self.seconds < 90:
            return str(
                ngettext(
                    "Too many attempts. Try again in %(num)d second.",
                    "Too many attempts. Try again in %(num)d seconds.",
                    self.seconds,
                )
            )
        return str(
            ngettext(
                "Too many attempts. Try again in %(num)d minute.",
                "Too many attempts. Try again in %(num)d minutes.",
                ceil(self.seconds / 60),
            )
        )


Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Counter:
    """Counts attempts in this process, or in a Redis shared by several while that answers."""

    shared: RateLimiter
    own: RateLimiter = field(default_factory=lambda: FixedWindowRateLimiter(MemoryStorage()))

    def ask(self, question: Callable[[RateLimiter], Answer]) -> Answer:
        try:
            return question(self.shared)
        except StorageError:
            log.warning("Redis does not answer: attempts are counted in each process alone")
            return question(self.own)


def spend(limit: str, what: str, whose: str = "") -> None:
    """Count one attempt at `what`; `whose`, if not given, is the visitor's network address.

    `limit` reads "10 per 15 minutes". Raises TooManyAttempts once it is used up.
    """
    attempts = _attempts()
    allowance, key = parse(limit), (what, whose or request.remote_addr or "")
    if attempts and (seconds := attempts.ask(lambda counted: _wait(counted, allowance, *key))):
        raise TooManyAttempts(seconds)


def forgive(limit: str, what: str, whose: str) -> None:
    """Forget the attempts counted so far, after one that went well."""

    def clear(counted: RateLimiter) -> None:
        counted.clear(parse(limit), what, whose)

    if attempts := _attempts():
        attempts.ask(clear)


def counter(storage: str = "memory://") -> Counter:
    """What counts attempts, in this process or in a Redis shared by several."""
    timeouts = {"socket_connect_timeout": PATIENCE_SECONDS, "socket_timeout": PATIENCE_SECONDS}
    options = timeouts if storage.startswith("redis") else {}
    shared = storage_from_string(storage, wrap_exceptions=True, **options)
    return Counter(FixedWindowRateLimiter(shared))


def _wait(counted: RateLimiter, allowance: RateLimitItem, *key: str) -> int:
    """Count one more; for how many seconds there may be none, if that was too many."""
    if counted.hit(allowance, *key):
        return 0
    return max(1, ceil(counted.get_window_stats(allowance, *key).reset_time - time()))


def _attempts() -> Counter | None:
    """None where nothing is limited."""
    attempts: Counter | None = current_app.extensions[EXTENSION]
    return attempts


def _refused(error: TooManyAttempts) -> ResponseReturnValue:
    if is_for_programs():
        return refusal(error)
    page = render_template("errors/refused.html", message=str(error))
    return page, error.status, error.headers


def init_app(app: Flask) -> None:
    limited = app.config["RATELIMIT_ENABLED"]
    app.extensions[EXTENSION] = counter(app.config["RATELIMIT_STORAGE_URI"]) if limited else None
    app.register_error_handler(TooManyAttempts, _refused)
