"""What a check-in costs the processor beside a bare Flask handler that does one INSERT and COMMIT.

    DATABASE_URL=postgresql+psycopg://postgres@127.0.0.1:5432/empty python -m bench.check_in_cost

Both are served by gunicorn with two workers on the same database, one after the other, twice.
CPU is user and system time of the workers; what the database itself uses is not in it. The
tables of the database are dropped first.
"""

import http.client
import json
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from flask import Flask
from flask.typing import ResponseReturnValue
from sqlalchemy import create_engine, text

from matchmaking.app import create_app
from matchmaking.checkin.handles import handle_of
from matchmaking.config import Config
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.events.models import TokenScope
from matchmaking.events.services.tokens import create_token
from matchmaking.registration.tokens import badge_token
from tests.checkin.scanning import event_today
from tests.factories import make_registration, make_ticket_type

PORT, CLIENTS, SCANS, DEVICES, QUEUED = 28431, 4, 200, 2, 100
CONFIG = {"SECRET_KEY": "measuring " * 4, "BACKGROUND_WORKER": "0", "WEB_PROCESSES": "2"}
TICKS = os.sysconf("SC_CLK_TCK")


def bare() -> Flask:
    """The measure: `gunicorn 'bench.check_in_cost:bare()'`."""
    app = Flask("bare")
    engine = create_engine(os.environ["DATABASE_URL"])

    @app.post("/scans")
    def insert() -> ResponseReturnValue:
        with engine.begin() as connection:
            row = {"id": uuid.uuid4(), "content": "x" * 100}
            connection.execute(text("INSERT INTO bare VALUES (:id, :content)"), row)
        return {"ok": True}

    return app


def prepare() -> tuple[str, str, list[str], list[str]]:
    """An event: its slug, a token, badge texts for live scans and handles for uploads."""
    app = create_app(
        Config(secret_key=CONFIG["SECRET_KEY"], database_url=os.environ["DATABASE_URL"])
    )
    with app.app_context():
        db.drop_all()
        db.session.execute(text("DROP TABLE IF EXISTS bare, alembic_version"))
        db.session.execute(text("CREATE TABLE bare (id uuid PRIMARY KEY, content text)"))
        db.create_all()
        event = event_today()
        kind = make_ticket_type(event)
        people = [make_registration(ticket_type=kind) for _ in range(4 * SCANS)]
        _, token = create_token(event, scope=TokenScope.CHECK_IN, name="bench")
        db.session.commit()
        badges = [person.badges[0] for person in people]
        texts = [badge_token(badge) for badge in badges]
        return event.slug, token, texts, [handle_of(event.id, badge.code) for badge in badges]


@contextmanager
def served(application: str) -> Iterator[list[int]]:
    """The process ids of two workers that serve it."""
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        application,
        "--bind",
        f"127.0.0.1:{PORT}",
        "--workers",
        "2",
    ]
    server = subprocess.Popen(command, env={**os.environ, **CONFIG})
    time.sleep(8)
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    try:
        yield [int(child) for child in children]
    finally:
        server.terminate()
        server.wait()


def cpu_ms(pids: Sequence[int]) -> float:
    fields = [Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split() for pid in pids]
    return sum(int(field[11]) + int(field[12]) for field in fields) * 1000 / TICKS


def answered(
    connection: http.client.HTTPConnection, path: str, body: bytes, headers: dict[str, str]
) -> http.client.HTTPResponse:
    """Once more on a new connection where the server closed the idle one."""
    try:
        connection.request("POST", path, body, headers)
        return connection.getresponse()
    except (ConnectionError, http.client.RemoteDisconnected):
        connection.close()
        connection.request("POST", path, body, headers)
        return connection.getresponse()


def send_all(bodies: Sequence[bytes], path: str, token: str) -> None:
    """From several clients at once, each over one connection."""
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}

    def client(part: Sequence[bytes]) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", PORT)
        for body in part:
            answer = answered(connection, path, body, headers)
            told = answer.read()
            if answer.status != 200:
                raise RuntimeError(told.decode())

    threads = [threading.Thread(target=client, args=(bodies[n::CLIENTS],)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def cost(pids: Sequence[int], send: Callable[[], None], count: int) -> float:
    before = cpu_ms(pids)
    send()
    return (cpu_ms(pids) - before) / count


def live(texts: Sequence[str]) -> list[bytes]:
    scans = ({"scan_id": str(uuid.uuid4()), "token": one, "gate": "A"} for one in texts)
    return [json.dumps(scan).encode() for scan in scans]


def uploads(handles: Sequence[str]) -> list[bytes]:
    made_at = (clock.exact() - timedelta(minutes=5)).isoformat()
    scans = [
        {"scan_id": str(uuid.uuid4()), "handle": one, "gate": "A", "scanned_at": made_at}
        for one in handles
    ]
    parts = [scans[n * QUEUED : (n + 1) * QUEUED] for n in range(DEVICES)]
    return [json.dumps({"scans": part}).encode() for part in parts]


def measure(slug: str, token: str, texts: Sequence[str], handles: Sequence[str]) -> list[float]:
    """CPU milliseconds: the bare handler, a live scan, a scan of an upload."""
    path = f"/api/v1/events/{slug}/check-ins"
    with served("bench.check_in_cost:bare()") as pids:
        send_all([b"{}"] * 50, "/scans", token)
        least = cost(pids, partial(send_all, [b"{}"] * SCANS, "/scans", token), SCANS)
    with served("wsgi:app") as pids:
        send_all(live(texts[:50]), path, token)
        alone = cost(pids, partial(send_all, live(texts[50:]), path, token), len(texts) - 50)
        brought = uploads(handles)
        queued = cost(pids, partial(send_all, brought, f"{path}/batch", token), DEVICES * QUEUED)
    return [least, alone, queued]


def main() -> None:
    slug, token, texts, handles = prepare()
    half = 2 * SCANS
    print("CPU ms: bare handler, live scan, scan of an upload, live : bare")
    for turn in range(2):
        mine, theirs = texts[turn * SCANS :][:SCANS], handles[half + turn * SCANS :]
        figures = measure(slug, token, mine, theirs)
        print(*(f"{figure:.2f}" for figure in figures), f"{figures[1] / figures[0]:.1f}", sep="\t")


if __name__ == "__main__":
    main()
