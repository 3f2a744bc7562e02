import sqlalchemy as sa

from matchmaking.core import database
from matchmaking.core.database import db, reading


def test_connection_that_died_while_it_lay_idle_is_replaced_before_it_is_used(app, monkeypatch):
    monkeypatch.setattr(database, "SURELY_THERE_SECONDS", 0)
    with db.engine.connect() as connection:
        lying = connection.connection.dbapi_connection
    lying.close()

    with db.engine.connect() as connection:
        assert connection.connection.dbapi_connection is not lying
        assert connection.scalar(sa.text("SELECT 1")) == 1


def test_what_only_reads_sees_one_moment_and_writes_nothing(app):
    if db.engine.dialect.name != "postgresql":
        return  # SQLite reads one moment in every transaction

    with reading():
        during = _rules()

    assert during == ("repeatable read", "on")
    assert _rules() == ("read committed", "off")
    with reading():
        assert _rules() == during


def _rules() -> tuple[str, str]:
    isolation = db.session.scalar(sa.text("SHOW transaction_isolation"))
    return isolation, db.session.scalar(sa.text("SHOW transaction_read_only"))
