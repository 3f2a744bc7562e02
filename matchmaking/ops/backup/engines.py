"""Copying a database that is in use into a file, and back, as each engine does it best."""

import os
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL

from matchmaking.ops.backup.archive import BackupError

PATIENCE_SECONDS = 60
EMPTIED = "DROP SCHEMA public CASCADE; CREATE SCHEMA public;\n"


class Engine(Protocol):
    kind: str

    def copy_to(self, file: Path) -> None:
        """The database as it was at one moment, not before this was called."""

    def replace_by(self, file: Path) -> None:
        """Everything becomes what `file` holds, for whoever reads, in one step."""


@dataclass(frozen=True)
class Sqlite:
    """The online backup: one step reads one moment of the database, and no writer waits for it."""

    path: Path
    kind = "sqlite"

    def copy_to(self, file: Path) -> None:
        with closing(self._connection()) as source, closing(sqlite3.connect(file)) as copy:
            source.backup(copy)
        _check(file)

    def replace_by(self, file: Path) -> None:
        _check(file)
        with closing(sqlite3.connect(file)) as source, closing(self._connection()) as database:
            source.backup(database)

    def _connection(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=PATIENCE_SECONDS)


def _check(file: Path) -> None:
    with closing(sqlite3.connect(file)) as copy:
        found = [row[0] for row in copy.execute("PRAGMA integrity_check")]
        dangling = copy.execute("PRAGMA foreign_key_check").fetchall()
    if found != ["ok"] or dangling:
        raise BackupError(f"the copy of the database is not sound: {found[0]}")


@dataclass(frozen=True)
class Postgresql:
    """pg_dump reads one moment; the restore is one transaction, so a failed one changes nothing."""

    url: URL
    kind = "postgresql"

    def copy_to(self, file: Path) -> None:
        self._run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={file}")
        self._run("pg_restore", "--list", f"--file={os.devnull}", str(file), named=False)

    def replace_by(self, file: Path) -> None:
        script = file.with_suffix(".sql")
        self._run(
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            f"--file={script}",
            str(file),
            named=False,
        )
        self._run(
            *("psql", "--quiet", "--no-psqlrc", "--single-transaction", "--output", os.devnull),
            *("--set", "ON_ERROR_STOP=1", "--command", EMPTIED, "--file", str(script)),
        )

    def _run(self, *command: str, named: bool = True) -> None:
        """The password travels in the environment, where other users do not see it."""
        address = self.url.set(drivername="postgresql", password=None).render_as_string()
        environment = {**os.environ, "PGPASSWORD": self.url.password or ""}
        if not self.url.password:
            del environment["PGPASSWORD"]
        try:
            ended = subprocess.run(
                [*command, *([f"--dbname={address}"] if named else [])],
                env=environment,
                check=False,
                capture_output=True,
                text=True,
            )
        except FileNotFoundError:
            raise BackupError(
                f"{command[0]} is missing; install it with: apt-get install postgresql-client"
            ) from None
        if ended.returncode != 0:
            raise BackupError(f"{command[0]}: {ended.stderr.strip().splitlines()[-1]}")


def engine_of(url: URL) -> Engine:
    if url.get_backend_name() == "postgresql":
        return Postgresql(url)
    return Sqlite(Path(url.database or ""))
