"""Encryption at rest of what must be read again: AES-256-GCM, its key from the installation's secret."""

import os
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12


class CannotUnseal(Exception):
    """It was sealed with another secret, for another purpose, or is damaged."""


def seal(text: str, *, secret: bytes, purpose: str) -> str:
    """The text as base64 of nonce and ciphertext; the same text is never sealed alike twice."""
    nonce = os.urandom(NONCE)
    sealed = AESGCM(_key(secret, purpose)).encrypt(nonce, text.encode(), purpose.encode())
    return b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, secret: bytes, purpose: str) -> str:
    """What was sealed with this secret for this purpose. Raises CannotUnseal."""
    try:
        content = b64decode(sealed, validate=True)
        key = AESGCM(_key(secret, purpose))
        return key.decrypt(content[:NONCE], content[NONCE:], purpose.encode()).decode()
    except (InvalidTag, ValueError) as fault:
        raise CannotUnseal from fault


def _key(secret: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"gap-go:{purpose}".encode()).derive(secret)
