import sqlalchemy as sa

from matchmaking.core import database
from matchmaking.core.database import db


def test_connection_that_died_while_it_lay_idle_is_replaced_before_it_is_used(app, monkeypatch):
    monkeypatch.setattr(database, "SURELY_THERE_SECONDS", 0)
    with db.engine.connect() as connection:
        lying = connection.connection.dbapi_connection
    lying.close()

    with db.engine.connect() as connection:
        assert connection.connection.dbapi_connection is not lying
        assert connection.scalar(sa.text("SELECT 1")) == 1
