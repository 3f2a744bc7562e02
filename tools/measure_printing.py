"""How many badges and agendas are printed in a CPU-second. Needs no database."""

import dataclasses
import secrets
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import base45

from matchmaking.app import create_app
from matchmaking.config import Config
from matchmaking.core.bilingual import Bilingual
from matchmaking.documents.agendas import Sheet, sheets_pdf
from matchmaking.documents.badges import (
    SIZES,
    BadgeFace,
    Size,
    Stationery,
    badge_chunks,
    finished,
)
from matchmaking.documents.masthead import Masthead
from matchmaking.documents.rows import Row, days_of

EVENT = Bilingual("Gặp gỡ Thanh Hóa – Hàn Quốc 2022", "Meet Korea – Thanh Hoa 2022")
STATIONERY = Stationery(EVENT, "24–25/03/2022", "Doanh nghiệp", "Business", "", "#1f5fa8")
HEAD = Masthead(EVENT, Bilingual("24/03/2022"), Bilingual(), "#a5211b", "eed3d2", Bilingual("1"))


def faces(count: int) -> list[BadgeFace]:
    return [
        BadgeFace(
            stationery=STATIONERY,
            name=f"Nguyễn Thị Minh Khai {number}",
            honorific="",
            organization="Công ty Cổ phần Cơ khí Chính xác Đông Sơn",
            job_title="Phó Tổng Giám đốc",
            delegation="",
            country=Bilingual("Việt Nam"),
            code="K7QM2X9D",
            token=base45.b45encode(secrets.token_bytes(85)).decode(),
        )
        for number in range(count)
    ]


def sheets(count: int) -> list[Sheet]:
    row = Row(date(2022, 3, 24), "09:00", "09:20", "meeting", EVENT, table="5")
    days = days_of(dataclasses.replace(row, starts=f"{hour:02}:00") for hour in range(8, 18))
    return [Sheet("agenda", "vi", HEAD, EVENT, (), days) for _ in range(count)]


def printed(count: int, size: Size) -> bytes:
    people = faces(count)
    return finished([part for _, part in badge_chunks(people, size)], people, size)


def per_second(count: int, work: Callable[[], bytes]) -> str:
    started = time.process_time()
    size = len(work())
    rate = count / (time.process_time() - started)
    return f"{rate:6.1f} a CPU-second, {size / count / 1000:.1f} kB each"


def main() -> None:
    app = create_app(
        Config(secret_key="measuring", data_dir=Path(tempfile.mkdtemp()), testing=True)
    )
    with app.app_context():
        for name, size in SIZES.items():
            printed(5, size)
            print(f"badges {name:5}", per_second(200, partial(printed, 200, size)))
        for word, is_tagged in (("tagged", True), ("plain", False)):
            work = partial(sheets_pdf, sheets(25), is_tagged=is_tagged)
            print(f"agendas {word}", per_second(25, work))


if __name__ == "__main__":
    main()
