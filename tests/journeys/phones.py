"""Phones that are gates."""

from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, expect

from matchmaking.checkin.models import Device
from matchmaking.checkin.services import add_device, offer_enrolment
from matchmaking.core.database import db
from matchmaking.events.models import Event
from tests.ops.installation import wait_until

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

FALLING_IDS = """() => {
  let last = 0xffffffffffff;
  crypto.randomUUID = () => `00000000-0000-4000-8000-${(last--).toString(16)}`;
}"""
"""Ids that come out in the order in which they would harm most: each before the one made earlier."""


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


def _anew(page: Page) -> Locator:
    """The answer to what follows: what is on the screen before it is marked."""
    page.locator("#answer").evaluate("(shown) => (shown.dataset.before = 'yes')")
    return page.locator("#answer:not([data-before])")


def scan(page: Page, text: str) -> Locator:
    answer = _anew(page)
    page.fill("#presented", text)
    page.press("#presented", "Enter")
    return answer


def register(page: Page, name: str, organization: str = "Hợp tác xã Lam Sơn") -> Locator:
    answer = _anew(page)
    page.locator("[data-walk-in]").locator("xpath=..").locator("summary").click()
    page.fill("[name=full_name]", name)
    page.fill("[name=organization]", organization)
    page.get_by_role("button", name="Register and let in").click()
    return answer


KEEP_ANSWERS = """
window.answers = [];
new MutationObserver(() => {
  const shown = document.querySelector("#answer.answer--full");
  if (!shown || shown === window.last) return;
  window.last = shown;
  window.answers.push(shown.textContent.replace(/\\s+/g, " ").trim());
}).observe(document, { subtree: true, childList: true, attributes: true });
"""
"""Answers that go away by themselves, for a test that may look too late to see them."""


def answers(page: Page, count: int) -> list[str]:
    """The first so many that filled the screen since the page was loaded."""
    wait_until(lambda: len(page.evaluate("window.answers")) >= count)
    return list(page.evaluate("window.answers"))[:count]


def nothing_kept(page: Page) -> None:
    """Nothing is left on the device."""
    wait_until(lambda: page.evaluate("indexedDB.databases().then((all) => all.length)") == 0)


def waiting(page: Page, count: int) -> None:
    expect(page.locator("[data-count]")).to_have_text(str(count))


def bring(page: Page) -> None:
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    waiting(page, 0)
    expect(page.locator("[data-online]")).to_be_visible()
    db.session.rollback()
