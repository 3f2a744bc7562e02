"""An application for a worker process: short leases, and jobs that say when they run."""

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader

from matchmaking.app import create_app
from matchmaking.config import Config
from matchmaking.core import audit, clock, jobs
from matchmaking.core.codes import new_id
from matchmaking.core.database import db
from matchmaking.core.jobs import Job
from matchmaking.core.outbox import Letter, letter
from matchmaking.ops import carriers, running

LETTER = {
    "emails/hello.txt": "{% block subject %}Hello{% endblock %}",
    "emails/hello.html": "<p>Hello</p>",
}


def folder() -> Path:
    return Path(os.environ["DATA_DIR"])


@jobs.job("steps", is_long=True)
def steps(job: Job) -> dict[str, int]:
    """Ten steps, each reported; one line in the audit log when all is done. It can be held up."""
    note("started")
    subject = job.id
    while (folder() / "hold").exists():
        time.sleep(0.05)
    for step in range(1, 11):
        jobs.report_progress(job, done=step, total=10)
    db.session.add(
        audit.AuditEntry(
            actor_kind="system",
            actor_name="",
            action="steps.done",
            subject_type="jobs",
            subject_id=subject,
            happened_at=clock.now(),
            id=new_id(),
        )
    )
    return {"steps": 10}


@jobs.job("silent", is_long=True)
def silent(job: Job) -> None:
    """Works longer than a lease lasts and reports nothing."""
    note("silent")
    time.sleep(jobs.LEASE.total_seconds() + 2)


@letter("hello")
def hello(mail: object) -> Letter:
    return Letter("hello", {})


class DiesOnce(carriers.MailDirectory):
    """Delivers its first message and is killed before anyone hears of it."""

    def deliver(self, message, name):
        super().deliver(message, name)
        note(f"delivered {message['Message-ID']}")
        if not (folder() / "died").exists():
            (folder() / "died").touch()
            os.kill(os.getpid(), signal.SIGKILL)


def note(words: str) -> None:
    with (folder() / "notes").open("a") as file:
        file.write(f"{words}\n")


def make_app():
    """What the worker process runs."""
    jobs.LEASE = timedelta(seconds=8)
    running.RENEW_EVERY_SECONDS = 0.5
    return app_beside_it()


def app_beside_it():
    """The same application, for a test that queues jobs and looks at what became of them."""
    app = create_app(
        Config(
            secret_key="a secret of the tests alone",
            data_dir=folder(),
            database_url=os.environ.get("WORKER_DATABASE_URL", ""),
            redis_url=os.environ.get("WORKER_REDIS_URL", ""),
        )
    )
    app.jinja_env.loader = ChoiceLoader([DictLoader(LETTER), app.jinja_env.loader])
    app.extensions[carriers.EXTENSION] = DiesOnce(folder() / "mail")
    return app
