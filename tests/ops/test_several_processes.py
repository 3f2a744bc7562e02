"""What one process of the web knows, the others know: sessions, attempts, answers given."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.faults.browser import Browser
from tests.faults.load import person, send
from tests.faults.serving import EMAIL, PASSWORD, Served
from tests.ops.installation import wait_until
from tests.ops.test_worker import own_redis


@pytest.fixture
def served(tmp_path) -> Iterator[Served]:
    settings = {
        "WEB_PROCESSES": "2",
        "BACKGROUND_WORKER": "0",
        "REDIS_URL": own_redis(),
        "GUNICORN_CMD_ARGS": "--timeout 600",  # whoever is made to sleep is not replaced meanwhile
    }
    served = Served(tmp_path / "served", **settings)
    served.start()
    wait_until(lambda: len(served.processes["web"]) == 2)
    yield served
    served.stop()


@contextmanager
def only(served: Served, number: int) -> Iterator[None]:
    """One process answers and the other is asleep."""
    asleep = served.processes["web"][1 - number]
    os.kill(asleep, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(asleep, signal.SIGCONT)


def test_session_of_one_process_is_known_to_the_other_and_ended_for_both(served):
    browser = Browser(served)
    with only(served, 0):
        assert browser.post("/sign-in", email=EMAIL, password=PASSWORD) == 303
        assert browser.send("GET", "/account")[0] == 200
    with only(served, 1):
        assert browser.send("GET", "/account")[0] == 200
        kept = browser.cookies["gapgo"].value
        assert browser.post("/sign-out") == 303
    browser.cookies["gapgo"] = kept
    with only(served, 0):
        assert browser.send("GET", "/account")[0] == 303


def test_attempts_and_answers_are_counted_over_both_processes(served):
    browser = Browser(served)
    for number in (0, 1):
        with only(served, number):
            tries = [browser.post("/sign-in", email=EMAIL, password="wrong") for _ in range(5)]
            assert tries == [422] * 5
            status, headers, _content = send(served, "registrations", person("a@e.vn"), "1")
            assert (status, headers.get("Idempotency-Replayed")) == (
                201,
                "true" if number else None,
            )
    with only(served, 0):
        assert browser.post("/sign-in", email=EMAIL, password=PASSWORD) == 429
