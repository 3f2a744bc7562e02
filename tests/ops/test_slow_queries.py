import json
import logging

import sqlalchemy as sa

from matchmaking.core.logs import JsonLines
from matchmaking.ops import slow_queries
from matchmaking.ops.slow_queries import watch

NAME = "Nguyễn Thị Ánh"


def test_slow_statement_is_logged_without_what_was_looked_for(caplog, monkeypatch):
    monkeypatch.setattr(slow_queries.log, "disabled", False)
    engine = sa.create_engine("sqlite://")
    watch(engine, 1)
    numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"

    with caplog.at_level(logging.WARNING), engine.connect() as connection:
        connection.execute(sa.text(f"{numbers} SELECT max(i), :name FROM n"), {"name": NAME})

    (record,) = caplog.records
    line = json.loads(JsonLines().format(record))
    assert line["milliseconds"] >= 1
    assert line["statement"].endswith("SELECT max(i), ? FROM n")
    assert NAME not in json.dumps(line, ensure_ascii=False)


def test_nothing_is_watched_at_zero():
    engine = sa.create_engine("sqlite://")
    watch(engine, 0)

    assert not engine.dispatch.before_cursor_execute
