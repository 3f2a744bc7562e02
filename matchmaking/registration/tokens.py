"""What a badge's QR carries: 85 signed bytes as 128 letters of the QR alphanumeric alphabet.

One byte version and key number, four bytes that tell the event, the badge's own 16 random
bytes, an Ed25519 signature over those 21. No personal data. `docs/decisions/` has the reasons.
"""

import hashlib
import hmac
import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import base45
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.registration.models import Badge
from matchmaking.web.settings import settings

VERSION = 1
KEY_ID = 1
TEXT_LENGTH = 128
_SIGNED_LENGTH = 21
_LENGTH = 85


class BadTokenError(DomainError):
    """What was read is no badge that we made."""


class NotABadge(BadTokenError):
    code: ClassVar[str] = "unknown"
    message = _l("This code is not a badge of ours.")


class BadSignature(BadTokenError):
    code: ClassVar[str] = "bad_signature"
    message = _l("This badge was not issued by us, or its code is damaged.")


@dataclass(frozen=True)
class BadgeClaim:
    """What a genuine token says. Whether the badge still counts is for the check-in to decide."""

    event_tag: bytes
    code: str
    key_id: int

    def is_of(self, event_id: uuid.UUID) -> bool:
        return hmac.compare_digest(self.event_tag, event_tag(event_id))


def event_tag(event_id: uuid.UUID) -> bytes:
    """The four bytes by which a scanner knows its event's badges."""
    return hashlib.sha256(event_id.bytes).digest()[:4]


def badge_token(badge: Badge) -> str:
    """The text of the QR. The same badge always gives the same text."""
    head = bytes([VERSION << 4 | KEY_ID])
    signed = head + event_tag(badge.event_id) + bytes.fromhex(badge.code)
    signature = _key(settings().badge_secret, signed[1:5], KEY_ID).sign(signed)
    return str(base45.b45encode(signed + signature), "ascii")


def read_token(text: str) -> BadgeClaim:
    """Raises NotABadge or BadSignature. `text` as scanned: spaces in it count."""
    content = _decoded(text.strip("\r\n\t"))
    signed, signature = content[:_SIGNED_LENGTH], content[_SIGNED_LENGTH:]
    tag, key_id = signed[1:5], signed[0] & 0x0F
    try:
        _key(settings().badge_secret, tag, key_id).public_key().verify(signature, signed)
    except InvalidSignature:
        raise BadSignature from None
    return BadgeClaim(event_tag=tag, code=signed[5:].hex(), key_id=key_id)


def public_key(event_id: uuid.UUID) -> bytes:
    """The 32 bytes with which a device checks this event's badges without a network."""
    key = _key(settings().badge_secret, event_tag(event_id), KEY_ID)
    return key.public_key().public_bytes_raw()


def _decoded(text: str) -> bytes:
    if len(text) != TEXT_LENGTH:
        raise NotABadge
    try:
        content: bytes = base45.b45decode(text)
    except ValueError:
        raise NotABadge from None
    if len(content) != _LENGTH or content[0] >> 4 != VERSION:
        raise NotABadge
    return content


@lru_cache(maxsize=256)
def _key(secret: bytes, tag: bytes, key_id: int) -> Ed25519PrivateKey:
    """An event's signing key, always the same for the same secret, tag and number."""
    info = b"gap-go badge" + tag + bytes([key_id])
    seed = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret)
    return Ed25519PrivateKey.from_private_bytes(seed)
