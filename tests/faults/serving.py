"""An installation that is served as users serve it: gunicorn, which starts the worker beside itself."""

import http.client
import os
import signal
import subprocess
import sys
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa

from matchmaking.accounts.services import change_password
from matchmaking.app import create_app
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.events.models import TokenScope
from matchmaking.events.services.tokens import create_token
from tests.factories import make_event, make_ticket_type, make_user
from tests.journeys.server import free_port
from tests.ops.installation import Installation, wait_until

SLUG = "han-quoc"
EMAIL = "hoa@example.com"
PASSWORD = "cá rô phi đi xe đạp"


class Served:
    """An event with one kind of places, a token for an organizer, and servers that can be killed."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.installation = Installation(folder, **settings)
        self.port = free_port()
        self.token = self._furnished()
        self.log = folder / "log"
        config = self.installation.config
        self._environment = {
            **os.environ,
            "DATA_DIR": str(config.data_dir),
            "DATABASE_URL": config.database_url,
            "SECRET_KEY": config.secret_key,
            "BADGE_KEY": config.badge_key,
            "PORT": str(self.port),
            "WEB_PROCESSES": "1",
            "WEB_THREADS": "8",
            **settings,
        }
        self.gunicorn: subprocess.Popen[bytes] | None = None

    def _furnished(self) -> str:
        app = create_app(replace(self.installation.config, testing=True))
        self.installation.with_tables()
        with app.app_context():
            event = make_event(slug=SLUG, starts_on=clock.now().astimezone(clock.HOME).date())
            make_ticket_type(event, code="delegate")
            _row, secret = create_token(event, scope=TokenScope.ORGANIZER, name="Chamber")
            change_password(make_user(email=EMAIL), PASSWORD)
            db.session.commit()
            db.session.remove()
            db.engine.dispose()
        return secret

    def start(self) -> None:
        with self.log.open("a") as log:
            command = [sys.executable, "-m", "gunicorn"]
            self.gunicorn = subprocess.Popen(
                command, env=self._environment, stdout=subprocess.DEVNULL, stderr=log
            )
        wait_until(self.answers)

    def answers(self) -> bool:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
                line.request("GET", "/healthz")
                return line.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False

    def waiting_mails(self) -> int:
        return len(self.installation.rows("SELECT id FROM outgoing_mails WHERE state = 'queued'"))

    def hurry(self) -> None:
        """As if the pauses between tries were over, and the leases of those who are dead."""
        with self.installation.engine.begin() as connection:
            connection.execute(
                sa.text(
                    "UPDATE jobs SET run_after = created_at, lease_until = created_at"
                    " WHERE state IN ('queued', 'running')"
                )
            )

    @property
    def processes(self) -> dict[str, list[int]]:
        """Those of the web, of the worker and of its lanes."""
        below = children(self.gunicorn.pid) if self.gunicorn else []
        workers = [pid for pid in below if "worker" in command_of(pid)]
        return {
            "web": [pid for pid in below if pid not in workers],
            "worker": workers,
            "lanes": [lane for pid in workers for lane in children(pid)],
        }

    def kill(self, kind: str) -> None:
        """Without a word of warning."""
        for pid in self.processes[kind]:
            kill_if_there(pid)

    def kill_everything(self) -> None:
        assert self.gunicorn
        running = self.processes
        self.gunicorn.kill()
        self.gunicorn.wait()
        for pid in [pid for pids in running.values() for pid in pids]:
            kill_if_there(pid)
        wait_until(lambda: not any(is_there(pid) for pids in running.values() for pid in pids))

    def stop(self) -> None:
        if self.gunicorn and self.gunicorn.poll() is None:
            self.gunicorn.terminate()
            self.gunicorn.wait(120)
        self.installation.stop()


def children(pid: int) -> list[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children")
    with suppress(OSError):
        return [int(child) for child in told.read_text().split()]
    return []


def command_of(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


def is_there(pid: int) -> bool:
    return bool(command_of(pid))


def kill_if_there(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
