"""A real worker process, killed at bad moments."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from flask import Flask
from sqlalchemy import func, select, update

from matchmaking.core import jobs
from matchmaking.core.audit import AuditEntry
from matchmaking.core.database import db, reading, transaction
from matchmaking.core.jobs import Job, JobState
from matchmaking.core.outbox import MailState, OutgoingMail, queue_mail
from tests.conftest import own_database
from tests.faults.serving import is_there
from tests.ops.installation import wait_until
from tests.ops.worker_app import app_beside_it

PATIENCE = 120
ROOT = Path(__file__).resolve().parents[2]


def own_redis() -> str:
    """A Redis database of this test process alone, emptied."""
    number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw8").removeprefix("gw")) % 10 + 5
    url = f"redis://127.0.0.1:6379/{number}"
    with redis.Redis.from_url(url) as client:
        client.flushdb()
    return url


@pytest.fixture
def queue(request: pytest.FixtureRequest) -> str:
    """The address of the queue: none where it is a file beside the database."""
    return own_redis() if getattr(request, "param", "") == "redis" else ""


on_both_queues = pytest.mark.parametrize("queue", ["embedded", "redis"], indirect=True)


@pytest.fixture
def worker_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, queue: str) -> Iterator[Flask]:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("WORKER_REDIS_URL", queue)
    monkeypatch.setenv("WORKER_DATABASE_URL", own_database(f"worker_{os.getpid()}"))
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
            process.wait(PATIENCE)


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


def are_gone(pids: list[int]) -> bool:
    return not any(is_there(pid) for pid in pids)


def end_leases() -> None:
    """As if as much time had passed as a dead worker is waited for."""
    with transaction():
        db.session.execute(update(Job).values(lease_until=Job.created_at))


def enqueue(kind: str):
    with transaction():
        return jobs.enqueue(kind).id


@on_both_queues
def test_job_of_a_killed_worker_is_done_by_the_next_and_only_once(worker_app, start_worker):
    hold = Path(os.environ["DATA_DIR"]) / "hold"
    hold.touch()
    job_id = enqueue("steps")
    worker = start_worker()
    wait_until(lambda: notes() == ["started"])
    killed = [worker.pid, *lanes_below(worker)]
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    worker.wait()
    wait_until(lambda: are_gone(killed))
    hold.unlink()
    end_leases()

    start_worker()
    wait_until(lambda: state_of(job_id) is JobState.DONE)

    job = db.session.get_one(Job, job_id)
    assert notes() == ["started", "started"]
    assert (job.attempts, job.done, job.result) == (2, 10, {"steps": 10})
    assert db.session.scalar(select(func.count(AuditEntry.id))) == 1


def test_lane_that_is_killed_is_started_again_by_its_supervisor(worker_app, start_worker):
    worker = start_worker()
    wait_until(lambda: len(lanes_below(worker)) == 2)
    before = lanes_below(worker)
    os.kill(before[1], signal.SIGKILL)
    job_id = enqueue("steps")

    wait_until(lambda: state_of(job_id) is JobState.DONE)

    assert lanes_below(worker) != before


@on_both_queues
def test_mail_delivered_by_a_worker_that_dies_at_once_is_seen_as_one(worker_app, start_worker):
    with transaction():
        mail_id = queue_mail("hello", "anh@example.com", language="vi").id
    start_worker()

    def is_sent() -> bool:
        with reading():
            return db.session.get_one(OutgoingMail, mail_id).state is MailState.SENT

    wait_until((Path(os.environ["DATA_DIR"]) / "died").exists)
    end_leases()
    wait_until(is_sent)
    assert notes() == [f"delivered <{mail_id}@gap-go>"] * 2
    assert len(list((Path(os.environ["DATA_DIR"]) / "mail").glob("*.eml"))) == 1


def test_long_work_without_progress_is_not_given_to_a_second_worker(worker_app, start_worker):
    job_id = enqueue("silent")
    start_worker()
    start_worker()

    wait_until(lambda: state_of(job_id) is JobState.DONE)

    assert notes() == ["silent"]


def test_worker_ends_cleanly_when_told_to(worker_app, start_worker):
    worker = start_worker()
    wait_until(lambda: len(lanes_below(worker)) == 2)
    lanes = lanes_below(worker)

    worker.terminate()

    assert worker.wait(PATIENCE) == 0
    assert are_gone(lanes)


def test_lanes_end_when_their_supervisor_is_killed(worker_app, start_worker):
    worker = start_worker()
    wait_until(lambda: len(lanes_below(worker)) == 2)
    lanes = lanes_below(worker)

    worker.kill()
    worker.wait()

    wait_until(lambda: are_gone(lanes))
