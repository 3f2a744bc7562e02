"""Running one job inside a worker: in the application, with its lease kept alive."""

import logging
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from flask import Flask
from sqlalchemy.exc import OperationalError

from matchmaking.core import jobs

log = logging.getLogger(__name__)

RENEW_EVERY_SECONDS = 20.0


def run_job(app: Flask, job_id: uuid.UUID) -> None:
    with app.app_context():
        jobs.run(job_id, keep=partial(lease_kept, app))


@contextmanager
def lease_kept(app: Flask, job_id: uuid.UUID, fence: int) -> Iterator[None]:
    """Renew the lease from a thread, so that long work without progress is not given away."""
    finished = threading.Event()
    beat = threading.Thread(target=_renew, args=(app, job_id, fence, finished), daemon=True)
    beat.start()
    try:
        yield
    finally:
        finished.set()
        beat.join()


def _renew(app: Flask, job_id: uuid.UUID, fence: int, finished: threading.Event) -> None:
    while not finished.wait(RENEW_EVERY_SECONDS):
        try:
            with app.app_context():
                jobs.renew_lease(job_id, fence)
        except jobs.LeaseLost:
            return
        except OperationalError:
            log.warning("the lease of job %s was not renewed; trying again", job_id)
