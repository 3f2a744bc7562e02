"""A real browser on a real server, which shares the test's database."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    ConsoleMessage,
    Page,
    Response,
    expect,
    sync_playwright,
)

from matchmaking.core.database import db
from tests import looks
from tests.journeys.server import Server
from tests.visitor import Visitor

PATIENCE_MS = 120_000
"""A loaded machine may take its time: what has not come by then does not come."""
CHROMIUM: Any = {
    "executable_path": shutil.which("chromium"),
    "timeout": PATIENCE_MS,
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
NETWORK_IS_THERE_OR_NOT = "AbortSignal.timeout = () => new AbortController().signal"
"""A server on a loaded machine is slow; a gate would soon take it for gone and judge by itself."""
PHONE: Any = {"viewport": SCREENS["phone"], "locale": "en", "has_touch": True}


@pytest.fixture(scope="session")
def chromium() -> Iterator[BrowserType]:
    expect.set_options(timeout=PATIENCE_MS)
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
    server = Server(app)
    server.open()
    yield server.address
    server.close()


@pytest.fixture
def scripts() -> bool:
    """Whether the browser runs scripts; parametrize it with False to try a page without."""
    return True


@pytest.fixture(params=SCREENS if looks.ARE_CHECKED else ["phone"])
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
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.extend(_faults_told(message)))
    page.on("response", lambda response: faults.extend(_missing_assets(response)))
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def venue(app: Flask) -> Iterator[Server]:
    """The server, to be switched on and off."""
    venue = Server(app)
    yield venue
    venue.close()


@pytest.fixture
def open_phone(
    chromium: BrowserType, browser: Browser, tmp_path: Path, venue: Server
) -> Iterator[Callable[..., BrowserContext]]:
    """Opens a phone with a storage of its own, in the browser of all.

    One with a name has a browser of its own, started with what is asked for; killed and opened
    again it has the same storage.
    """
    opened: list[BrowserContext] = []
    faults: list[str] = []
    phone = {**PHONE, "base_url": venue.address}

    def opening(name: str = "", *more: str) -> BrowserContext:
        launched = {**CHROMIUM, "args": [*CHROMIUM["args"], *more]}
        context = (
            chromium.launch_persistent_context(str(tmp_path / name), **launched, **phone)
            if name
            else browser.new_context(**phone)
        )
        context.set_default_timeout(PATIENCE_MS)
        context.add_init_script(NETWORK_IS_THERE_OR_NOT)
        context.on("weberror", lambda fault: faults.append(str(fault.error)))
        opened.append(context)
        return context

    yield opening
    for context in opened:
        context.close()
    assert faults == []


def go_on_as(page: Page, visitor: Visitor, address: str) -> None:
    """The page goes on with this visitor's cookies.

    What the test read is let go of before: SQLite lets one write at a time.
    """
    cookie = visitor.client.get_cookie("gapgo")
    page.goto("about:blank")  # what is still on its way would bring the cookie of before
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
