"""Identifiers and codes nobody can guess."""

import secrets
import time
import uuid

READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and digits that are not mistaken for each other when read aloud or typed."""


def new_id() -> uuid.UUID:
    """A UUID version 7 (RFC 9562): random, yet rising with time, so that indexes stay compact.

    Twelve bits hold the fraction of the millisecond (its method 3), so that rows one process
    makes one after the other sort in that order.
    """
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    fraction = nanoseconds * 4096 // 1_000_000
    value = milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | secrets.randbits(62)
    return uuid.UUID(int=value)


def new_code(length: int = 8) -> str:
    """A code people can type: `K7QM2X9D` has 39 bits."""
    return "".join(secrets.choice(READABLE) for _ in range(length))


def new_token() -> str:
    """A secret for a link or a device, 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)
