import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.cluster import Cluster
from tests.faults.postman import MailServer
from tests.faults.serving import Served


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.close()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Starts the servers: `serve(SMTP_URL=...)`."""
    started: list[Served] = []

    def start(**settings: str) -> Served:
        started.append(Served(tmp_path / "served", **settings))
        started[-1].start()
        return started[-1]

    yield start
    for served in started:
        served.stop()


@pytest.fixture
def cluster() -> Iterator[Cluster | None]:
    """A PostgreSQL server to be killed, where the tests run on PostgreSQL."""
    if not os.environ.get("DATABASE_URL"):
        yield None
        return
    cluster = Cluster()
    cluster.start()
    yield cluster
    cluster.remove()
