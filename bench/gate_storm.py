"""200 phones are online while 200 others come back within a minute, each with 150 scans.

    DATABASE_URL=postgresql+psycopg://postgres@127.0.0.1:5432/empty python -m bench.gate_storm

gunicorn with two workers on PostgreSQL; the tables of the database are made anew. The CPU is
that of the workers; beside it, in the same run, a bare Flask handler that does one INSERT and
COMMIT. `--devices`, `--queued` and `--seconds` make it smaller.
"""

import argparse
import os
import threading
import time
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import create_engine, text

from bench.check_in_cost import PORT, SCANS, cost, cpu_ms, send_all, served
from bench.gates import ENVIRONMENT, Caller, Crowd, empty_app, make_crowd, offline_scans, percentile

WARM_UPS, PAUSE = 8, 20
"""Scans before the measurement; seconds between two scans at a gate that is online."""


class Storm:
    """What the phones meet: milliseconds of each answer, and how many scans were acknowledged."""

    def __init__(self, crowd: Crowd, asked: argparse.Namespace) -> None:
        self.crowd, self.asked = crowd, asked
        self.live: list[float] = []
        self.batches: list[float] = []
        self.acknowledged = 0
        self.lock = threading.Lock()
        self.began = time.monotonic()

    def come_back(self, number: int) -> None:
        """A phone that waited: one upload, sent again until it is answered."""
        time.sleep(number * self.asked.seconds / self.asked.devices)
        queued = self.asked.queued
        mine = self.crowd.handles[number * queued :][:queued]
        body = {"scans": offline_scans(mine)}
        caller = Caller(PORT, self.crowd.slug, self.crowd.tokens[number])
        took, told = answered(partial(caller.send, "/batch", body))
        with self.lock:
            self.batches.append(took)
            self.acknowledged += sum(one["result"] is not None for one in told["results"])

    def stay_online(self, number: int) -> None:
        """A phone with a network scans every `PAUSE` seconds for as long as the storm is to last."""
        time.sleep(PAUSE * number / self.asked.devices)
        while time.monotonic() - self.began < self.asked.seconds:
            handle = self.crowd.handles[-1 - (number + len(self.live)) % 1000]
            scan = {"scan_id": str(uuid.uuid4()), "handle": handle, "gate": "B"}
            # The server has closed what was silent for so long: a browser connects anew.
            caller = Caller(PORT, self.crowd.slug, self.crowd.tokens[-1 - number])
            took, _told = answered(partial(caller.send, "", scan))
            with self.lock:
                self.live.append(took)
                self.acknowledged += 1
            time.sleep(PAUSE)


def answered(send: Callable[[], dict[str, Any]]) -> tuple[float, dict[str, Any]]:
    """Milliseconds until there was an answer, however often it had to be sent, and the answer."""
    began = time.monotonic()
    while True:
        try:
            told = send()
        except OSError:
            time.sleep(0.5)
        else:
            return (time.monotonic() - began) * 1000, told


def warm_up(crowd: Crowd) -> None:
    """Both workers know the badges, as those of a day's work do."""
    callers = [Caller(PORT, crowd.slug, crowd.tokens[0]) for _ in range(WARM_UPS)]
    for caller in callers:
        answered(partial(caller.send, "/batch", {"scans": offline_scans(["0" * 24])}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--devices", type=int, default=200)
    parser.add_argument("--queued", type=int, default=150)
    parser.add_argument("--seconds", type=int, default=60)
    asked = parser.parse_args()
    os.environ |= ENVIRONMENT
    crowd = make_crowd(
        empty_app(), people=asked.devices * asked.queued + 1000, devices=2 * asked.devices
    )
    engine = create_engine(os.environ["DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE bare (id uuid PRIMARY KEY, content text)"))
    with served("bench.check_in_cost:bare()") as pids:
        send_all([b"{}"] * 50, "/scans", "")
        least = cost(pids, partial(send_all, [b"{}"] * SCANS, "/scans", ""), SCANS)
    with served("wsgi:app") as pids:
        warm_up(crowd)
        storm, before = Storm(crowd, asked), cpu_ms(pids)
        numbers = range(asked.devices)
        threads = [threading.Thread(target=storm.come_back, args=(n,)) for n in numbers]
        threads += [threading.Thread(target=storm.stay_online, args=(n,)) for n in numbers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        seconds, spent = time.monotonic() - storm.began, cpu_ms(pids) - before
    with engine.connect() as connection:
        kept = connection.scalar(text("SELECT count(*) FROM scans")) - WARM_UPS
    engine.dispose()
    print(f"scans acknowledged | {storm.acknowledged:,} in {seconds:.0f} s")
    print(f"scans kept | {kept:,}")
    print(f"CPU of a scan | {spent / storm.acknowledged:.2f} ms; bare handler {least:.2f} ms")
    for name, times in (("an upload", storm.batches), ("a live scan", storm.live)):
        told = ", ".join(f"p{share} {percentile(times, share / 100):.0f}" for share in (50, 99))
        print(f"answer to {name} | {told}, most {max(times):.0f} ms ({len(times)})")


if __name__ == "__main__":
    main()
