"""New rows of several tables, written at once and past the session's bookkeeping."""

import json
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Index, Table, insert, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import make_transient_to_detached

from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import Base, db, run


def insert_together(first: Base, others: Sequence[Base], *, unless: Index) -> bool:
    """Insert `first`, and the `others` with it, unless another row has its place in the index `unless`.

    Says whether they were inserted. None of them is part of the session; their foreign keys are
    set by hand, the `others` are of other tables. On PostgreSQL it is one statement, and each
    table's rows are one parameter of it, JSON: what a statement costs grows with its parameters.
    """
    rows: dict[Table, list[dict[str, Any]]] = defaultdict(list)
    for row in (first, *others):
        rows[row.__table__].append(_values(row))  # type: ignore[index]
    if db.engine.dialect.name == "postgresql":
        sent = {
            f"rows_{n}": json.dumps(told, default=_as_json) for n, told in enumerate(rows.values())
        }
        return bool(run(_at_once(tuple(rows), unless), sent).scalar())
    return _one_after_the_other(rows, unless)


def keep_in_session(*rows: Base) -> None:
    """From now on objects of the session, as if it had inserted them."""
    for row in rows:
        make_transient_to_detached(row)
    db.session.add_all(rows)


def _values(row: Base) -> dict[str, Any]:
    """Every column; where the object has none, the column's default, which it has from now on."""
    kept = row.__dict__
    for column in row.__table__.columns:
        if column.name not in kept:
            default: Any = column.default
            made = default and (default.arg(None) if default.is_callable else default.arg)
            setattr(row, column.name, made)
    return {column.name: kept[column.name] for column in row.__table__.columns}


def _as_json(value: Any) -> Any:
    if isinstance(value, Bilingual):
        return value.as_json()
    if isinstance(value, uuid.UUID | datetime):
        return str(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


@cache
def _at_once(tables: tuple[Table, ...], unless: Index) -> Any:
    keys = ", ".join(column.name for column in unless.columns)
    where = unless.dialect_options["postgresql"]["where"]
    first, *others = (_from_json(table, f"rows_{n}") for n, table in enumerate(tables))
    made = f"made AS ({first} ON CONFLICT ({keys}) WHERE {where} DO NOTHING RETURNING 1 AS one)"
    rest = (f"r{n} AS ({other}, made)" for n, other in enumerate(others))
    return text(f"WITH {', '.join((made, *rest))} SELECT count(*) FROM made")  # noqa: S608


def _from_json(table: Table, rows: str) -> str:
    """The names are those of our own tables; what is written is the parameter `rows`."""
    columns = ", ".join(map(_quoted, table.columns.keys()))
    kept = f"json_populate_recordset(NULL::{_quoted(table.name)}, :{rows}) told"
    return f"INSERT INTO {_quoted(table.name)} ({columns}) SELECT {columns} FROM {kept}"  # noqa: S608


_quoted = postgresql.dialect().identifier_preparer.quote  # type: ignore[no-untyped-call]


def _one_after_the_other(rows: Mapping[Table, Sequence[dict[str, Any]]], unless: Index) -> bool:
    table, *others = rows
    where = unless.dialect_options["sqlite"]["where"]
    statement = sqlite.insert(table).on_conflict_do_nothing(
        index_elements=list(unless.columns), index_where=where
    )
    if not run(statement, rows[table]).rowcount:
        return False
    for other in others:
        run(insert(other), rows[other])
    return True
