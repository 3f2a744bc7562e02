"""One phone with 35,000 badges, a processor slowed fourfold, 10,000 waiting scans and a full storage.

    DATABASE_URL=postgresql+psycopg://postgres@127.0.0.1:5432/empty python -m bench.gate_phone

Chromium without a head; the tables of the database are made anew. `--badges`, `--waiting` and
`--scans` make it smaller.
"""

import argparse
import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import BrowserType, CDPSession, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from sqlalchemy import func, select

from bench.gates import add_people, empty_app, percentile
from matchmaking.checkin.models import Scan
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.registration.models import Badge
from matchmaking.registration.tokens import badge_token
from tests.checkin.scanning import event_today
from tests.journeys.conftest import CHROMIUM, PHONE
from tests.journeys.phones import enrolled, offline, waiting
from tests.journeys.server import Server

SLOWER = 4
YEARS_MS = 10 * 365 * 86_400_000
PATIENCE_MS = 600_000

TIMED = """async (texts) => {
  const took = [];
  const shown = () => document.querySelector("#answer")?.dataset.shown;
  for (const text of texts) {
    const before = document.querySelector("#answer");
    const field = document.querySelector("#presented");
    field.value = text;
    const began = performance.now();
    field.form.requestSubmit();
    await new Promise((done) => {
      const look = () => (document.querySelector("#answer") !== before && shown() ? done() : requestAnimationFrame(look));
      look();
    });
    took.push([performance.now() - began, shown()]);
  }
  return took;
}"""
"""Milliseconds from the text to the frame with its answer, and the answer."""

QUEUE = """async ([slug, handles, at, synced]) => {
  const base = await new Promise((done) => {
    const asked = indexedDB.open(`gate ${slug}`);
    asked.onsuccess = () => done(asked.result);
  });
  const step = base.transaction("scans", "readwrite", { durability: "strict" });
  handles.forEach((handle, number) => {
    const scan = { scan_id: crypto.randomUUID(), handle, gate: "A", direction: "entry", voids: null, at: at + number,
      clock_at: new Date().toISOString(), elapsed_ms: number, snapshot_ms: synced, app: "bench", shown: "admitted", reason: null };
    const fact = { id: scan.scan_id, at: scan.at, device: "", gate: "A", holder: handle, direction: "entry", zone: "",
      rule: "venue", day: "", reason: null, is_green: null, is_held: false, voids: null };
    step.objectStore("scans").add({ ...scan, fact, state: "waiting" });
  });
  await new Promise((done) => (step.oncomplete = done));
  base.close();
}"""
"""As many scans as a phone would have after hours without a network."""


def tell(what: str, value: str) -> None:
    print(f"{what} | {value}", flush=True)


class Phone:
    """A browser with a storage of its own: killed and opened again it has the same."""

    def __init__(self, chromium: BrowserType, folder: str, address: str, slug: str) -> None:
        self._chromium, self._folder, self._address = chromium, folder, address
        self.slug = slug
        self.open()

    def open(self) -> None:
        options: Any = CHROMIUM | PHONE
        self.context = self._chromium.launch_persistent_context(
            self._folder, **options, base_url=self._address
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page = self.context.new_page()

    def enrol(self, event: Event) -> None:
        self.page, _device = enrolled(self.context, event)

    @property
    def debugger(self) -> CDPSession:
        return self.context.new_cdp_session(self.page)

    def megabytes(self) -> str:
        """What the page's process holds, and its heap of JavaScript."""
        self.debugger.send("HeapProfiler.collectGarbage")
        heap = self.page.evaluate("performance.memory.usedJSHeapSize") / 1e6
        status = [Path(f"/proc/{pid}/status").read_text() for pid in self._pids("renderer")]
        most = max(
            int(line.split()[1])
            for text in status
            for line in text.splitlines()
            if line.startswith("VmRSS")
        )
        return f"{most / 1000:.0f} MB, {heap:.0f} MB of it JavaScript"

    def kill(self) -> None:
        """As when the battery falls out, and on again without a network."""
        [pid] = self._pids("browser")
        os.kill(pid, signal.SIGKILL)
        with suppress(PlaywrightError):
            self.context.close()
        for name in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
            (Path(self._folder) / name).unlink(missing_ok=True)
        self.open()
        self.context.set_offline(True)
        self.page.goto(f"/events/{self.slug}/gate")
        expect(self.page.locator("[data-state=open]")).to_be_visible()

    def _pids(self, kind: str) -> list[int]:
        browser: Any = self.context.browser
        told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
        return [one["id"] for one in told["processInfo"] if one["type"] == kind]


@contextmanager
def phone_at(app: Flask, badges: int) -> Iterator[tuple[Phone, list[str]]]:
    """The enrolled gate, and the texts of some badges."""
    event = event_today(slug="crowd")
    add_people(event, badges)
    some = db.session.scalars(select(Badge).where(Badge.event_id == event.id).limit(400)).all()
    texts, slug = [badge_token(badge) for badge in some], event.slug
    server = Server(app)
    server.open()
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        phone = Phone(playwright.chromium, folder, server.address, slug)
        began = time.monotonic()
        phone.enrol(event)
        seconds = time.monotonic() - began
        tell(f"enrolled with {badges:,} badges, then opened again", f"{seconds:.1f} s")
        tell("memory of the page", phone.megabytes())
        yield phone, texts
        phone.context.close()
    server.close()


def answers(phone: Phone, texts: list[str], when: str, *, is_slow: bool = True) -> None:
    if is_slow:
        phone.debugger.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    took = phone.page.evaluate(TIMED, texts)
    phone.debugger.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    times = [one for one, _shown in took]
    told = f"p50 {percentile(times, 0.5):.0f}, p95 {percentile(times, 0.95):.0f}, most {max(times):.0f} ms"
    shown = ", ".join(f"{n} {what}" for what, n in Counter(what for _one, what in took).items())
    slow = f", processor slowed {SLOWER} ×" if is_slow else ""
    tell(f"text to answer {when}{slow}", f"{told} ({shown})")


def clock_moved(page: Page, text: str) -> None:
    """Ten years on and back while the gate is open: the same badge is known to be inside."""
    for years in (YEARS_MS, -YEARS_MS):
        page.context.set_offline(False)
        page.reload()
        expect(page.locator("[data-online]")).to_be_visible()
        page.context.set_offline(True)
        page.evaluate(f"const real = Date.now; Date.now = () => real() + {years}")
        [[_took, shown]] = page.evaluate(TIMED, [text])
        tell(f"the same badge, clock moved by {years // YEARS_MS * 10:+} years", shown)
    offline(page)


def queue(phone: Phone, texts: list[str], count: int) -> None:
    """Waiting scans are counted right after the browser was killed, then brought and found once each."""
    before = int(phone.page.locator("[data-count]").inner_text())
    handles, already = [f"{number:024x}" for number in range(count)], kept_scans()
    at = phone.page.evaluate("Date.now()")
    phone.page.evaluate(QUEUE, [phone.slug, handles, at, at - 1000])
    began = time.monotonic()
    phone.kill()
    waiting(phone.page, before + count)
    seconds = time.monotonic() - began
    tell(f"killed, and opened with {before + count:,} waiting scans", f"{seconds:.1f} s")
    tell("memory of the page", phone.megabytes())
    answers(phone, texts, "with all of them waiting")
    phone.context.set_offline(False)
    began = time.monotonic()
    phone.page.evaluate("dispatchEvent(new Event('online'))")
    answers(phone, texts, "while they are brought, the same badges", is_slow=False)
    waiting(phone.page, 0)
    seconds = time.monotonic() - began
    kept, made = kept_scans() - already, before + count + 2 * len(texts)
    tell("brought and answered", f"{kept:,} of {made:,} kept, in {seconds:.0f} s")


def kept_scans() -> int:
    db.session.rollback()
    count = db.session.scalar(select(func.count()).select_from(Scan)) or 0
    db.session.rollback()
    return count


def full(phone: Phone, texts: list[str]) -> None:
    """Chromium looks how much room is left every half minute, so the alarm takes that long."""
    page, debugger = phone.page, phone.debugger
    quota: Any = {"origin": page.evaluate("location.origin")}
    phone.context.set_offline(True)
    debugger.send("Storage.overrideQuotaForOrigin", quota | {"quotaSize": 1000})
    expect(page.locator("[data-full]")).to_be_visible()
    [[_took, shown]] = page.evaluate(TIMED, texts[:1])
    tell("storage full", f"said before the next scan, which is answered: {shown}")
    debugger.send("Storage.overrideQuotaForOrigin", quota)
    expect(page.locator("[data-full]")).to_be_hidden()
    [[_took, shown]] = page.evaluate(TIMED, texts[:1])
    tell("room again", f"the same badge is answered: {shown}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--badges", type=int, default=35_000)
    parser.add_argument("--waiting", type=int, default=10_000)
    parser.add_argument("--scans", type=int, default=100)
    asked = parser.parse_args()
    app = empty_app()
    with app.app_context(), phone_at(app, asked.badges) as (phone, texts):
        offline(phone.page)
        phone.page.evaluate(TIMED, texts[:3])
        answers(phone, texts[3 : asked.scans + 3], "offline")
        clock_moved(phone.page, texts[3])
        queue(phone, texts[-10:], asked.waiting)
        full(phone, texts[200:])


if __name__ == "__main__":
    os.environ.setdefault("DATABASE_URL", "sqlite:////tmp/gate-phone.db")
    main()
