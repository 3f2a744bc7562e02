"""A database for one measurement, and what is in it."""

import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from bench.speed.bare import TABLE
from matchmaking.app import create_app
from matchmaking.checkin.handles import handle_of
from matchmaking.cli.demo.load import load_everything
from matchmaking.config import Config
from matchmaking.core import clock
from matchmaking.core.database import db, transaction
from matchmaking.core.outbox import queue_mail
from matchmaking.events.models import Event, TokenScope
from matchmaking.events.services.tokens import create_token
from matchmaking.registration.models import Registration
from matchmaking.registration.tokens import badge_token
from tests.checkin.scanning import event_today
from tests.factories import make_registration, make_ticket_type

NAME = "gap_go_speed"
SECRET = "measuring the speed of it, 0123456789"
SHOWN = "gap-go-thanh-hoa-han-quoc"
"""The event of the demo whose page is read and at which people register."""
CROWD = 2_000
READER = "reader@example.com"
FAMILY, MIDDLE, GIVEN = (
    ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng"),
    ("Thị", "Văn", "Minh", "Hồng", "Quang"),
    ("Ánh", "Bình", "Cường", "Dung", "Hạnh", "Khôi", "Linh", "Nam", "Oanh", "Phương", "Sơn"),
)


@dataclass(frozen=True)
class Stage:
    """Where everything is, and who may do what there."""

    url: str
    folder: Path
    crowded: str
    organizer_token: str
    gate_token: str
    badges: list[str] = field(repr=False)
    handles: list[str] = field(repr=False)
    """What a phone without a network keeps of each badge."""

    @property
    def settings(self) -> dict[str, str]:
        """Of the servers; attempts are counted but one address may try as often as it likes.

        Their code is compiled: see `_compile`.
        """
        return {
            **os.environ,
            "DATABASE_URL": self.url,
            "DATA_DIR": str(self.folder),
            "SECRET_KEY": SECRET,
            "WEB_PROCESSES": "2",
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(self.folder / "compiled"),
        }

    def write_letters(self, name: str, count: int) -> None:
        """Queue so many letters of this name to one delegate and hand them to the worker, as a web process does."""
        app = create_app(Config(secret_key=SECRET, database_url=self.url, data_dir=self.folder))
        with app.app_context(), transaction():
            person = db.session.scalars(
                sa.select(Registration).where(Registration.source == "api").limit(1)
            ).one()
            person.new_email = READER
            for _ in range(count):
                queue_mail(
                    name,
                    READER,
                    language="vi",
                    event_id=person.event_id,
                    registration=str(person.id),
                )

    def leave_work_undone(self) -> None:
        """Nobody waits for what is queued by now."""
        engine = sa.create_engine(self.url)
        with engine.begin() as connection:
            connection.execute(sa.text("UPDATE jobs SET state = 'done' WHERE state = 'queued'"))
        engine.dispose()


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    server = sa.create_engine(os.environ["DATABASE_URL"], isolation_level="AUTOCOMMIT")
    url = server.url.set(database=NAME).render_as_string(hide_password=False)
    drop = sa.text(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
    with server.connect() as connection:
        connection.execute(drop)
        connection.execute(sa.text(f"CREATE DATABASE {NAME}"))
        try:
            made = _filled(url, folder)
            _compile(made)
            yield made
        finally:
            connection.execute(drop)
    server.dispose()


def _compile(stage: Stage) -> None:
    """All code, as it is delivered (`deploy/Containerfile`).

    Else a web process would compile what it loads late, which takes twelve megabytes for XlsxWriter.
    """
    parts = [sys.executable, "-m", "compileall", "-q", "matchmaking", sysconfig.get_path("purelib")]
    subprocess.run(parts, check=True, env=stage.settings, stdout=subprocess.DEVNULL)


def _filled(url: str, folder: Path) -> Stage:
    app = create_app(Config(secret_key=SECRET, database_url=url, data_dir=folder))
    with app.app_context(), transaction():
        db.session.execute(sa.text(TABLE))
        db.create_all()
        load_everything()
        crowded = event_today(slug="hai-nghin")
        kind = make_ticket_type(crowded)
        people = [make_registration(ticket_type=kind, **_person(n)) for n in range(CROWD)]
        shown = db.session.scalars(sa.select(Event).where(Event.slug == SHOWN)).one()
        shown.registration_closes_at = clock.now() + timedelta(days=1)
        _, organizer = create_token(shown, scope=TokenScope.ORGANIZER, name="speed")
        _, gate = create_token(crowded, scope=TokenScope.CHECK_IN, name="speed")
        badges = [person.badges[0] for person in people]
        made = Stage(
            url,
            folder,
            crowded.slug,
            organizer,
            gate,
            [badge_token(badge) for badge in badges],
            [handle_of(crowded.id, badge.code) for badge in badges],
        )
    with app.app_context():
        db.session.execute(sa.text("ANALYZE"))
        db.engine.dispose()
    return made


def _person(number: int) -> dict[str, str]:
    names = (part[number // step % len(part)] for part, step in _PARTS)
    return {
        "full_name": " ".join(names),
        "organization": f"Công ty Cổ phần Cơ khí Đông Sơn {number % 400}",
        "job_title": "Phó Tổng Giám đốc",
        "phone": f"+8490{number:07}",
    }


_PARTS = ((FAMILY, 1), (MIDDLE, 7), (GIVEN, 35))
