"""The engine that carries jobs to the workers: an embedded queue, or Redis where it is named.

There are two lanes, so that a batch of PDFs or a long schedule run holds up no mail. A
queue holds nothing but ids of job rows. When it is lost, or cannot be reached while a
transaction commits, the sweeper (`ops.worker`) finds the rows and hands them out again.
"""

import logging
import sqlite3
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app, has_app_context
from sqlalchemy import event
from sqlalchemy.orm import Session

from matchmaking.config import Config
from matchmaking.core import jobs
from matchmaking.core.database import db
from matchmaking.core.loading import without
from matchmaking.ops.running import run_job

if TYPE_CHECKING:
    from huey import Huey

log = logging.getLogger(__name__)

EXTENSION = "gap-go-lanes"
FULL = 2000
Made = tuple["Huey", tuple[type[Exception], ...]]


@dataclass(frozen=True)
class Lane:
    """A queue of job ids; `carry` puts one into it."""

    huey: "Huey"
    carry: Callable[[str], Any]
    is_long: bool
    threads: int
    faults: tuple[type[Exception], ...]
    """What it raises while it cannot be reached."""

    @property
    def is_full(self) -> bool:
        """Nobody takes from it, or a crowd came at once: the sweeper hands out the rest."""
        return bool(self.huey.pending_count() >= FULL)

    @property
    def name(self) -> str:
        return "long" if self.is_long else "short"

    @property
    def is_empty(self) -> bool:
        return bool(self.huey.pending_count() == 0)


def lanes_of(app: Flask) -> tuple[Lane, ...]:
    made: tuple[Lane, ...] = app.extensions[EXTENSION]
    return made


def lengths() -> dict[str, int | None]:
    """How much lies in each lane; None where the queue cannot be reached."""
    lanes: tuple[Lane, ...] = current_app.extensions.get(EXTENSION, ())
    return {lane.name: _length(lane) for lane in lanes}


def _length(lane: Lane) -> int | None:
    try:
        return int(lane.huey.pending_count())
    except lane.faults:
        return None


def init_app(app: Flask, config: Config) -> None:
    """Bind the lanes to the app; from now on committed jobs are handed over at once."""
    app.extensions[EXTENSION] = (
        _lane(app, config, is_long=False, threads=2),
        _lane(app, config, is_long=True, threads=1),
    )


def _lane(app: Flask, config: Config, *, is_long: bool, threads: int) -> Lane:
    name = "gap-go-long" if is_long else "gap-go-short"
    huey, faults = (_in_redis if config.redis_url else _in_a_file)(name, config)
    carry = huey.task(name="run_job")(lambda job_id: run_job(app, uuid.UUID(job_id)))
    return Lane(huey, carry, is_long, threads, faults)


def _in_redis(name: str, config: Config) -> Made:
    from huey import RedisHuey  # noqa: PLC0415  loads the client of Redis
    from redis import RedisError  # noqa: PLC0415

    return RedisHuey(name, url=config.redis_url, **_common(config)), (RedisError,)


def _in_a_file(name: str, config: Config) -> Made:
    with without("redis"):  # five megabytes
        from huey import Huey  # noqa: PLC0415
        from huey.storage import SqliteStorage  # noqa: PLC0415

    class Storage(SqliteStorage):  # type: ignore[misc]
        """Does not wait for the disk: what a power cut takes from a queue, the sweeper finds again."""

        def _create_connection(self) -> sqlite3.Connection:
            connection: sqlite3.Connection = super()._create_connection()
            connection.execute("PRAGMA synchronous = NORMAL")
            return connection

    file = str(config.data_dir / "queue.sqlite3")
    return Huey(name, storage_class=Storage, filename=file, **_common(config)), (sqlite3.Error,)


def _common(config: Config) -> dict[str, Any]:
    from huey.serializer import SignedSerializer  # noqa: PLC0415

    return {"results": False, "serializer": SignedSerializer(secret=config.secret_key)}


@event.listens_for(db.session, "after_flush")
def _note_new_jobs(session: Session, _flush: Any) -> None:
    for row in session.new:
        if isinstance(row, jobs.Job):
            jobs.note_new(row)


@event.listens_for(db.session, "after_commit")
def _hand_over(session: Session) -> None:
    new: list[tuple[uuid.UUID, bool]] = session.info.pop(jobs.NEW_JOBS, [])
    if not (new and has_app_context() and EXTENSION in current_app.extensions):
        return
    for lane in lanes_of(current_app):
        mine = [job_id for job_id, is_long in new if is_long == lane.is_long]
        try:
            for job_id in mine if mine and not lane.is_full else ():
                lane.carry(str(job_id))
        except lane.faults:
            log.warning("the queue cannot be reached; the sweeper will hand out %d jobs", len(mine))


@event.listens_for(db.session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop(jobs.NEW_JOBS, None)
