"""Background work as rows: written in the transaction that causes it, never lost.

A job row is the truth; the engine that carries it (`ops.worker`) only says "run this
one now". A worker holds a job by a lease it renews while it reports progress. When it
dies, the lease ends and the sweeper hands the job out again with a higher fence, so a
worker that comes back from the dead cannot write over its successor.
"""

import uuid
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Index, String, Text, and_, bindparam, delete, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from matchmaking.core import clock, database
from matchmaking.core.codes import new_id
from matchmaking.core.database import Base, db, status_enum, transaction

LEASE = timedelta(seconds=20)
NEW_JOBS = "new jobs"
"""Under this name a session remembers what its transaction queues."""
MOST_ATTEMPTS = 8


class JobState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(Base):
    """One piece of background work, with its progress (`done` of `total`) and its result."""

    __tablename__ = "jobs"
    __table_args__ = (Index(None, "state", "run_after"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(60))
    arguments: Mapped[dict[str, Any]] = mapped_column(default=dict)
    event_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    created_by_id: Mapped[uuid.UUID | None]
    state: Mapped[JobState] = mapped_column(status_enum(JobState), default=JobState.QUEUED)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    result: Mapped[dict[str, Any]] = mapped_column(default=dict)
    error: Mapped[str] = mapped_column(Text, default="")
    attempts: Mapped[int] = mapped_column(default=0)
    fence: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    run_after: Mapped[datetime] = mapped_column(default=clock.now)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    finished_at: Mapped[datetime | None]

    @property
    def is_finished(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)


class LeaseLost(Exception):
    """Another worker has this job now; stop without writing anything."""


class Postpone(Exception):
    """Raised by a job's function to be run again after `delay`, for a passing fault."""

    def __init__(self, delay: timedelta, reason: str) -> None:
        super().__init__(reason)
        self.delay = delay


Work = Callable[[Job], dict[str, Any] | None]
Keeper = Callable[[uuid.UUID, int], AbstractContextManager[Any]]


@dataclass(frozen=True)
class Kind:
    """What is done for jobs of one kind. Long ones run beside the others, one at a time."""

    work: Work
    is_long: bool
    when_given_up: Callable[[Job], None]
    when_retried: Callable[[Job], None]


_kinds: dict[str, Kind] = {}


def _nothing(_job: Job) -> None:
    """What most kinds do when a job of theirs is given up or tried again."""


def job(
    kind: str,
    *,
    is_long: bool = False,
    when_given_up: Callable[[Job], None] = _nothing,
    when_retried: Callable[[Job], None] = _nothing,
) -> Callable[[Work], Work]:
    """Declare the function that does jobs of this kind. It may be run more than once.

    It gets the job as it was claimed, a copy: what it sets there is not kept. It starts
    without a transaction and is committed when it returns. While it computes, prints or
    talks to another machine it holds none: see `core.database.reading`.
    `when_given_up` runs in the transaction that marks the job as failed for good,
    `when_retried` in the one in which a person lets it be tried once more.
    """

    def declare(work: Work) -> Work:
        _kinds[kind] = Kind(work, is_long, when_given_up, when_retried)
        return work

    return declare


def is_long(kind: str) -> bool:
    return kind in _kinds and _kinds[kind].is_long


def new_job(kind: str, *, event_id: uuid.UUID | None = None, **arguments: Any) -> Job:
    """A job that is not yet part of any transaction. `arguments` are JSON values."""
    if kind not in _kinds:
        raise LookupError(f"no work is declared for jobs of kind {kind}")
    return Job(
        id=new_id(), kind=kind, event_id=event_id, arguments=arguments, run_after=clock.now()
    )


def enqueue(
    kind: str,
    *,
    event_id: uuid.UUID | None = None,
    created_by_id: uuid.UUID | None = None,
    total: int = 0,
    run_after: datetime | None = None,
    **arguments: Any,
) -> Job:
    """Add a job to the current transaction. `arguments` are JSON values."""
    queued = new_job(kind, event_id=event_id, **arguments)
    queued.created_by_id, queued.total = created_by_id, total
    queued.run_after = run_after or queued.run_after
    db.session.add(queued)
    db.session.flush()
    return queued


def note_new(queued: Job) -> None:
    """Let a job that is due be handed over once the transaction that writes it is committed."""
    if queued.run_after <= clock.now():
        db.session.info.setdefault(NEW_JOBS, []).append((queued.id, is_long(queued.kind)))


def _is_due(now: Any) -> Any:
    waiting = and_(Job.state == JobState.QUEUED, Job.run_after <= now)
    abandoned = and_(Job.state == JobState.RUNNING, Job.lease_until < now)
    return or_(waiting, abandoned)


def due_jobs(*, long: bool | None = None, limit: int = 100) -> Sequence[uuid.UUID]:
    """Ids of jobs that could be run now, oldest first; abandoned ones among them."""
    kinds = [name for name, kind in _kinds.items() if long in (None, kind.is_long)]
    query = select(Job.id).where(_is_due(clock.now()), Job.kind.in_(kinds))
    return db.session.scalars(query.order_by(Job.run_after, Job.id).limit(limit)).all()


def run(job_id: uuid.UUID, *, keep: Keeper = lambda _id, _fence: nullcontext()) -> Job | None:
    """Claim one job and do it: a copy of how it ended. None when another worker has it or it is finished.

    `keep` wraps the work; a worker process renews the lease there, as long as it lives.
    """
    claimed = _claim(job_id)
    if claimed is None:
        return None
    try:
        with keep(job_id, claimed.fence), transaction():
            result = _kinds[claimed.kind].work(claimed) or {}
            _finish(claimed, state=JobState.DONE, result=result)
    except LeaseLost:
        return None
    except Postpone as postponed:
        attempts = claimed.attempts - 1  # a passing fault of others is no failed attempt
        _again(claimed, delay=postponed.delay, reason=str(postponed), attempts=attempts)
    except Exception as fault:  # the worker outlives any job; the row keeps what happened
        _failed(claimed, fault)
    return claimed


def run_due() -> int:
    """Run everything due until nothing is left; how many were run."""
    count = 0
    while ids := due_jobs():
        db.session.rollback()
        count += sum(run(job_id) is not None for job_id in ids)
    return count


def report_progress(running: Job, *, done: int, total: int | None = None) -> None:
    """Commit how far the job is and renew its lease. Raises LeaseLost.

    Commits what the job has written so far: report only where that is whole.
    """
    values: dict[str, Any] = {"done": done, "lease_until": clock.now() + LEASE}
    if total is not None:
        values["total"] = total
    with transaction():
        _update(running, **values)


def renew_lease(job_id: uuid.UUID, fence: int) -> None:
    """Keep holding a job whose function is still at work. Raises LeaseLost."""
    with transaction():
        _update(Job(id=job_id, fence=fence), lease_until=clock.now() + LEASE)


def retry(failed: Job) -> None:
    """Put a job that was given up back into the queue, as if it were new."""
    failed.state, failed.attempts, failed.finished_at = JobState.QUEUED, 0, None
    failed.run_after = clock.now()
    if kind := _kinds.get(failed.kind):
        kind.when_retried(failed)
    db.session.flush()


def remove_finished(*, before: datetime) -> int:
    """Forget jobs that ended well before a moment; how many. Failed ones stay to be seen."""
    old = delete(Job).where(Job.state == JobState.DONE, Job.finished_at < before)
    return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined]


def _claim(job_id: uuid.UUID) -> Job | None:
    """The job as this worker has it from now on, outside the session: no commit makes it stale."""
    now = clock.now()
    with transaction():
        values = {"job_id": job_id, "now": now, "until": now + LEASE}
        row = database.run(_claiming(), values).mappings().first()
    return None if row is None else Job(**row)


@cache
def _claiming() -> Any:
    values = {
        "state": JobState.RUNNING,
        "lease_until": bindparam("until"),
        "fence": Job.fence + 1,
        "attempts": Job.attempts + 1,
    }
    jobs = Job.metadata.tables[Job.__tablename__]
    due = update(jobs).where(jobs.c.id == bindparam("job_id"), _is_due(bindparam("now")))
    return due.values(values).returning(*jobs.c)


def _update(held: Job, **values: Any) -> None:
    """Write down how it stands, in the row and in the copy. Raises LeaseLost."""
    mine = {"held_id": held.id, "held_fence": held.fence}
    if database.run(_updating(), mine | values).rowcount != 1:
        raise LeaseLost
    for name, value in values.items():
        setattr(held, name, value)


@cache
def _updating() -> Any:
    """Sets the columns that it is executed with."""
    jobs = Job.metadata.tables[Job.__tablename__]
    return update(jobs).where(
        jobs.c.id == bindparam("held_id"),
        jobs.c.fence == bindparam("held_fence"),
        jobs.c.state == JobState.RUNNING,
    )


def _finish(held: Job, *, state: JobState, **values: Any) -> None:
    _update(held, state=state, finished_at=clock.now(), lease_until=None, **values)


def _again(held: Job, *, delay: timedelta, reason: str, **values: Any) -> None:
    with transaction():
        values |= {"run_after": clock.now() + delay, "error": reason[:2000]}
        _update(held, state=JobState.QUEUED, lease_until=None, **values)


def _failed(held: Job, fault: Exception) -> None:
    """Try again with growing pauses, then give up and keep the reason."""
    reason = f"{type(fault).__name__}: {fault}"[:2000]
    if held.attempts < MOST_ATTEMPTS:
        _again(held, delay=timedelta(seconds=2**held.attempts), reason=reason)
        return
    with transaction():
        _finish(held, state=JobState.FAILED, error=reason)
        _kinds[held.kind].when_given_up(db.session.get_one(Job, held.id, populate_existing=True))
