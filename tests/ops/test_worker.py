"""A real worker process, killed at bad moments."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from matchmaking.core import jobs
from matchmaking.core.audit import AuditEntry
from matchmaking.core.database import db, reading, transaction
from matchmaking.core.jobs import Job, JobState
from matchmaking.core.outbox import MailState, OutgoingMail, queue_mail
from tests.ops.worker_app import app_beside_it

ROOT = Path(__file__).resolve().parents[2]


def wait_for(met: Callable[[], bool], seconds: float = 40) -> None:
    end = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


@pytest.fixture
def worker_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    made = app_beside_it()
    with made.app_context():
        db.create_all()
        yield made
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def start_worker(worker_app: Flask) -> Iterator[Callable[[], subprocess.Popen]]:
    started: list[subprocess.Popen] = []

    def start() -> subprocess.Popen:
        command = [
            sys.executable,
            "-m",
            "flask",
            "--app",
            "tests.ops.worker_app:make_app",
            "worker",
        ]
        started.append(subprocess.Popen(command, cwd=ROOT, start_new_session=True))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
            process.wait(20)


def lanes_below(process: subprocess.Popen) -> list[int]:
    return [
        int(pid)
        for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    ]


def notes() -> list[str]:
    file = Path(os.environ["DATA_DIR"]) / "notes"
    return file.read_text().splitlines() if file.exists() else []


def state_of(job_id) -> JobState:
    with reading():
        return db.session.scalars(select(Job.state).where(Job.id == job_id)).one()


def enqueue(kind: str):
    with transaction():
        return jobs.enqueue(kind).id


def test_job_of_a_killed_worker_is_done_by_the_next_and_only_once(worker_app, start_worker):
    job_id = enqueue("steps")
    worker = start_worker()
    wait_for(lambda: notes() == ["started"])
    for pid in [worker.pid, *lanes_below(worker)]:
        os.kill(pid, signal.SIGKILL)
    worker.wait()

    start_worker()
    wait_for(lambda: state_of(job_id) is JobState.DONE)

    job = db.session.get_one(Job, job_id)
    assert notes() == ["started", "started"]
    assert (job.attempts, job.done, job.result) == (2, 10, {"steps": 10})
    assert db.session.scalar(select(func.count(AuditEntry.id))) == 1


def test_lane_that_is_killed_is_started_again_by_its_supervisor(worker_app, start_worker):
    worker = start_worker()
    wait_for(lambda: len(lanes_below(worker)) == 2)
    before = lanes_below(worker)
    os.kill(before[1], signal.SIGKILL)
    job_id = enqueue("steps")

    wait_for(lambda: state_of(job_id) is JobState.DONE)

    assert lanes_below(worker) != before


def test_mail_delivered_by_a_worker_that_dies_at_once_is_seen_as_one(worker_app, start_worker):
    with transaction():
        mail_id = queue_mail("hello", "anh@example.com", language="vi").id
    start_worker()

    def is_sent() -> bool:
        with reading():
            return db.session.get_one(OutgoingMail, mail_id).state is MailState.SENT

    wait_for(is_sent)
    assert notes() == [f"delivered <{mail_id}@gap-go>"] * 2
    assert len(list((Path(os.environ["DATA_DIR"]) / "mail").glob("*.eml"))) == 1


def test_long_work_without_progress_is_not_given_to_a_second_worker(worker_app, start_worker):
    job_id = enqueue("silent")
    start_worker()
    start_worker()

    wait_for(lambda: state_of(job_id) is JobState.DONE)

    assert notes() == ["silent"]


def test_worker_ends_cleanly_when_told_to(worker_app, start_worker):
    worker = start_worker()
    wait_for(lambda: len(lanes_below(worker)) == 2)
    lanes = lanes_below(worker)
    time.sleep(1)

    worker.terminate()

    assert worker.wait(15) == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in lanes)


def test_lanes_end_when_their_supervisor_is_killed(worker_app, start_worker):
    worker = start_worker()
    wait_for(lambda: len(lanes_below(worker)) == 2)
    lanes = lanes_below(worker)

    worker.kill()
    worker.wait()

    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in lanes), 15)
