"""The worker: one process for each lane, watched by the process that was started.

A lane that dies is started again. All end when they are told to, and when the process
above them is gone, so that none is left behind by a parent that was killed.
"""

import gc
import logging
import multiprocessing
import os
import signal
import threading
import time
from multiprocessing.context import ForkProcess

from flask import Flask
from sqlalchemy.exc import OperationalError

from matchmaking.core import jobs
from matchmaking.core.database import reading
from matchmaking.ops.lanes import Lane, lanes_of

log = logging.getLogger(__name__)

SWEEP_EVERY_SECONDS = 2.0
LOOK_EVERY_SECONDS = 0.5
TIME_TO_FINISH_SECONDS = 10.0
SELDOM = 10_000
"""So many new objects between two collections of garbage; a letter makes thousands, few in circles."""
TOLD = {signal.SIGTERM, signal.SIGINT}
"""How a worker is told to end. It looks for them, so that none comes in the middle of a fork."""


def work(app: Flask) -> None:
    """Run every lane until SIGTERM, SIGINT or the end of the parent process."""
    parent = os.getppid()
    running: dict[int, ForkProcess] = {}
    signal.pthread_sigmask(signal.SIG_BLOCK, TOLD)
    try:
        while os.getppid() == parent:
            for index in range(len(lanes_of(app))):
                if index not in running or not running[index].is_alive():
                    running[index] = _start(app, index)
            if signal.sigtimedwait(TOLD, LOOK_EVERY_SECONDS):
                return
    finally:
        _end(list(running.values()))


def _start(app: Flask, index: int) -> ForkProcess:
    """Forked by a process that holds no connection to the database or the queue."""
    for lane in lanes_of(app):
        lane.huey.storage.close()
    process = multiprocessing.get_context("fork").Process(target=_lane_process, args=(app, index))
    process.start()
    return process


def _end(processes: list[ForkProcess]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + TIME_TO_FINISH_SECONDS + 2
    for process in processes:
        process.join(max(0.0, deadline - time.monotonic()))
        if process.is_alive():
            process.kill()


def _lane_process(app: Flask, index: int) -> None:
    lane = lanes_of(app)[index]
    gc.freeze()  # the code stays for good: no collection need look through it
    gc.set_threshold(SELDOM)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, TOLD)
    consumer = lane.huey.create_consumer(
        workers=lane.threads,
        periodic=False,
        max_delay=0.5,
        graceful_signal="TERM",
        shutdown_timeout=TIME_TO_FINISH_SECONDS,
    )
    for task in (_watch_parent, _sweep_for_ever):
        threading.Thread(target=task, args=(app, lane, os.getppid()), daemon=True).start()
    consumer.run()


def _watch_parent(_app: Flask, _lane: Lane, parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


def _sweep_for_ever(app: Flask, lane: Lane, _parent: int) -> None:
    away: tuple[type[Exception], ...] = (OperationalError, *lane.faults)
    while True:
        time.sleep(SWEEP_EVERY_SECONDS)
        try:
            sweep(app, lane)
        except away:
            log.warning("the sweeper could not read the jobs or the queue; trying again")


def sweep(app: Flask, lane: Lane) -> int:
    """Hand out what is due and lies in no queue: retries, abandoned jobs, lost messages.

    Only while the lane is empty; otherwise the same ids would pile up in it.
    """
    if not lane.is_empty:
        return 0
    with app.app_context(), reading():
        due = jobs.due_jobs(long=lane.is_long)
    for job_id in due:
        lane.carry(str(job_id))
    return len(due)
