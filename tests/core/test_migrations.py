import flask_migrate
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from matchmaking.app import create_app
from matchmaking.config import Config
from matchmaking.core.database import db
from matchmaking.core.versions import needed_version
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
            context = MigrationContext.configure(connection)
            differences = compare_metadata(context, db.metadata)
            newest = context.get_current_revision()
        assert differences == []
        assert newest == needed_version()

        flask_migrate.downgrade(revision="base")
        left = set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}
        db.engine.dispose()
    assert left == set()
