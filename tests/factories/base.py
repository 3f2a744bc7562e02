"""Adding rows, and numbers that never repeat."""

from itertools import count
from typing import TypeVar

from matchmaking.core.database import db

Row = TypeVar("Row")
numbers = count(1)


def add(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row
