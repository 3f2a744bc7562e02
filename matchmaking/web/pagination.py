"""Long lists, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from flask import request
from sqlalchemy import Select, func, select

from matchmaking.core.database import db

PAGE_SIZE = 50


@dataclass(frozen=True)
class Page:
    """One page of rows; `number` counts from 1."""

    rows: Sequence[Any]
    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def count(self) -> int:
        return max(1, ceil(self.total / self.size))

    @property
    def has_next(self) -> bool:
        return self.number < self.count


def paginate(query: Select[Any], *, size: int = PAGE_SIZE) -> Page:
    """The page that `?page=` asks for; a number that makes no sense means the first."""
    asked = request.args.get("page", "1")
    total = (
        db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    )
    last = max(1, ceil(total / size))
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    number = min(max(1, wanted), last)
    rows = db.session.scalars(query.limit(size).offset((number - 1) * size)).unique().all()
    return Page(rows=rows, number=number, total=total, size=size)
