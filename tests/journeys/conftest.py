"""A real browser on a real server, which shares the test's database."""

import shutil
import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserType,
    ConsoleMessage,
    Page,
    Response,
    sync_playwright,
)
from werkzeug.serving import make_server

from matchmaking.core.database import db
from tests.visitor import Visitor

CHROMIUM = {
    "executable_path": shutil.which("chromium"),
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ],
}
SCREENS = {"phone": {"width": 360, "height": 740}, "desk": {"width": 1440, "height": 900}}


@pytest.fixture(scope="session")
def chromium() -> Iterator[BrowserType]:
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="session")
def browser(chromium: BrowserType) -> Iterator[Browser]:
    browser = chromium.launch(**CHROMIUM)
    yield browser
    browser.close()


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the application answers while the test runs."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def scripts() -> bool:
    """Whether the browser runs scripts; parametrize it with False to try a page without."""
    return True


@pytest.fixture(params=SCREENS)
def page(
    request: pytest.FixtureRequest, browser: Browser, address: str, scripts: bool
) -> Iterator[Page]:
    """A page on a phone, and again at a desk; faults in its console fail the test."""
    context = browser.new_context(
        viewport=SCREENS[request.param],
        base_url=address,
        locale="vi-VN",
        has_touch=request.param == "phone",
        java_script_enabled=scripts,
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.extend(_faults_told(message)))
    page.on("response", lambda response: faults.extend(_missing_assets(response)))
    yield page
    context.close()
    assert faults == []


def go_on_as(page: Page, visitor: Visitor, address: str) -> None:
    """The page goes on with this visitor's cookies.

    What the test read is let go of before: SQLite lets one write at a time.
    """
    cookie = visitor.client.get_cookie("gapgo")
    page.context.clear_cookies()
    if cookie is not None:
        page.context.add_cookies([{"name": "gapgo", "value": cookie.value, "url": address}])
    db.session.rollback()


def _faults_told(message: ConsoleMessage) -> list[str]:
    """Refusals are part of many journeys: an answer of 404 or 422 alone is no fault."""
    is_fault = message.type == "error" and "Failed to load resource" not in message.text
    return [message.text] if is_fault else []


def _missing_assets(response: Response) -> list[str]:
    return [response.url] if "/static/" in response.url and response.status >= 400 else []
