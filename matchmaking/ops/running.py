"""Running one job inside a worker: in the application, with its lease kept alive."""

import logging
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from time import perf_counter

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from matchmaking.core import jobs
from matchmaking.core.logs import fields, request_id

log = logging.getLogger(__name__)

RENEW_EVERY_SECONDS = 4.0


def run_job(app: Flask, job_id: uuid.UUID) -> None:
    request_id.set(f"job-{job_id}")
    began = perf_counter()
    with app.app_context():
        ended = jobs.run(job_id, keep=partial(lease_kept, app))
        if ended is not None:
            _note(ended, perf_counter() - began)
    request_id.set("")


def _note(ended: jobs.Job, seconds: float) -> None:
    """A job's own words may name people; they are in its row, for the administrator."""
    log.log(
        logging.ERROR if ended.state is jobs.JobState.FAILED else logging.INFO,
        "job",
        extra=fields(
            kind=ended.kind,
            state=ended.state.value,
            attempts=ended.attempts,
            milliseconds=round(seconds * 1000),
        ),
    )


@contextmanager
def lease_kept(app: Flask, job_id: uuid.UUID, fence: int) -> Iterator[None]:
    """Renew the lease from a thread, so that long work without progress is not given away."""
    _held.add((job_id, fence))
    _keep_renewing(app)
    try:
        yield
    finally:
        _held.discard((job_id, fence))


_held: set[tuple[uuid.UUID, int]] = set()
"""The jobs at work in this process, and their fences."""
_renewing: list[threading.Thread] = []
"""The one thread that renews their leases."""
_starting = threading.Lock()


def _keep_renewing(app: Flask) -> None:
    """A process that was forked has no thread yet."""
    with _starting:
        if not (_renewing and _renewing[0].is_alive()):
            _renewing[:] = [threading.Thread(target=_renew_for_ever, args=(app,), daemon=True)]
            _renewing[0].start()


def _renew_for_ever(app: Flask) -> None:
    while True:
        time.sleep(RENEW_EVERY_SECONDS)
        for job_id, fence in _held.copy():
            _renew(app, job_id, fence)


def _renew(app: Flask, job_id: uuid.UUID, fence: int) -> None:
    try:
        with app.app_context():
            jobs.renew_lease(job_id, fence)
    except jobs.LeaseLost:
        log.debug("job %s has ended, or another worker has it", job_id)
    except SQLAlchemyError:
        log.warning("the lease of job %s was not renewed; trying again", job_id)
