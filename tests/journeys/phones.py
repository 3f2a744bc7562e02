"""Phones that are gates."""

from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from matchmaking.checkin.models import Device
from matchmaking.checkin.services import add_device, offer_enrolment
from matchmaking.core.database import db
from matchmaking.events.models import Event

DUMP = """async () => {
  const told = [JSON.stringify(localStorage), location.href];
  for (const { name } of await indexedDB.databases()) {
    const base = await new Promise((done) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
    });
    for (const store of base.objectStoreNames) {
      const rows = await new Promise((done) => {
        const asked = base.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => done(asked.result);
      });
      for (const row of rows) {
        told.push(JSON.stringify(row));
        for (const part of Object.values(row))
          if (part instanceof ArrayBuffer || ArrayBuffer.isView(part))
            told.push(new TextDecoder().decode(part));
      }
    }
    base.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const asked of await cache.keys())
      if (!asked.url.includes("/vendor/")) told.push(await (await cache.match(asked)).text());
  }
  return told.join("\\n");
}"""
"""All that a page of this site can read of what is kept on the device."""


def enrolled(context: BrowserContext, event: Event, **values: Any) -> tuple[Page, Device]:
    """A page of the gate that has the list and works without a network."""
    device = add_device(event, **{"name": "East 1", "gates": [], "language": "en", **values})
    secret, slug = offer_enrolment(device), event.slug
    db.session.commit()
    page = context.new_page()
    page.goto(f"/events/{slug}/gate#{secret}")
    expect(page.locator("[data-state=open]")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    expect(page.locator("[data-online]")).to_be_visible()
    assert page.evaluate("navigator.serviceWorker.controller !== null")
    return page, device


def offline(page: Page) -> None:
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-state=open]")).to_be_visible()
    expect(page.locator("[data-offline]")).to_be_visible()


def scan(page: Page, text: str) -> Locator:
    page.fill("#presented", text)
    page.press("#presented", "Enter")
    return page.locator("#answer")


def waiting(page: Page, count: int) -> None:
    expect(page.locator("[data-count]")).to_have_text(str(count))


def bring(page: Page) -> None:
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    waiting(page, 0)
    expect(page.locator("[data-online]")).to_be_visible()
    db.session.rollback()
