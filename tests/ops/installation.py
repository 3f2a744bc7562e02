"""Installations of a test's own, with processes that write into them."""

import hashlib
import multiprocessing
import os
import time
from multiprocessing.context import ForkProcess
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from matchmaking.config import Config
from matchmaking.core.database import db, prepare_engine
from matchmaking.core.files import StoredFile
from matchmaking.core.versions import needed_version
from tests.conftest import own_database

KEY = "Zk3-vQ9_pL7xW2mN8cR5tY1bH6jD4fGs"


class Installation:
    """One machine: its folder, its database and its keys. Writers store files until stopped."""

    def __init__(self, folder: Path, **settings: str) -> None:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        database = own_database(f"{worker}_{folder.name}")
        named = {"DATA_DIR": str(folder), "DATABASE_URL": database, **settings}
        if database:
            named = {"SECRET_KEY": KEY, "BADGE_KEY": KEY[::-1], **named}
        self.config = Config.from_env(named)
        self.engine = sa.create_engine(self.config.database_uri, pool_pre_ping=True)
        prepare_engine(self.engine)
        self.writers: list[tuple[ForkProcess, Path]] = []

    def with_tables(self, version: str = "") -> "Installation":
        """As `flask db upgrade` leaves it."""
        with self.engine.begin() as connection:
            db.metadata.create_all(connection)
            connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
            stamp = sa.text("INSERT INTO alembic_version VALUES (:version)")
            connection.execute(stamp, {"version": version or needed_version()})
        return self

    def add(self, *rows: object) -> None:
        with Session(self.engine) as session:
            session.add_all(rows)
            session.commit()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with self.engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(query))]

    def start_writers(self, count: int) -> None:
        """Return when each has some acknowledged writes behind it."""
        fork = multiprocessing.get_context("fork")
        self.engine.dispose()
        for number in range(count):
            notes = self.config.data_dir / f"writer-{number}"
            process = fork.Process(target=_write_for_ever, args=(self.config.database_uri, notes))
            process.start()
            self.writers.append((process, notes))
        wait_until(lambda: all(len(read(notes)) > 20 for _, notes in self.writers))

    def acknowledged(self) -> dict[str, float]:
        """When each file was acknowledged, by its name."""
        return {name: at for _, notes in self.writers for name, at in read(notes).items()}

    def stop(self) -> None:
        for process, _notes in self.writers:
            process.kill()
            process.join()
        self.engine.dispose()


def name_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def read(notes: Path) -> dict[str, float]:
    lines = notes.read_text().splitlines() if notes.exists() else []
    told = [line.split() for line in lines]
    return {line[1]: float(line[0]) for line in told if len(line) == 2}


def wait_until(met, seconds: float = 240) -> None:
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def _write_for_ever(database: str, notes: Path) -> None:
    """A file is named by its content, so that a reader can tell whether it is whole."""
    engine = sa.create_engine(database)
    prepare_engine(engine)
    with notes.open("a", buffering=1) as told:
        while True:
            content = os.urandom(20_000)
            with Session(engine) as session:
                file = StoredFile(name=name_of(content), content_type="x/x", content=content)
                session.add(file)
                session.commit()
            told.write(f"{time.time()} {name_of(content)}\n")
