"""Walk-ins on their way to the server, and scans of their badges that may be faster."""

import uuid

from sqlalchemy import func, select

from matchmaking.core.database import db


def hold_arrivals(event_id: uuid.UUID, *, shared: bool = False) -> None:
    """Until the transaction ends, let no walk-in arrive at the event; not `shared`: nor any scan of one.

    Taken before all other locks. On SQLite writers are alone anyway.
    """
    if db.engine.dialect.name == "sqlite":
        return
    key = int.from_bytes(event_id.bytes[-8:], signed=True)
    lock = func.pg_advisory_xact_lock_shared if shared else func.pg_advisory_xact_lock
    db.session.execute(select(lock(key)))
