"""Measure everything and print the table."""

import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import urlencode

import sqlalchemy as sa

from bench.speed import work
from bench.speed.servers import Cost, Server, cold_start, served, working
from bench.speed.stage import CROWD, SHOWN, Stage, stage
from bench.speed.work import INSERTS, TURNS, Measured, measured

ROUNDS = (1, 4, 16)
LETTERS = 50
LONGEST_WORK = 600


def measure_some(on: Stage, parts: Collection[str]) -> Iterator[str]:
    """Without start and memory: `door` what visitors and programs ask, `background` the letters."""
    with served(on, "bench.speed.bare:bare()") as bare:
        work.insert(bare)
        yield row("bare handler, one INSERT and COMMIT", work.alone(bare, ROUNDS))
        with served(on) as server:
            if "door" in parts:
                yield from at_the_door(server, bare, on)
            else:
                measured(server, bare, work.registrations(on, 20), warm=5)
        if "background" in parts:
            yield from in_the_background(on, bare)


def measure(on: Stage) -> Iterator[str]:
    with served(on, "bench.speed.bare:bare()") as bare:
        work.insert(bare)
        yield row("bare handler, one INSERT and COMMIT", work.alone(bare, ROUNDS))
        seconds, cpu = min(cold_start(on, f"/events/{SHOWN}") for _ in range(3))
        with served(on) as server:
            at_first = server.memory()
            yield from at_the_desk(server, on)
            yield from at_the_door(server, bare, on)
            at_last = server.memory()
        yield from in_the_background(on, bare)
    yield f"memory of one web process, RSS (PSS) | at first {mb(at_first)}, after all this {mb(at_last)} | |"
    yield f"cold start to the first page | {seconds:.1f} s, {cpu:.1f} s of CPU | |"


def at_the_door(server: Server, bare: Server, on: Stage) -> Iterator[str]:
    page = measured(server, bare, work.pages(f"/events/{SHOWN}", 230), clients=ROUNDS)
    yield row("event page, made anew", page)
    api = measured(server, bare, work.registrations(on, 230), clients=ROUNDS)
    yield row("registration through the API", api)
    gate = measured(server, bare, work.check_ins(on, 430), clients=ROUNDS)
    yield row("check-in through the API", gate)
    phones = measured(server, bare, work.uploads(on, 8), warm=2)
    each = phones.each / work.UPLOADED
    yield f"a scan of an upload of {work.UPLOADED} | {ms(each)} | {times(each, phones.bare)} |"
    browser = measured(server, bare, work.delegates(48), clients=(4,), warm=12)
    asked = work.walk(work.Visitor(server.port), 0)
    yield row(f"delegate in a browser, first page to QR: {asked} requests", browser)


def at_the_desk(server: Server, on: Stage) -> Iterator[str]:
    """The organizer's list, page by page, and as a workbook."""
    organizer = work.organizer(server.port)
    start = f"/organize/{on.crowded}/delegates"
    last = CROWD // 50
    words = urlencode({"q": "nguyễn thị ánh"})
    for name, query in (
        ("first page", ""),
        ("middle page", f"?page={last // 2}"),
        ("last page", f"?page={last}"),
        ("a name looked for", f"?{words}"),
    ):
        path = start + query
        for _ in range(6):
            size = len(organizer.get(path).body)
        each = _cost_of(server, lambda path=path: organizer.get(path), 25)
        yield f"delegates of {CROWD:,}, {name} | {ms(each)} | | {size / 1000:.0f} kB"
    organizer.get(f"{start}.xlsx?q=son")
    each = _cost_of(server, lambda: organizer.get(f"{start}.xlsx"), 4)
    yield f"export of {CROWD:,} to XLSX | {ms(each)} | |"


def _cost_of(server: Server, act, times: int) -> Cost:
    before = server.cost()
    for _ in range(times):
        act()
    return (server.cost() - before) / times


def in_the_background(on: Stage, bare: Server) -> Iterator[str]:
    """Letters as registrations queue them, one kind after the other."""
    on.leave_work_undone()
    with working(on) as worker:
        for name, what in (
            ("registration_new_email", "a letter"),
            ("registration_confirmed", "a letter with badge and calendar"),
        ):
            _letters(on, name, 5)
            before, bare_before = worker.cost(), bare.cost()
            for _ in range(TURNS):
                work.insert(bare)
                _letters(on, name, LETTERS)
            each = (worker.cost() - before) / (LETTERS * TURNS)
            beside = (bare.cost() - bare_before) / (INSERTS * TURNS)
            yield f"{what}, by the worker | {ms(each)} | {times(each, beside)} |"


def _letters(on: Stage, name: str, count: int) -> None:
    on.write_letters(name, count)
    _wait_until_done(on)


def _wait_until_done(on: Stage) -> None:
    """Until no job is left that could be done now."""
    engine = sa.create_engine(on.url)
    query = sa.text(
        "SELECT count(*) FROM jobs WHERE state IN ('queued', 'running') AND run_after <= now()"
    )
    end = time.monotonic() + LONGEST_WORK
    while time.monotonic() < end:
        with engine.connect() as connection:
            waiting = connection.scalar(query)
        if not waiting:
            engine.dispose()
            return
        time.sleep(0.3)
    raise TimeoutError("the worker does not come to an end")


def row(name: str, found: Measured) -> str:
    return f"{name} | {ms(found.each)} | {times(found.each, found.bare)} | {rates_of(found)}"


def rates_of(found: Measured) -> str:
    return ", ".join(f"{rate:.0f} ({count})" for count, rate in found.a_second.items())


def times(cost: Cost, bare: Cost) -> str:
    return f"{cost.together / bare.together:.1f} ×"


def ms(cost: Cost) -> str:
    return f"{cost.together:.2f} ms ({cost.ours:.2f} + {cost.database:.2f})"


def mb(memory: tuple[float, float]) -> str:
    return "{:.0f} ({:.0f}) MB".format(*memory)


def main() -> None:
    print("| work | CPU: ours + database's | beside the bare handler | a second (clients), size |")
    print("| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder, stage(Path(folder)) as on:
        parts = sys.argv[1:]
        for line in measure_some(on, parts) if parts else measure(on):
            print(f"| {line} |", flush=True)


if __name__ == "__main__":
    main()
