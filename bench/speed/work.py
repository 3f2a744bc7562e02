"""What is measured: each kind of work as its visitors do it."""

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bench.speed.bare import PATH
from bench.speed.servers import Cost, Server
from bench.speed.stage import SHOWN, Stage
from bench.speed.visitors import Visitor, program, together
from matchmaking.cli.demo.accounts import PASSWORD
from matchmaking.core import clock

REGISTER = f"/events/{SHOWN}/register"
ORGANIZER = "admin@example.com"
UPLOADED = 100


@dataclass(frozen=True)
class Work:
    """One kind: its tasks, what a visitor does for each, and what visitor that is."""

    tasks: Sequence[object]
    act: Callable[[Visitor, object], object]
    make: Callable[[int], Visitor] = Visitor


TURNS = 5
INSERTS = 40


@dataclass(frozen=True)
class Measured:
    """What one task cost, and a bare INSERT in between; how many were done a second by so many clients."""

    each: Cost
    bare: Cost
    a_second: dict[int, float]


def alone(bare: Server, clients: Sequence[int]) -> Measured:
    """The bare handler itself, many times over."""
    before, rates = bare.cost(), {}
    for count in clients:
        started = time.monotonic()
        for _ in range(2 * TURNS):
            insert(bare, count)
        rates[count] = 2 * TURNS * INSERTS / (time.monotonic() - started)
    each = (bare.cost() - before) / (2 * TURNS * INSERTS * len(clients))
    return Measured(each, each, rates)


def measured(
    server: Server, bare: Server, work: Work, *, clients: Sequence[int] = (4,), warm: int = 30
) -> Measured:
    """The tasks are shared out among the rounds; the first few only warm the server up.

    The bare handler is asked in turns with the server: whatever else the machine does meets both.
    """
    together(work.tasks[:warm], 4, act=work.act, make=lambda: work.make(server.port))
    left = work.tasks[warm:]
    before, bare_before, rates = server.cost(), bare.cost(), {}
    for number, count in enumerate(clients):
        part, seconds = left[number :: len(clients)], 0.0
        for turn in range(TURNS):
            insert(bare, count)
            tasks = part[turn::TURNS]
            seconds += together(tasks, count, act=work.act, make=lambda: work.make(server.port))
        rates[count] = len(part) / seconds
    each = (server.cost() - before) / len(left)
    return Measured(each, (bare.cost() - bare_before) / (INSERTS * TURNS * len(clients)), rates)


def insert(bare: Server, clients: int = 4) -> None:
    """One turn of the bare handler."""
    together(
        range(INSERTS),
        clients,
        act=lambda visitor, _: visitor.send(PATH, {}),
        make=lambda: Visitor(bare.port),
    )


def pages(path: str, count: int) -> Work:
    return Work(range(count), lambda visitor, _: visitor.get(path))


def registrations(stage: Stage, count: int) -> Work:
    def register(visitor: Visitor, number: object) -> object:
        person = {
            "full_name": f"Nguyễn Thị Ánh {number}",
            "email": f"{uuid.uuid4().hex}@example.com",
            "organization": "Công ty Cổ phần Cơ khí Đông Sơn",
            "phone": "+84901234567",
            "ticket_type": "guest",
            "consents": ["processing"],
        }
        return visitor.send(f"/api/v1/events/{SHOWN}/registrations", person)

    return Work(range(count), register, lambda port: program(port, stage.organizer_token))


def check_ins(stage: Stage, count: int) -> Work:
    def admit(visitor: Visitor, badge: object) -> object:
        scan = {"scan_id": str(uuid.uuid4()), "token": badge, "gate": "A"}
        return visitor.send(f"/api/v1/events/{stage.crowded}/check-ins", scan)

    return Work(stage.badges[:count], admit, lambda port: program(port, stage.gate_token))


def uploads(stage: Stage, count: int) -> Work:
    """So many phones that bring 100 scans each; of other delegates than those of `check_ins`."""
    made_at = (clock.exact() - timedelta(minutes=5)).isoformat()
    last = len(stage.handles) - UPLOADED * count
    parts = [stage.handles[last:][n * UPLOADED :][:UPLOADED] for n in range(count)]

    def bring(visitor: Visitor, handles: Sequence[str]) -> object:
        scans = [
            {"scan_id": str(uuid.uuid4()), "handle": one, "gate": "A", "scanned_at": made_at}
            for one in handles
        ]
        return visitor.send(f"/api/v1/events/{stage.crowded}/check-ins/batch", {"scans": scans})

    return Work(parts, bring, lambda port: program(port, stage.gate_token))


def delegates(count: int) -> Work:
    return Work(range(count), lambda visitor, number: walk(Visitor(visitor.port), number))


def walk(visitor: Visitor, number: object) -> int:
    """One person in a browser, from the first page to the QR; how many requests it took."""
    first = visitor.get(REGISTER)
    person = {
        "full_name": "Trần Văn Bình",
        "organization": "Công ty Cổ phần Cơ khí Đông Sơn",
        "email": f"{uuid.uuid4().hex}@example.com",
        "phone": "+84901234567",
    }
    second = visitor.post(REGISTER, {**first.hidden, **person, "go": "next"})
    place = {"ticket_type": "delegate", "language": "vi", "country": "VN", "processing": "y"}
    place["attendance"] = "in_person"
    sent = visitor.post(REGISTER, {**second.hidden, **place, "go": "send"})
    own = visitor.get(sent.location)
    if b'class="pass__code" src="data:image/png' not in own.body:
        raise RuntimeError(f"delegate {number} got no badge")
    return visitor.asked


def organizer(port: int) -> Visitor:
    visitor = Visitor(port)
    form = visitor.get("/sign-in").hidden
    visitor.post("/sign-in", {**form, "email": ORGANIZER, "password": PASSWORD})
    return visitor
