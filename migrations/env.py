"""How Alembic reaches the database: through the application's own engine."""

import logging
from typing import Any

from alembic import context
from flask import current_app

context.config.set_main_option("sqlalchemy.url", "")
logging.getLogger("alembic").setLevel(logging.INFO)
migrate: Any = current_app.extensions["migrate"]


def plain_type(kind: str, item: Any, _context: Any) -> str | bool:
    """Write our own column types as the plain ones beneath, so migrations import nothing of us."""
    if kind == "type" and type(item).__name__ == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    if kind == "type" and type(item).__name__ == "BilingualText":
        return "sa.JSON()"
    return False


def run() -> None:
    engine = migrate.db.engine
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=migrate.db.metadata,
            render_item=plain_type,
            **migrate.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
