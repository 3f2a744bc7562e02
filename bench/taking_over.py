"""How long taking a delegates' list over holds up those who register meanwhile, on SQLite.

    python -m bench.taking_over

An organizer takes 2,000 rows over by the screen while somebody registers again and again in
another thread; prints how long the database was held for writing, and the longest registration.
"""

import threading
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa

from matchmaking.app import create_app
from matchmaking.config import Config
from matchmaking.core import clock, files
from matchmaking.core.database import db, read_only, transaction
from matchmaking.events.models import Event
from matchmaking.registration import services
from matchmaking.registration.models import Registration, TicketType
from matchmaking.registration.views import lists
from tests.checkin.scanning import event_today
from tests.factories import make_ticket_type

ROWS = 2_000
HEADS = "Full name,E-mail,Organization,Job title,Phone\n"
ROW = "Nguyễn Thị Ánh {0},anh{0}@example.com,Công ty Đông Sơn {0},Phó Giám đốc,+8490{0:07}\n"


class Held:
    """The longest time anybody in this thread was the one who may write."""

    def __init__(self) -> None:
        self.since = self.longest = 0.0
        self.thread = threading.get_ident()
        engine = db.engine
        sa.event.listen(engine, "begin", self.begin)
        sa.event.listen(engine, "commit", self.end)
        sa.event.listen(engine, "rollback", self.end)

    def begin(self, _connection) -> None:
        if threading.get_ident() == self.thread and not read_only.get():
            self.since = time.monotonic()

    def end(self, _connection) -> None:
        if threading.get_ident() == self.thread and self.since:
            self.longest = max(self.longest, time.monotonic() - self.since)
            self.since = 0.0


@contextmanager
def somebody_registering(app, event_id, kind_id):
    """Yields the seconds each registration took."""
    took, is_over = [], threading.Event()

    def register() -> None:
        with app.test_request_context():
            while not is_over.is_set():
                started = time.monotonic()
                with transaction():
                    wanted = services.RegistrationInput(
                        full_name="Trần Văn Bình",
                        ticket_type=db.session.get_one(TicketType, kind_id),
                        email=f"binh{len(took)}@example.org",
                    )
                    event = db.session.get_one(Event, event_id)
                    services.register(event, wanted, by_organizer=True)
                took.append(time.monotonic() - started)
                time.sleep(0.02)

    thread = threading.Thread(target=register)
    thread.start()
    try:
        yield took
    finally:
        is_over.set()
        thread.join()


def main() -> None:
    with TemporaryDirectory() as folder:
        config = Config(secret_key="s" * 40, database_url="", data_dir=Path(folder))
        app = create_app(config)
        with app.test_request_context(), transaction():
            db.create_all()
            event = event_today(slug="danh-sach")
            kind = make_ticket_type(event)
            content = HEADS + "".join(ROW.format(number) for number in range(ROWS))
            kept = files.store(
                content.encode(), name="list", content_type="text/csv", event_id=event.id,
                expires_at=clock.now(),
            )  # fmt: skip
            ids = event.id, kind.id, kept.id
        with app.test_request_context(), somebody_registering(app, *ids[:2]) as took:
            while len(took) < 10:
                time.sleep(0.1)
            held, started = Held(), time.monotonic()
            stored = db.session.get_one(files.StoredFile, ids[2])
            event = db.session.get_one(Event, ids[0])
            lists._take_over(event, stored, by_mail=True)
            db.session.rollback()
            seconds = time.monotonic() - started
        with app.app_context():
            imported = sa.select(sa.func.count()).where(Registration.source == "import")
            print(f"rows taken over: {db.session.scalar(imported)} in {seconds:.2f} s")
            db.engine.dispose()
    print(f"held for writing: {held.longest:.2f} s; longest registration: {max(took):.2f} s")


if __name__ == "__main__":
    main()
