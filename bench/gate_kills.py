"""Phones scan while web workers and the database are killed: is every acknowledged scan there once?

    python -m bench.gate_kills [SECONDS]

A PostgreSQL of its own in a directory under /tmp (as user postgres where root runs this), gunicorn
with two workers. Every few seconds, in turn, a worker and the whole database get signal 9, and the
database is started again. Phones send what was not answered again, as ours do.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from bench.check_in_cost import PORT, served
from bench.gates import ENVIRONMENT, Caller, empty_app, make_crowd, offline_scans
from matchmaking.checkin.models import Scan
from matchmaking.core.database import db
from matchmaking.events.models import Event
from tests.checkin.uploading import assert_in_step

DATABASE_PORT, PHONES, AT_ONCE = 28437, 6, 10
EVERY = 4
"""Seconds between two kills."""
IS_ROOT = os.geteuid() == 0
"""PostgreSQL does not run as root."""


class Database:
    """PostgreSQL with its data in a directory that is removed at the end."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="gate-kills-", dir="/tmp"))
        if IS_ROOT:
            shutil.chown(self.folder, "postgres", "postgres")
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        self.programs = programs[-1] if programs else Path(shutil.which("initdb") or "/").parent
        self.run("initdb", "-D", str(self.folder / "data"), "-U", "postgres", "-A", "trust")

    @property
    def pid_file(self) -> Path:
        return self.folder / "data" / "postmaster.pid"

    def run(self, program: str, *arguments: str) -> None:
        user = ["runuser", "-u", "postgres", "--"] if IS_ROOT else []
        command = [*user, str(self.programs / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/tmp")  # noqa: S108

    def start(self) -> None:
        options = f"-p {DATABASE_PORT} -k {self.folder} -h 127.0.0.1"
        data, log = str(self.folder / "data"), str(self.folder / "log")
        self.run("pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "-t", "120", "start")

    def kill(self) -> None:
        """The postmaster, and every process of its own that is left."""
        if not self.pid_file.exists():
            return
        postmaster = int(self.pid_file.read_text().split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for process in (postmaster, *map(int, children)):
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                continue
        while Path(f"/proc/{postmaster}").exists():
            time.sleep(0.05)
        self.pid_file.unlink(missing_ok=True)

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class Phone(threading.Thread):
    """Scans without end; sends each upload again until it is answered."""

    def __init__(self, slug: str, token: str, handles: list[str], over: threading.Event) -> None:
        super().__init__()
        self.caller, self.handles, self.over = Caller(PORT, slug, token), handles, over
        self.acknowledged: list[str] = []
        self.unanswered = 0

    def run(self) -> None:
        while self.handles and not self.over.is_set():
            part = [self.handles.pop() for _ in range(min(AT_ONCE, len(self.handles)))]
            self._bring(offline_scans(part, minutes_ago=0.1))

    def _bring(self, scans: list[dict[str, object]]) -> None:
        while True:
            try:
                told = self.caller.send("/batch", {"scans": scans})["results"]
            except OSError:
                self.unanswered += 1
                time.sleep(0.3)
                continue
            self.acknowledged += [one["scan_id"] for one in told if one["result"]]
            return


def main() -> None:
    seconds = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    database = Database()
    database.start()
    os.environ["DATABASE_URL"] = f"postgresql+psycopg://postgres@127.0.0.1:{DATABASE_PORT}/postgres"
    try:
        measure(database, seconds)
    finally:
        database.remove()


def measure(database: Database, seconds: int) -> None:
    os.environ |= ENVIRONMENT
    app = empty_app()
    crowd = make_crowd(app, people=20_000, devices=PHONES)
    over, kills = threading.Event(), {"worker": 0, "database": 0}
    phones = [
        Phone(crowd.slug, token, crowd.handles[number::PHONES], over)
        for number, token in enumerate(crowd.tokens)
    ]
    with served("wsgi:app") as pids:
        master = int(Path(f"/proc/{pids[0]}/stat").read_text().split()[3])
        for phone in phones:
            phone.start()
        for turn in range(seconds // EVERY):
            time.sleep(EVERY)
            if turn % 2:
                workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
                os.kill(int(workers[0]), signal.SIGKILL)
                kills["worker"] += 1
            else:
                database.kill()
                database.start()
                kills["database"] += 1
        over.set()
        for phone in phones:
            phone.join()
    report(app, phones, kills)


def report(app: Flask, phones: list[Phone], kills: dict[str, int]) -> None:
    acknowledged = [scan for phone in phones for scan in phone.acknowledged]
    with app.app_context():
        db.engine.dispose()
        kept = {str(one) for one in db.session.scalars(select(Scan.id))}
        rows = db.session.scalar(select(func.count()).select_from(Scan))
        assert_in_step(db.session.scalars(select(Event)).one())
    print(f"killed | workers {kills['worker']}, databases {kills['database']}")
    print(f"requests without an answer | {sum(phone.unanswered for phone in phones)}")
    print(f"scans acknowledged | {len(acknowledged):,}, different ones {len(set(acknowledged)):,}")
    print(f"scans kept | {rows:,}; acknowledged but lost {len(set(acknowledged) - kept)}")
    print("verdicts and presences | as counted again from the scans")


if __name__ == "__main__":
    main()
