"""flask keys: going over to another key of the installation."""

import uuid

import click
from flask.cli import AppGroup

from matchmaking.core.database import transaction
from matchmaking.core.sealing import Sealed, SealedColumn, seal_again, sealed_columns
from matchmaking.web.settings import settings

group = AppGroup("keys", help="The keys of this installation.")


@group.command("seal-again")
def seal_everything_again() -> None:
    """Seal with DATA_KEY what is encrypted in the database; afterwards it needs no former key."""
    unreadable = 0
    for kept in sealed_columns():
        count, after = 0, None
        while batch := _next_batch(kept, after):
            count, unreadable, after = (
                count + batch.count,
                unreadable + batch.unreadable,
                batch.last,
            )
        click.echo(f"{kept.name}: {count}")
    if unreadable:
        raise click.ClickException(
            f"{unreadable} could be opened with no key that is set; they are left as they are. "
            "Name the missing key in DATA_KEY_BEFORE and run this again."
        )


def _next_batch(kept: SealedColumn, after: uuid.UUID | None) -> Sealed | None:
    with transaction():
        return seal_again(kept, after, secret=settings().data_secret)
