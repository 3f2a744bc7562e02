"""The database: one Base, one session, one way to commit."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache, partial
from time import monotonic
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import JSON, DateTime, Enum, MetaData, TypeDecorator, Uuid, event, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, CursorResult, Dialect, Engine
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, Session, SessionTransaction

from matchmaking.core.bilingual import Bilingual

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database. A naive one is a mistake and refused."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        moment = value.astimezone(UTC)
        return moment if dialect.name == "postgresql" else moment.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class BilingualText(TypeDecorator[Bilingual]):
    """A `Bilingual` as one JSON column."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Bilingual | None, dialect: Dialect) -> Any:
        return None if value is None else value.as_json()

    def process_result_value(self, value: Any, dialect: Dialect) -> Bilingual | None:
        return None if value is None else Bilingual.from_json(value)


def status_enum(enum: type[StrEnum]) -> Enum:
    """A column type that stores a `StrEnum` by value, as text with a CHECK."""
    return Enum(
        enum,
        native_enum=False,
        length=24,
        create_constraint=True,
        name=enum.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        datetime: UtcDateTime,
        uuid.UUID: Uuid,
        Bilingual: BilingualText,
        list[str]: JSON,
        list[list[str]]: JSON,
        list[dict[str, Any]]: JSON,
        dict[str, Any]: JSON,
    }


db = SQLAlchemy(metadata=Base.metadata)
CONNECTION = "connection"
"""Under this name a session remembers the connection of its transaction: asking for it takes long."""
SURELY_THERE_SECONDS = 1
AT_ONCE = 25
"""So many rows in one statement: each value is a parameter, and a thousand of them take megabytes."""

read_only: ContextVar[bool] = ContextVar("read_only", default=False)
"""True while a request that may not write (GET, HEAD) is answered."""


@contextmanager
def transaction() -> Iterator[None]:
    """Commit when the block ends well, roll back when it raises. Used at the edge only."""
    try:
        yield
        db.session.commit()
    except BaseException:
        db.session.rollback()
        raise


@contextmanager
def reading() -> Iterator[None]:
    """For slow work: a block that only reads, and holds up no writer meanwhile.

    What was written before it is committed, so use it where that is whole.
    """
    db.session.commit()
    token = read_only.set(True)
    try:
        yield
    finally:
        db.session.rollback()
        read_only.reset(token)


def lock(row: Base) -> None:
    """Hold a row until the transaction ends, and see it as it is now.

    Only its own: PostgreSQL refuses to lock what was read beside it by an outer join.
    """
    db.session.refresh(row, with_for_update={"of": type(row)})


def run(statement: Any, parameters: Any) -> CursorResult[Any]:
    """A prepared statement on plain rows, in this session's transaction and past its objects."""
    connection = db.session.info.get(CONNECTION) or db.session.connection()
    answer: CursorResult[Any] = connection.execute(statement, parameters)
    return answer


def insert_new(table: type[Base], rows: Sequence[dict[str, Any]]) -> set[Any]:
    """Insert rows that have an `id`; the ids of those that were not there before."""
    if not rows:
        return set()
    statement = _insertion(table, db.engine.dialect.name)
    sent = rows[0] if len(rows) == 1 else rows
    return set(run(statement, sent).scalars())


def insert_all(rows: Sequence[Base]) -> None:
    """Insert new objects of one class: thousands at once, and past the session's bookkeeping.

    All have the same attributes set; the others get their columns' defaults.
    """
    if rows:
        values = [{name: row.__dict__[name] for name in _columns_set(rows[0])} for row in rows]
        run(insert(type(rows[0]).__table__), values)  # type: ignore[arg-type]


def _columns_set(row: Base) -> list[str]:
    return [column.name for column in row.__table__.columns if column.name in row.__dict__]


@cache
def _insertion(table: type[Base], dialect: str) -> Any:
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    columns: Any = table.__table__
    key = columns.c.id
    statement = make(columns).on_conflict_do_nothing(index_elements=[key]).returning(key)
    return statement.execution_options(insertmanyvalues_page_size=AT_ONCE)


@event.listens_for(db.session, "after_begin")
def _remember(session: Session, _transaction: Any, connection: Connection) -> None:
    session.info[CONNECTION] = connection


@event.listens_for(db.session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(CONNECTION, None)


class _Description(Sequence[Any]):
    """The columns of a result, asked for when somebody looks: SQLAlchemy knows those of a prepared one."""

    def __init__(self, read: Callable[[], Any], length: int) -> None:
        self._read, self._length = read, length

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, place: Any) -> Any:
        return self._read()[place]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._read())


@cache
def _describing_late(cursor: type[Any]) -> type[Any]:
    """The class of a connection's cursors, but that columns are described when somebody looks."""

    def description(self: Any) -> Any:
        result = self.pgresult
        if result is None or not result.nfields:
            return cursor.description.fget(self)
        return _Description(partial(cursor.description.fget, self), result.nfields)

    return type("Cursor", (cursor,), {"description": property(description)})


def _on_connect_postgresql(connection: Any, _record: Any) -> None:
    connection.cursor_factory = _describing_late(connection.cursor_factory)


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "busy_timeout=10000",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _on_begin(connection: Any) -> None:
    """Writers queue at BEGIN: a deferred transaction that turns writer fails or loses updates."""
    connection.exec_driver_sql("BEGIN" if read_only.get() else "BEGIN IMMEDIATE")


def _on_begin_postgresql(connection: Any) -> None:
    """A page reads one moment of the database, so it never shows half of a published schedule.

    The driver says so in its BEGIN, which it sends with the first statement.
    """
    from psycopg import IsolationLevel  # noqa: PLC0415  SQLite does without

    driver, wanted = connection.connection.dbapi_connection, read_only.get() or None
    if driver.read_only != wanted:
        driver.isolation_level = IsolationLevel.REPEATABLE_READ if wanted else None
        driver.read_only = wanted


def _ask_the_idle(engine: Engine) -> None:
    """A connection that lay idle is asked before it is used whether its server is still there.

    One in steady use is not: it would tell soon enough, and the question costs as much as an answer.
    """

    def note(_connection: Any, record: Any) -> None:
        record.info["idle_since"] = monotonic()

    def ask(connection: Any, record: Any, _proxy: Any) -> None:
        if monotonic() - record.info.get("idle_since", monotonic()) < SURELY_THERE_SECONDS:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as fault:
            raise InvalidatePoolError from fault

    event.listen(engine, "checkin", note)
    event.listen(engine, "checkout", ask)


def prepare_engine(engine: Engine) -> None:
    """Give an engine the transaction rules this project relies on."""
    _ask_the_idle(engine)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)
    else:
        event.listen(engine, "connect", _on_connect_postgresql)
        event.listen(engine, "begin", _on_begin_postgresql)
