"""Identifiers and codes nobody can guess."""

import secrets
import time
import uuid

READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and digits that are not mistaken for each other when read aloud or typed."""


def new_id() -> uuid.UUID:
    """A UUID version 7 (RFC 9562): random, yet rising with time, so that indexes stay compact."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | secrets.randbits(80)
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return uuid.UUID(int=value)


def new_code(length: int = 8) -> str:
    """A code people can type: `K7QM2X9D` has 39 bits."""
    return "".join(secrets.choice(READABLE) for _ in range(length))


def new_token() -> str:
    """A secret for a link or a device, 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)
