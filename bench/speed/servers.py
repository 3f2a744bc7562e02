"""Servers that are measured: what they have computed so far, and what they hold."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from bench.speed.stage import Stage
from tests.journeys.server import free_port

TICKS = os.sysconf("SC_CLK_TCK")
LONGEST_START = 120


@dataclass(frozen=True)
class Cost:
    """CPU milliseconds, of our processes and of the database's for us."""

    ours: float
    database: float

    @property
    def together(self) -> float:
        return self.ours + self.database

    def __sub__(self, other: "Cost") -> "Cost":
        return Cost(self.ours - other.ours, self.database - other.database)

    def __truediv__(self, count: int) -> "Cost":
        return Cost(self.ours / count, self.database / count)

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.ours + other.ours, self.database + other.database)


@dataclass(frozen=True)
class Server:
    """A process and all it started. `port` is 0 where it does not listen.

    `mark` is the name under which its connections to the database go.
    """

    pid: int
    port: int
    mark: str
    database: sa.Engine
    backends: dict[int, float] = field(default_factory=dict)

    @property
    def workers(self) -> list[int]:
        return descendants(self.pid)

    def cost(self) -> Cost:
        """So far. Of connections to the database that have ended, what was last seen."""
        query = sa.text("SELECT pid FROM pg_stat_activity WHERE application_name = :mark")
        with self.database.connect() as connection:
            backends = list(connection.scalars(query, {"mark": self.mark}))
        self.backends.update({pid: cpu_ms([pid]) for pid in backends})
        return Cost(cpu_ms([self.pid, *self.workers]), sum(self.backends.values()))

    def memory(self) -> tuple[float, float]:
        """(RSS, PSS) of the largest web process, in MB."""
        return max(memory_mb(pid) for pid in self.workers)


def descendants(pid: int) -> list[int]:
    try:
        told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except FileNotFoundError:
        return []
    own = [int(child) for child in told.split()]
    return own + [below for child in own for below in descendants(child)]


def cpu_ms(pids: Iterable[int]) -> float:
    """Of these processes, and of those they started that have ended."""
    total = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(map(int, fields[11:15]))
    return total * 1000 / TICKS


def memory_mb(pid: int) -> tuple[float, float]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    found = {line.partition(":")[0]: line.split()[1] for line in lines[1:]}
    return int(found["Rss"]) / 1024, int(found["Pss"]) / 1024


@contextmanager
def served(stage: Stage, application: str = "wsgi:app", **settings: str) -> Iterator[Server]:
    """gunicorn as gunicorn.conf.py says, without the background worker."""
    port = free_port()
    command = ["gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    more = {"BACKGROUND_WORKER": "0", "PORT": str(port), **settings}
    with _started(stage, command, port, more) as server:
        _await_answer(server)
        yield server


@contextmanager
def working(stage: Stage) -> Iterator[Server]:
    """The background worker alone."""
    with _started(stage, ["flask", "worker"], 0, {}) as server:
        time.sleep(LOADED_SECONDS)
        yield server


LOADED_SECONDS = 12


@contextmanager
def _started(
    stage: Stage, command: list[str], port: int, settings: dict[str, str]
) -> Iterator[Server]:
    log, mark = stage.folder / "server.log", f"speed {uuid.uuid4().hex}"
    observer = sa.create_engine(sa.make_url(stage.url).set(database="postgres"))
    with log.open("ab") as lines:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            env={**stage.settings, **settings, "PGAPPNAME": mark},
            stdout=lines,
            stderr=lines,
        )
    try:
        yield Server(process.pid, port, mark, observer)
    finally:
        process.terminate()
        process.wait()
        observer.dispose()


def _await_answer(server: Server, path: str = "/healthz") -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{server.port}{path}", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError("the server does not answer")


def cold_start(stage: Stage, path: str) -> tuple[float, float]:
    """Seconds until the first page was answered, and seconds of CPU for it; one process."""
    started = time.monotonic()
    port = free_port()
    command = ["gunicorn", "--bind", f"127.0.0.1:{port}"]
    settings = {"BACKGROUND_WORKER": "0", "WEB_PROCESSES": "1"}
    with _started(stage, command, port, settings) as server:
        _await_answer(server, path)
        return time.monotonic() - started, cpu_ms([server.pid, *server.workers]) / 1000
