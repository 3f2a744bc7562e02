"""Lists, a part at a time."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import Select, and_, or_
from sqlalchemy.orm import InstrumentedAttribute

from matchmaking.api.schemas.base import Listing, ListQuery
from matchmaking.core.database import UtcDateTime, db

Item = TypeVar("Item", bound=BaseModel)
Column = InstrumentedAttribute[Any]
LAST = 2**31 - 1
"""No number of a row is above it, and every date and moment up to it exists."""


def listing(
    rows: Select[Any],
    order: Sequence[Column],
    query: ListQuery,
    shown: Callable[[Sequence[Any]], list[Item]],
) -> Listing[Item]:
    """The part of `rows` that `query` asks for.

    `order` is the rows' id, or a number, day or moment and then the id: rows added or
    removed between two calls neither repeat nor hide another. `shown` turns all rows of the
    part into items at once. A cursor is the last row's place in that order, "<rank>.<id>".
    """
    rows = rows.order_by(None).order_by(*order).limit(query.limit + 1)
    if query.cursor:
        rows = rows.where(_after(query.cursor, order))
    found = db.session.scalars(rows).unique().all()
    part = found[: query.limit]
    following = _cursor(part[-1], order) if len(found) > query.limit else None
    return Listing(items=shown(part), next_cursor=following)


def _after(cursor: str, order: Sequence[Column]) -> Any:
    rank, id_ = cursor.split(".")
    last = order[-1] > UUID(id_)
    if len(order) == 1:
        return last
    first = _value(min(int(rank), LAST), order[0])
    return or_(order[0] > first, and_(order[0] == first, last))


def _cursor(row: Any, order: Sequence[Column]) -> str:
    rank = _rank(getattr(row, order[0].key)) if len(order) > 1 else 0
    return f"{rank}.{row.id.hex}"


def _rank(value: int | date | datetime) -> int:
    if isinstance(value, datetime):
        return int(value.timestamp())
    return value.toordinal() if isinstance(value, date) else value


def _value(rank: int, column: Column) -> int | date | datetime:
    if isinstance(column.type, UtcDateTime):
        return datetime.fromtimestamp(rank, UTC)
    if column.type.python_type is date:
        return date.fromordinal(max(1, min(rank, date.max.toordinal())))
    return rank
