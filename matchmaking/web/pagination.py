"""Long lists, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from urllib.parse import urlencode

from flask import Flask, request
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

    @property
    def first(self) -> int:
        """The place of its first row in the whole list, counted from 1."""
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)

    @property
    def nearby(self) -> list[int]:
        """The numbers a pager shows: both ends and what is next to this page; 0 is a gap."""
        shown = sorted({1, self.number - 1, self.number, self.number + 1, self.count})
        numbers: list[int] = []
        for number in (n for n in shown if 1 <= n <= self.count):
            if numbers and number - numbers[-1] > 1:
                numbers.append(0)
            numbers.append(number)
        return numbers


def paginate(
    query: Select[*tuple[Any, ...]], *, size: int = PAGE_SIZE, whole: bool = False
) -> Page:
    """The page that `?page=` asks for; a number that makes no sense means the first.

    Its rows are objects, those of the query's first column; `whole` rows with all columns.
    """
    asked = request.args.get("page", "1")
    total = (
        db.session.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    )
    last = max(1, ceil(total / size))
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    number = min(max(1, wanted), last)
    found = db.session.execute(query.limit(size).offset((number - 1) * size))
    rows = found.all() if whole else found.scalars().unique().all()
    return Page(rows=rows, number=number, total=total, size=size)


def page_url(number: int) -> str:
    """The address of another page of this list; search, filters and sorting stay."""
    arguments = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
    return f"{request.path}?{urlencode([*arguments, ('page', number)])}"


def as_shown(address: str) -> str:
    """The address with the search, filters and sorting of this page, for a file of the same rows."""
    return f"{address}?{urlencode(list(request.args.items(multi=True)))}"


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(page_url=page_url)
    app.jinja_env.filters.update(as_shown=as_shown)
