"""One reading of a badge as it reaches the server, before anything is decided."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime

from matchmaking.checkin.models import Direction, Reason


@dataclass(frozen=True)
class Source:
    """Who sends a reading. `key` is the same for all that one device ever sends.

    `gates` are those the device may stand at, all when empty. A revoked device's readings
    are kept and held.
    """

    key: str
    name: str = ""
    user_id: uuid.UUID | None = None
    gates: tuple[str, ...] = ()
    is_revoked: bool = False


@dataclass(frozen=True)
class Reading:
    """What was read, where, and what the device says of it.

    Either `presented`, a QR's text or a registration's code, or its `handle`; `claimed` is
    then why the device refused what has no holder. `scanned_at` is the device's corrected
    time, None for now; `snapshot_at` the server's time at its last sync before the scan.
    `shown` is what the volunteer saw: admitted, check, duplicate or refused.
    """

    scan_id: uuid.UUID
    gate: str
    presented: str = ""
    handle: str = ""
    claimed: Reason | None = None
    direction: Direction = Direction.ENTRY
    voids: uuid.UUID | None = None
    scanned_at: datetime | None = None
    snapshot_at: datetime | None = None
    clock_at: datetime | None = None
    elapsed_ms: int | None = None
    sequence: int = 0
    shown: str = ""
    app: str = ""

    @property
    def text(self) -> str:
        """As it was printed: some scanners add line breaks, and some write small letters.

        Neither a badge's text nor a registration's code has any. Spaces count in a badge's text.
        """
        return self.presented.strip("\r\n\t").upper()

    @property
    def digest(self) -> str:
        """What tells this reading from another; what was read itself is not kept."""
        read = f"handle {self.handle}" if self.handle else self.text
        return hashlib.sha256(f"{read} {self.voids or ''}".rstrip(" ").encode()).hexdigest()
