"""Making a backup of this installation, and making this installation a backup again."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine, inspect, make_url, text
from sqlalchemy.pool import NullPool

from matchmaking.config import ROOT, Config
from matchmaking.ops.backup import archive, erased
from matchmaking.ops.backup.archive import BackupError, Manifest, Opened, mark_of, sha256_of
from matchmaking.ops.backup.engines import Engine, engine_of

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

SUFFIX = ".backup"
TELLING = ("users", "events", "registrations")
"""A database in which these are empty holds nothing that a restore could destroy."""


def back_up(config: Config, target: Path) -> tuple[Path, Manifest]:
    """Write a backup to the file `target`, or under a name of its own into a folder."""
    as_of = datetime.now(UTC)
    if target.is_dir():
        target = target / f"gap-go-{as_of:%Y%m%dT%H%M%SZ}{SUFFIX}"
    engine = engine_of(make_url(config.database_uri))
    version = _version_of(config)
    with archive.place_beside(target) as place:
        copy = place / archive.DATABASE
        engine.copy_to(copy)
        manifest = Manifest(
            kind=engine.kind,
            as_of=as_of,
            version=version,
            sha256=sha256_of(copy),
            secret_key_mark=mark_of(config.secret_key.encode()),
            badge_key_mark=mark_of(config.badge_secret),
        )
        archive.write(target, manifest, database=copy, key=_own_key(config))
    erased.keep_beside(target, erased.erased_here(config))
    return target, manifest


def keep_newest(folder: Path, count: int) -> None:
    """Remove all backups in a folder but the newest; their names rise with time."""
    for old in sorted(folder.glob(f"gap-go-*{SUFFIX}"))[:-count]:
        old.unlink()


def restore(config: Config, source: Path, *, replace: bool, other_keys: bool) -> Manifest:
    """Put a backup in the place of this database. Raises BackupError and then changes nothing.

    What stood there is itself backed up first, into DATA_DIR. Whose data was erased since
    the backup is noted again.
    """
    engine = engine_of(make_url(config.database_uri))
    with archive.opened(source, config.data_dir) as found:
        _must_fit(config, engine, found, other_keys=other_keys)
        if _holds_data(config):
            if not replace:
                raise BackupError(
                    "This database is not empty; --replace puts the backup in its place."
                )
            stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
            back_up(config, config.data_dir / f"before-restore-{stamp}{SUFFIX}")
        ids = {**erased.erased_beside(source), **erased.erased_here(config)}
        engine.replace_by(found.database)
        erased.note_again(config, ids)
        if found.key and _own_key(config):
            key_file(config).write_text(found.key)
        return found.manifest


def _must_fit(config: Config, engine: Engine, found: Opened, *, other_keys: bool) -> None:
    manifest = found.manifest
    if manifest.kind != engine.kind:
        raise BackupError(
            f"The backup is of {manifest.kind}, this installation uses {engine.kind}."
        )
    known = {script.revision for script in _scripts().walk_revisions()}
    if manifest.version not in known:
        raise BackupError(
            f"The backup is of a newer Gặp Gỡ ({manifest.version}); upgrade this one first."
        )
    brings_its_key = found.key and _own_key(config) and not config.badge_key
    is_same = mark_of(config.badge_secret) == manifest.badge_key_mark
    if not (is_same or brings_its_key or other_keys):
        raise BackupError(
            "BADGE_KEY is not the one of the backup, so no badge already printed could be read; "
            "set it as it was, or say --other-keys."
        )


def needs_upgrade(manifest: Manifest) -> bool:
    return manifest.version != _scripts().get_current_head()


def has_other_secret(config: Config, manifest: Manifest) -> bool:
    """Whether sessions and mailed links of the backup are worthless here."""
    secret = key_file(config).read_text() if _own_key(config) else config.secret_key
    return mark_of(secret.encode()) != manifest.secret_key_mark


def key_file(config: Config) -> Path:
    return config.data_dir / "secret-key"


def _own_key(config: Config) -> str:
    """The key that lies in DATA_DIR and nowhere else; empty where the environment sets one."""
    path = key_file(config)
    is_used = path.exists() and path.read_text() == config.secret_key
    return config.secret_key if is_used else ""


def _scripts() -> "ScriptDirectory":
    from alembic.script import ScriptDirectory  # noqa: PLC0415  slow to load

    return ScriptDirectory(str(ROOT / "migrations"))


def _version_of(config: Config) -> str:
    engine = create_engine(config.database_uri, poolclass=NullPool)
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            raise BackupError("There is no database to back up; DATABASE_URL or DATA_DIR is wrong.")
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def _holds_data(config: Config) -> bool:
    engine = create_engine(config.database_uri, poolclass=NullPool)
    with engine.connect() as connection:
        tables = set(inspect(connection).get_table_names()) & set(TELLING)
        return any(
            connection.scalar(text(f"SELECT EXISTS (SELECT 1 FROM {table})"))  # noqa: S608 (our own names)
            for table in sorted(tables)
        )
