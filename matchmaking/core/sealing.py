"""Encryption at rest of what must be read again: AES-256-GCM, its key from the installation's secret.

The installation may have several secrets while it goes over to another one: the first seals, any
of them opens. A table that keeps something sealed says so with `keeps_sealed`, and `seal_again`
brings all of it over.
"""

import os
import uuid
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import select, update
from sqlalchemy.orm import InstrumentedAttribute

from matchmaking.core.database import db

Secret = Sequence[bytes]
NONCE = 12
AT_ONCE = 500


class CannotUnseal(Exception):
    """It was sealed with another secret, for another purpose, or is damaged."""


@dataclass(frozen=True)
class SealedColumn:
    column: InstrumentedAttribute[str]
    purpose: str

    @property
    def name(self) -> str:
        return str(self.column)


_columns: list[SealedColumn] = []


def keeps_sealed(column: InstrumentedAttribute[str], *, purpose: str) -> None:
    """Every row of this column holds something sealed for this purpose, or nothing."""
    _columns.append(SealedColumn(column, purpose))


def sealed_columns() -> Sequence[SealedColumn]:
    return _columns


def seal(text: str, *, secret: Secret, purpose: str) -> str:
    """The text as base64 of nonce and ciphertext; the same text is never sealed alike twice."""
    nonce = os.urandom(NONCE)
    sealed = AESGCM(_key(secret[0], purpose)).encrypt(nonce, text.encode(), purpose.encode())
    return b64encode(nonce + sealed).decode()


def unseal(sealed: str, *, secret: Secret, purpose: str) -> str:
    """What was sealed with one of these secrets for this purpose. Raises CannotUnseal."""
    try:
        content = b64decode(sealed, validate=True)
    except ValueError as fault:
        raise CannotUnseal from fault
    for one in secret:
        try:
            key = AESGCM(_key(one, purpose))
            return key.decrypt(content[:NONCE], content[NONCE:], purpose.encode()).decode()
        except (InvalidTag, ValueError):
            continue
    raise CannotUnseal


@dataclass(frozen=True)
class Sealed:
    """A batch that was sealed again: how many rows, how many that no secret opens, and the last."""

    count: int
    unreadable: int
    last: uuid.UUID


def seal_again(kept: SealedColumn, after: uuid.UUID | None, *, secret: Secret) -> Sealed | None:
    """Seal the next rows with the first secret; None after the last. What somebody changes
    meanwhile is newer and stays."""
    rows = _batch(kept, after)
    if not rows:
        return None
    done = [_again(kept, row_id, old, secret) for row_id, old in rows]
    return Sealed(done.count(True), done.count(False), rows[-1][0])


def _batch(kept: SealedColumn, after: uuid.UUID | None) -> Sequence[tuple[uuid.UUID, str]]:
    key = kept.column.class_.id
    query = select(key, kept.column).where(kept.column != "").order_by(key).limit(AT_ONCE)
    return [tuple(row) for row in db.session.execute(query.where(key > after) if after else query)]


def _again(kept: SealedColumn, row_id: uuid.UUID, old: str, secret: Secret) -> bool:
    try:
        text = unseal(old, secret=secret, purpose=kept.purpose)
    except CannotUnseal:
        return False
    new = seal(text, secret=secret, purpose=kept.purpose)
    table = kept.column.class_
    same = update(table).where(table.id == row_id, kept.column == old)
    db.session.execute(same.values({kept.column: new}))
    return True


def _key(secret: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"gap-go:{purpose}".encode()).derive(secret)
