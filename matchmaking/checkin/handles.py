"""What stands for a badge on a device: 96 bits of a keyed hash, never the badge's own code.

A device hashes what it scanned with the event's key and sends that; the server knows the
handles of all badges and codes by heart. They never change, so each process learns them once.
"""

import hmac
import uuid
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from threading import Lock

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import select

from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.registration.models import WALK_IN, Badge, Registration
from matchmaking.web.settings import settings

MOST_EVENTS = 8
LENGTH = 24
PROVISIONAL = "GG1P"
ID_LENGTH = 16
NO_ID = bytes(ID_LENGTH)
SEAL_LENGTH = 16
PROVISIONAL_LENGTH = len(PROVISIONAL) + LENGTH + SEAL_LENGTH
OVERLAP = timedelta(minutes=10)
"""A badge may be committed this long after the moment it carries."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose handle it is; `badge_id` is None for a registration's code and for a provisional badge."""

    registration_id: uuid.UUID
    badge_id: uuid.UUID | None = None
    is_provisional: bool = False


@dataclass
class _Book:
    """`rows` are bytes, since there are many: by handle the registration, then its badge if it is one.

    A provisional badge has an empty id.
    """

    rows: dict[bytes, bytes] = field(default_factory=dict)
    learnt_at: datetime | None = None
    lock: Lock = field(default_factory=Lock)

    def add(self, handle: str, registration_id: uuid.UUID, badge: bytes = b"") -> None:
        self.rows[handle.encode()] = registration_id.bytes + badge

    def find(self, handle: str) -> Holder | None:
        row = self.rows.get(handle.encode())
        if row is None:
            return None
        registration_id, badge = uuid.UUID(bytes=row[:ID_LENGTH]), row[ID_LENGTH:]
        if badge in (b"", NO_ID):
            return Holder(registration_id, is_provisional=badge == NO_ID)
        return Holder(registration_id, uuid.UUID(bytes=badge))


_books: OrderedDict[uuid.UUID, _Book] = OrderedDict()


def handle_key(event_id: uuid.UUID) -> bytes:
    """The 32 bytes that a device of this event hashes with."""
    return _key(settings().badge_secret, event_id)


def handle_of(event_id: uuid.UUID, text: str) -> str:
    """24 hexadecimal digits. `text` is a badge's code, a registration's, or what was read."""
    return hmac.digest(handle_key(event_id), text.encode(), "sha256").hex()[:LENGTH]


def walk_in_handle(event_id: uuid.UUID, code: str) -> str:
    """Of the badge a device prints for whom it registers, before the server has heard of them.

    Another one than the code's own: the badge can be lost and ended, the code stays.
    """
    return handle_of(event_id, f"walk-in {code}")


def provisional_text(event_id: uuid.UUID, handle: str) -> str:
    """What the QR of a badge says that a device printed without the server.

    Every device of the event can make one and check it; `static/js/gate/provisional.js` does.
    """
    return f"{PROVISIONAL}{handle}{_seal(event_id, handle)}".upper()


def is_provisional(text: str) -> bool:
    return text.startswith(PROVISIONAL) and len(text) == PROVISIONAL_LENGTH


def provisional_handle(event_id: uuid.UUID, text: str) -> str | None:
    """The handle that such a text carries; None when no device of the event made it."""
    handle, seal = text[len(PROVISIONAL) : -SEAL_LENGTH].lower(), text[-SEAL_LENGTH:].lower()
    return handle if hmac.compare_digest(seal, _seal(event_id, handle)) else None


def _seal(event_id: uuid.UUID, handle: str) -> str:
    return hmac.digest(handle_key(event_id), f"provisional {handle}".encode(), "sha256").hex()[
        :SEAL_LENGTH
    ]


def holders_of(event_id: uuid.UUID, handles: Iterable[str]) -> dict[str, Holder]:
    """Those of the handles that belong to a badge or a code of the event."""
    wanted = set(handles)
    if not wanted:
        return {}
    book = _book(event_id)
    found = {handle: book.find(handle) for handle in wanted}
    if None in found.values():
        with book.lock:
            _learn(event_id, book)
        found = {handle: book.find(handle) for handle in wanted}
    return {handle: holder for handle, holder in found.items() if holder}


def _book(event_id: uuid.UUID) -> _Book:
    book = _books.setdefault(event_id, _Book())
    while len(_books) > MOST_EVENTS:
        _books.popitem(last=False)
    return book


def _learn(event_id: uuid.UUID, book: _Book) -> None:
    """Everything at first, later only what is new."""
    badges = select(Badge.code, Badge.registration_id, Badge.id).where(Badge.event_id == event_id)
    codes = select(Registration.code, Registration.id, Registration.source).where(
        Registration.event_id == event_id
    )
    began_at = clock.now()
    if book.learnt_at:
        badges = badges.where(Badge.issued_at >= book.learnt_at - OVERLAP)
        codes = codes.where(Registration.changed_at >= book.learnt_at - OVERLAP)
    for code, registration_id, badge_id in db.session.execute(badges):
        book.add(handle_of(event_id, code), registration_id, badge_id.bytes)
    for code, registration_id, source in db.session.execute(codes):
        book.add(handle_of(event_id, code), registration_id)
        if source == WALK_IN:
            book.add(walk_in_handle(event_id, code), registration_id, NO_ID)
    book.learnt_at = began_at


@lru_cache(maxsize=64)
def _key(secret: bytes, event_id: uuid.UUID) -> bytes:
    info = b"gap-go handles" + sha256(event_id.bytes).digest()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret)
