"""A PostgreSQL server of a test's own, which it may kill."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg

from tests.faults.serving import children, is_there, kill_if_there
from tests.journeys.server import free_port
from tests.ops.installation import wait_until

SETTINGS = ("listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=16MB")


class Cluster:
    """Runs as the user `postgres` where the tests run as root, for it refuses to run as root."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="gap-go-cluster-"))
        self.port = free_port()
        self.url = f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"
        self._user = "postgres" if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(self.folder, self._user)
        options = ["-D", self.folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        command = [program("initdb"), *options, "--no-sync", "--locale=C.UTF-8"]
        subprocess.run(command, user=self._user, cwd="/", check=True, stdout=subprocess.DEVNULL)

    def start(self) -> None:
        settings = [part for setting in SETTINGS for part in ("-c", setting)]
        command = [program("postgres"), "-D", self.folder / "data", "-p", str(self.port)]
        with (self.folder / "log").open("a") as log:
            self.server = subprocess.Popen(
                [*command, *settings], user=self._user, cwd="/", stderr=log
            )
        wait_until(self._answers)

    def kill(self) -> None:
        processes = [self.server.pid, *children(self.server.pid)]
        for pid in processes:
            kill_if_there(pid)
        self.server.wait()
        wait_until(lambda: not any(is_there(pid) for pid in processes))

    def remove(self) -> None:
        if self.server.poll() is None:
            self.kill()
        shutil.rmtree(self.folder)

    def _answers(self) -> bool:
        try:
            with psycopg.connect(self.url.replace("+psycopg", ""), connect_timeout=60):
                return True
        except psycopg.OperationalError:
            return False


def program(name: str) -> str:
    """The newest of this name; Debian keeps each version in a folder of its own."""
    places = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4])
    )
    return str(places[-1]) if places else str(shutil.which(name))
