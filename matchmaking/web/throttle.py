"""Slowing down those who try too often, by account and by address of the network.

A venue sends hundreds of people through one address, so what is counted per network
address is generous, and what is counted per account is strict.
"""

from math import ceil
from time import time

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from limits import parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter, RateLimiter

from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import ngettext

EXTENSION = "gap-go-attempts"


class TooManyAttempts(DomainError):
    code = "too_many_attempts"
    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds

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


def spend(limit: str, what: str, whose: str = "") -> None:
    """Count one attempt at `what`; `whose`, if not given, is the visitor's network address.

    `limit` reads "10 per 15 minutes". Raises TooManyAttempts once it is used up.
    """
    attempts = _attempts()
    allowance, key = parse(limit), (what, whose or request.remote_addr or "")
    if attempts is None or attempts.hit(allowance, *key):
        return
    ends_at = attempts.get_window_stats(allowance, *key).reset_time
    raise TooManyAttempts(max(1, ceil(ends_at - time())))


def forgive(limit: str, what: str, whose: str) -> None:
    """Forget the attempts counted so far, after one that went well."""
    if attempts := _attempts():
        attempts.clear(parse(limit), what, whose)


def counter(storage: str = "memory://") -> RateLimiter:
    """What counts attempts, in this process or in a Redis shared by several."""
    return FixedWindowRateLimiter(storage_from_string(storage))


def _attempts() -> RateLimiter | None:
    """None where nothing is limited."""
    attempts: RateLimiter | None = current_app.extensions[EXTENSION]
    return attempts


def _refused(error: TooManyAttempts) -> ResponseReturnValue:
    page = render_template("errors/refused.html", message=str(error))
    return page, error.status, {"Retry-After": str(error.seconds)}


def init_app(app: Flask) -> None:
    limited = app.config["RATELIMIT_ENABLED"]
    app.extensions[EXTENSION] = counter(app.config["RATELIMIT_STORAGE_URI"]) if limited else None
    app.register_error_handler(TooManyAttempts, _refused)
