"""One phone with 35,000 badges, a processor slowed fourfold, 10,000 waiting scans and a full storage.

    DATABASE_URL=postgresql+psycopg://postgres@127.0.0.1:5432/empty python -m bench.gate_phone

Chromium without a head; the tables of the database are made anew. `--badges`, `--waiting` and
`--scans` make it smaller.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from playwright.sync_api import CDPSession, Page, expect, sync_playwright
from sqlalchemy import func, select

from bench.gates import add_people, empty_app, percentile
from matchmaking.checkin.models import Scan
from matchmaking.core.database import db
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


@contextmanager
def phone_at(app: Flask, badges: int) -> Iterator[tuple[Page, CDPSession, list[str], str]]:
    """The enrolled gate, its debugger, the texts of some badges, and the event's slug."""
    event = event_today(slug="crowd")
    add_people(event, badges)
    some = db.session.scalars(select(Badge).where(Badge.event_id == event.id).limit(400)).all()
    texts, slug = [badge_token(badge) for badge in some], event.slug
    server = Server(app)
    server.open()
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        options: Any = CHROMIUM | PHONE
        context = playwright.chromium.launch_persistent_context(
            folder, **options, base_url=server.address
        )
        context.set_default_timeout(PATIENCE_MS)
        began = time.monotonic()
        page, _device = enrolled(context, event)
        tell(
            f"enrolled with {badges:,} badges, then opened again",
            f"{time.monotonic() - began:.1f} s",
        )
        yield page, context.new_cdp_session(page), texts, slug
        context.close()
    server.close()


def answers(page: Page, debugger: CDPSession, texts: list[str]) -> None:
    offline(page)
    page.evaluate(TIMED, texts[:3])
    debugger.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    took = page.evaluate(TIMED, texts[3:])
    debugger.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    times = [one for one, _shown in took]
    told = f"p50 {percentile(times, 0.5):.0f}, p95 {percentile(times, 0.95):.0f}, most {max(times):.0f} ms"
    green = sum(shown == "admitted" for _one, shown in took)
    tell(
        f"text to answer offline, processor slowed {SLOWER} ×",
        f"{told} ({green} of {len(took)} admitted)",
    )


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


def queue(page: Page, slug: str, texts: list[str], count: int) -> None:
    """Waiting scans are counted right after a reload, then brought and found once each."""
    before = int(page.locator("[data-count]").inner_text())
    handles, already = [f"{number:024x}" for number in range(count)], kept_scans()
    at = page.evaluate("Date.now()")
    page.evaluate(QUEUE, [slug, handles, at, at - 1000])
    began = time.monotonic()
    page.reload()
    waiting(page, before + count)
    tell(f"opened with {before + count:,} waiting scans", f"{time.monotonic() - began:.1f} s")
    [[took, _shown]] = page.evaluate(TIMED, texts[:1])
    tell("text to answer with all of them waiting", f"{took:.0f} ms")
    began = time.monotonic()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    waiting(page, 0)
    seconds = time.monotonic() - began
    kept = kept_scans() - already
    tell("brought and answered", f"{kept:,} of {before + count + 1:,} kept, in {seconds:.0f} s")


def kept_scans() -> int:
    db.session.rollback()
    count = db.session.scalar(select(func.count()).select_from(Scan)) or 0
    db.session.rollback()
    return count


def full(page: Page, debugger: CDPSession) -> None:
    origin = page.evaluate("location.origin")
    debugger.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1000})
    page.reload()
    expect(page.locator("[data-full]")).to_be_visible()
    tell("storage full", "said before the next scan")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--badges", type=int, default=35_000)
    parser.add_argument("--waiting", type=int, default=10_000)
    parser.add_argument("--scans", type=int, default=100)
    asked = parser.parse_args()
    app = empty_app()
    with (
        app.app_context(),
        phone_at(app, asked.badges) as (page, debugger, texts, slug),
    ):
        answers(page, debugger, texts[: asked.scans + 3])
        clock_moved(page, texts[3])
        queue(page, slug, texts[-1:], asked.waiting)
        full(page, debugger)


if __name__ == "__main__":
    os.environ.setdefault("DATABASE_URL", "sqlite:////tmp/gate-phone.db")
    main()
