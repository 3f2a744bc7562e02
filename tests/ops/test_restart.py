"""A real server, restarted while requests arrive."""

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.serving import children, is_there
from tests.journeys.server import free_port
from tests.ops.installation import Installation, wait_until

PORT = free_port()

PATIENCE = 120


def below(pid: int) -> set[int]:
    return set(children(pid))


def ask(connection: http.client.HTTPConnection, path: str = "/healthz") -> tuple[int, str]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


def fresh() -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", PORT, timeout=PATIENCE)


def answers() -> bool:
    try:
        with closing(fresh()) as connection:
            return ask(connection)[0] == 200
    except OSError:
        return False


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    installation = Installation(tmp_path / "served").with_tables()
    settings = {
        "DATA_DIR": str(installation.config.data_dir),
        "DATABASE_URL": installation.config.database_url,
        "SECRET_KEY": installation.config.secret_key,
        "BADGE_KEY": installation.config.badge_key,
        "WEB_PROCESSES": "2",
        "WEB_THREADS": "8",
        "PORT": str(PORT),
    }
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn"],
            env={**os.environ, **settings},
            stdout=subprocess.DEVNULL,
            stderr=log,
            text=True,
        )
    wait_until(answers)
    yield process
    if process.poll() is None:
        process.terminate()
        process.wait(PATIENCE)
    installation.stop()


class Load:
    """Clients that ask one request after the other until told to stop; what went wrong."""

    def __init__(self) -> None:
        self.over = threading.Event()
        self.answered = 0
        self.faults: list[str] = []
        self.clients = [
            threading.Thread(target=self._ask, args=(path,)) for path in ("/", "/robots.txt") * 2
        ]
        for client in self.clients:
            client.start()

    def _ask(self, path: str) -> None:
        while not self.over.wait(0.03):
            try:
                with closing(fresh()) as connection:
                    status, _ = ask(connection, path)
            except (OSError, http.client.HTTPException) as fault:
                self.faults.append(repr(fault))
            else:
                self.answered += 1
                if status != 200:
                    self.faults.append(f"{status} {path}")

    def stop(self) -> None:
        self.over.set()
        for client in self.clients:
            client.join()


def reload(server: subprocess.Popen[str], load: Load) -> None:
    """Return when every process is another one and answers."""
    before, seen = below(server.pid), load.answered
    server.send_signal(signal.SIGHUP)
    wait_until(lambda: len(below(server.pid)) == 3 and not before & below(server.pid))
    wait_until(lambda: load.answered > seen + 20)


def test_reload_replaces_every_process_and_fails_no_request(server, tmp_path):
    wait_until(lambda: len(below(server.pid)) == 3)  # two of the web, one of background work
    load = Load()
    for _ in range(2):
        reload(server, load)
    load.stop()

    assert load.faults == []
    with closing(fresh()) as connection:
        status, figures = ask(connection, "/metrics")
    counted = re.findall(
        r'http_requests_total\{endpoint="events.home",.*status="200"\} (\S+)', figures
    )
    robots = re.findall(
        r'http_requests_total\{endpoint="events.robots",.*status="200"\} (\S+)', figures
    )
    assert (status, float(counted[0]) + float(robots[0])) == (200, load.answered)

    processes = below(server.pid) | {
        grandchild for child in below(server.pid) for grandchild in below(child)
    }
    server.terminate()
    assert server.wait(PATIENCE) == 0
    wait_until(lambda: not any(is_there(pid) for pid in processes))
    log = (tmp_path / "log").read_text().splitlines()
    assert [line for line in log if not line.startswith("{")] == []
