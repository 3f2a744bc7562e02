"""Whose data was erased since a backup was made: ids alone, in a file beside the backups.

A backup knows nothing of what was erased after it; so the list travels on its own, and a
restore puts it back into the database, where `restored` sees to the rest.
"""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, create_engine, insert, inspect, select
from sqlalchemy.pool import NullPool

from matchmaking.config import Config
from matchmaking.core.erasures import Erasure

LIST = "erased.txt"
TABLE: Any = Erasure.__table__
Ids = Mapping[uuid.UUID, tuple[str, datetime]]
"""What each id was, and when it was erased."""


def erased_here(config: Config) -> Ids:
    with _connection(config) as connection:
        if not _has_list(connection, TABLE):
            return {}
        return {
            row.subject_id: (row.subject_type, row.erased_at)
            for row in connection.execute(select(TABLE))
        }


def erased_beside(file: Path) -> Ids:
    """What the list in the folder of this file says; nothing where there is none."""
    path = file.parent / LIST
    lines = path.read_text().splitlines() if path.exists() else []
    return {
        uuid.UUID(subject_id): (kind, datetime.fromisoformat(moment))
        for subject_id, kind, moment in (line.split() for line in lines)
    }


def keep_beside(file: Path, ids: Ids) -> None:
    """Add these to the list in the folder of this file."""
    known = {**erased_beside(file), **ids}
    if not known:
        return
    lines = [
        f"{one} {kind} {moment.isoformat()}\n" for one, (kind, moment) in sorted(known.items())
    ]
    unfinished = file.parent / f".{LIST}"
    unfinished.write_text("".join(lines))
    unfinished.chmod(0o600)
    unfinished.replace(file.parent / LIST)


def note_again(config: Config, ids: Ids) -> None:
    """Put into the restored database what it does not know yet."""
    new = {one: said for one, said in ids.items() if one not in erased_here(config)}
    rows = [
        {"subject_id": one, "subject_type": kind, "erased_at": moment}
        for one, (kind, moment) in new.items()
    ]
    with _connection(config) as connection:
        if rows and _has_list(connection, TABLE):
            connection.execute(insert(TABLE), rows)


def _has_list(connection: Connection, table: Table) -> bool:
    return inspect(connection).has_table(table.name)


@contextmanager
def _connection(config: Config) -> Iterator[Connection]:
    engine = create_engine(config.database_uri, poolclass=NullPool)
    with engine.begin() as connection:
        yield connection
