"""An officer's day on the demo, from registration to the gate, as people would do it.

    .venv/bin/python -m bench.demo_day PICTURES_FOLDER

Starts the server as `make run` does, on an empty database of its own, and does everything
through Chromium: registers, reads the mail, schedules, publishes, prints, scans the printed
badge through the browser's camera, and scans it again. Prints what it saw and how long it
took; `docs/demo.md` holds the record.
"""

import email
import email.policy
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from matchmaking.cli.demo.accounts import PASSWORD

SLUG = "gap-go-thanh-hoa-han-quoc"
NAME = "Nguyễn Thị Ánh"
EMAIL = "anh.nguyen@example.com"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 600_000


@dataclass
class Day:
    """Where the day happens: the server's address, its folder, the folder for pictures."""

    address: str
    folder: Path
    pictures: Path

    def picture(self, page: Page, name: str, *, whole: bool = False) -> None:
        page.screenshot(path=self.pictures / f"{name}.png", full_page=whole)

    def say(self, what: str, began: float) -> None:
        print(f"{what:<60} {time.monotonic() - began:7.1f} s", flush=True)


def main(pictures: Path) -> None:
    pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _server(Path(folder)) as address:
        day = Day(address, Path(folder), pictures)
        with sync_playwright() as playwright:
            chromium = playwright.chromium
            browser = chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
            register(day, browser)
            letter = read_mail(day)
            organizer = sign_in(day, browser, "chutri@example.com")
            schedule(day, organizer)
            print_everything(day, organizer)
            browser.close()
            camera = film_badge(day, letter)
            gate = chromium.launch(
                executable_path=shutil.which("chromium"),
                args=[
                    *FLAGS,
                    "--use-fake-device-for-media-stream",
                    "--use-fake-ui-for-media-stream",
                    f"--use-file-for-fake-video-capture={camera}",
                ],
            )
            scan(day, gate)
            gate.close()


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """The server and its worker on a fresh demo; ended afterwards."""
    port = os.environ.get("PORT", "21095")
    address = f"http://127.0.0.1:{port}"
    settings = {**os.environ, "DATA_DIR": str(folder), "PORT": port, "DEMO": "1"}
    settings.pop("DATABASE_URL", None)
    flask = [sys.executable, "-m", "flask"]
    began = time.monotonic()
    subprocess.run([*flask, "db", "upgrade"], env=settings, check=True, capture_output=True)
    subprocess.run([*flask, "demo", "load"], env=settings, check=True)
    print(f"{'demo loaded':<60} {time.monotonic() - began:7.1f} s")
    server = subprocess.Popen([sys.executable, "-m", "gunicorn"], env=settings)
    try:
        _wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str) -> None:
    for _ in range(100):
        try:
            urlopen(f"{address}/readyz", timeout=5).close()  # noqa: S310  (our own server)
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise SystemExit("the server did not start")


def _page(day: Day, browser: Browser, size: dict[str, int]) -> Page:
    context = browser.new_context(
        viewport={"width": size["width"], "height": size["height"]},
        base_url=day.address,
        locale="vi-VN",
    )
    context.set_default_timeout(PATIENCE_MS)
    return context.new_page()


def register(day: Day, browser: Browser) -> None:
    """A delegate registers on a phone and sees the QR at once."""
    page = _page(day, browser, PHONE)
    began = time.monotonic()
    page.goto(f"/events/{SLUG}")
    day.picture(page, "1-event")
    page.locator("a.hero__button").click()
    page.locator("[name=full_name]").fill(NAME)
    page.locator("[name=organization]").fill("Sở Công Thương Thanh Hóa")
    page.locator("[name=email]").fill(EMAIL)
    page.locator("[name=phone]").fill("0912345678")
    day.picture(page, "2-register")
    page.locator("main form button[type=submit]").first.click()
    page.get_by_label("Đại biểu", exact=True).check(force=True)
    page.locator("[name=processing]").check(force=True)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/registrations/*")
    day.picture(page, "3-registered", whole=True)
    day.say("registered in the browser, QR on the screen", began)
    page.context.close()


def read_mail(day: Day) -> EmailMessage:
    """The mail with badge and calendar entry, as the worker left it in the folder."""
    began = time.monotonic()
    while time.monotonic() - began < 60:
        for path in sorted((day.folder / "mail").glob("*.eml")):
            letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if EMAIL in letter["To"]:
                names = [part.get_filename() for part in letter.iter_attachments()]
                day.say(f"mail received: {letter['Subject']} {names}", began)
                return letter
        time.sleep(0.2)
    raise SystemExit("no mail came")


def sign_in(day: Day, browser: Browser, address: str, size: dict[str, int] = DESK) -> Page:
    page = _page(day, browser, size)
    page.goto("/sign-in")
    page.locator("input[type=email]").fill(address)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("input[type=password]").press("Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    return page


def schedule(day: Day, page: Page) -> None:
    """One button, a draft with its reasons, and one button more."""
    page.goto(f"/organize/{SLUG}/schedule")
    began = time.monotonic()
    page.locator("form[action$='/schedule/runs'] button[type=submit]").click()
    publish = page.locator("form[action$='/publish'] button[type=submit]")
    publish.wait_for()
    day.say("scheduler done", began)
    for stat in page.locator(".stat").all():
        print("   ", " ".join(stat.inner_text().split()))
    day.picture(page, "4-run")
    began = time.monotonic()
    publish.click()
    page.wait_for_url(f"**/organize/{SLUG}/schedule")
    day.say("published", began)
    day.picture(page, "5-schedule")


def print_everything(day: Day, page: Page) -> None:
    """All badges and all agendas, in the background, then fetched."""
    for form in ("badges", "agendas", "company_agendas", "table_cards"):
        page.goto(f"/organize/{SLUG}/documents")
        before = page.locator("a[href$='.pdf'][href*='/documents/']").count()
        began = time.monotonic()
        page.locator(f"form[action$='/documents/{form}'] button[type=submit]").click()
        links = page.locator("a[href$='.pdf'][href*='/documents/']")
        links.nth(before).wait_for()
        day.say(f"printed: {form}", began)
        answer = page.request.get(str(links.first.get_attribute("href")))
        content = answer.body()
        document = pypdfium2.PdfDocument(BytesIO(content))
        print(f"    {len(document)} pages, {len(content) / 1e6:.1f} MB")
        document[len(document) // 2].render(scale=1.5).to_pil().save(day.pictures / f"6-{form}.png")
    day.picture(page, "6-documents")


def film_badge(day: Day, letter: EmailMessage) -> Path:
    """A camera's view of the printed badge: held a little crooked, moving a little."""
    attached = (
        part for part in letter.iter_attachments() if str(part.get_filename()).endswith(".pdf")
    )
    content = next(attached).get_payload(decode=True)
    badge = pypdfium2.PdfDocument(content)[0].render(scale=150 / 72).to_pil().convert("RGB")
    badge.save(day.pictures / "7-badge.png")
    badge.thumbnail((1280, 700))
    film = day.folder / "camera.mjpeg"
    with film.open("wb") as out:
        for number in range(30):
            frame = Image.new("RGB", (1280, 720), "#556")
            turned = badge.rotate(4 + number % 3, expand=True, fillcolor="#556")
            frame.paste(turned, (380 + number % 5, max(0, (720 - turned.height) // 2)))
            frame.save(out, "JPEG", quality=85)
    return film


def scan(day: Day, browser: Browser) -> None:
    """The volunteer's phone sees the badge: admitted; sees it again: already inside."""
    page = sign_in(day, browser, "cong@example.com", PHONE)
    page.context.grant_permissions(["camera"])
    page.goto(f"/events/{SLUG}/check-in")
    began = time.monotonic()
    start = page.locator("[data-start]")
    if start.is_visible():
        start.click()
    page.locator("#answer[data-kind=yes]", has_text=NAME).wait_for()
    day.say("scanned by the camera: admitted", began)
    day.picture(page, "8-admitted")
    began = time.monotonic()
    page.locator("#answer[data-kind=look]", has_text=NAME).wait_for()
    day.say("scanned again: already", began)
    print("    ", " ".join(page.locator("#answer").inner_text().split()))
    day.picture(page, "9-already")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "instance/demo-day"))
