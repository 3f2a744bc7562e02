import flask_migrate
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from matchmaking.app import create_app
from matchmaking.config import Config
from matchmaking.core.database import db
from tests.conftest import own_database


def test_upgrading_an_empty_database_gives_exactly_the_tables_of_the_models(tmp_path):
    config = Config(
        secret_key="migrations",
        data_dir=tmp_path,
        database_url=own_database("migrations"),
        testing=True,
    )
    with create_app(config).app_context():
        flask_migrate.upgrade()
        with db.engine.connect() as connection:
            differences = compare_metadata(MigrationContext.configure(connection), db.metadata)
        assert differences == []

        flask_migrate.downgrade(revision="base")
        left = set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}
        db.engine.dispose()
    assert left == set()
