"""`flask backup` and `flask restore`."""

from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from matchmaking.core.database import db, transaction
from matchmaking.core.upkeep import restored
from matchmaking.web.settings import settings


@click.command("backup")
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--keep", type=click.IntRange(min=1), help="Keep this many in the folder.")
def backup_command(target: Path, keep: int | None) -> None:
    """Write everything into one file, while the platform is in use.

    TARGET is the file, or a folder in which it gets a name of its own.
    """
    from matchmaking.ops.backup import services  # noqa: PLC0415  loads what reads and writes archives
    from matchmaking.ops.backup.archive import BackupError  # noqa: PLC0415

    if keep and not target.is_dir():
        raise click.UsageError("--keep needs a folder")
    try:
        path, manifest = services.back_up(settings(), target)
        if keep:
            services.keep_newest(target, keep)
    except (BackupError, SQLAlchemyError, OSError) as fault:
        raise click.ClickException(_sentence(fault)) from fault
    click.echo(f"holds everything acknowledged before {manifest.as_of.isoformat()}", err=True)
    click.echo(path)


@click.command("restore")
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Put it in the place of a database with content.")
@click.option("--other-keys", is_flag=True, help="Accept that printed badges cannot be read.")
def restore_command(source: Path, replace: bool, other_keys: bool) -> None:
    """Make this installation what it was when the backup SOURCE was made."""
    from matchmaking.ops.backup import services  # noqa: PLC0415  loads what reads and writes archives
    from matchmaking.ops.backup.archive import BackupError  # noqa: PLC0415

    config = settings()
    db.session.remove()
    db.engine.dispose()
    try:
        manifest = services.restore(config, source, replace=replace, other_keys=other_keys)
    except (BackupError, SQLAlchemyError, OSError) as fault:
        raise click.ClickException(_sentence(fault)) from fault
    click.echo(f"restored as of {manifest.as_of.isoformat()}")
    if services.needs_upgrade(manifest):
        click.echo("next: flask db upgrade, then flask clean-up")
    else:
        with transaction():
            restored.send()
    if services.has_other_secret(config, manifest):
        click.echo(
            "SECRET_KEY is another one: everybody signs in again, mailed links are worthless"
        )


def _sentence(fault: Exception) -> str:
    if isinstance(fault, SQLAlchemyError):
        return "the database cannot be reached; see DATABASE_URL"
    if isinstance(fault, OSError):
        return f"{fault.filename or 'the disk'}: {fault.strerror}"
    return str(fault)
