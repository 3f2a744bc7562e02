"""A delegate's badge before the camera of the gate."""

from io import BytesIO

import pytest
import qrcode
from PIL import Image
from playwright.sync_api import expect, sync_playwright

from matchmaking.core.database import db
from matchmaking.events.models import MemberRole
from tests.checkin.scanning import event_today, token_of
from tests.factories.accounts import make_member
from tests.factories.registration import make_registration
from tests.journeys.conftest import CHROMIUM, SCREENS
from tests.visitor import Visitor


def film_of(text, path):
    """What a camera sees that looks at one QR code."""
    code = qrcode.QRCode(version=6, error_correction=qrcode.ERROR_CORRECT_M, box_size=9)
    code.add_data(text, optimize=0)
    picture = Image.new("RGB", (1280, 720), "grey")
    picture.paste(code.make_image().get_image().convert("RGB"), (420, 140))
    frame = BytesIO()
    picture.save(frame, "JPEG", quality=85)
    path.write_bytes(frame.getvalue() * 4)
    return path


@pytest.fixture
def gate_of(address, app):
    """Opens the gate of an event on a phone whose camera sees the film.

    The test's own session is closed before: SQLite lets one write at a time.
    """
    opened = []

    def open_gate(event, staff, film):
        playwright = sync_playwright().start()
        camera = [
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        ]
        browser = playwright.chromium.launch(**{**CHROMIUM, "args": [*CHROMIUM["args"], *camera]})
        context = browser.new_context(
            viewport=SCREENS["phone"], base_url=address, locale="en", permissions=["camera"]
        )
        opened.append((playwright, browser))
        cookie = Visitor(app).signed_in_as(staff).client.get_cookie("gapgo")
        context.add_cookies([{"name": "gapgo", "value": cookie.value, "url": address}])
        page = context.new_page()
        path = f"/events/{event.slug}/check-in"
        db.session.rollback()
        page.goto(path)
        return page

    yield open_gate
    for playwright, browser in opened:
        browser.close()
        playwright.stop()


def test_badge_before_the_camera_is_admitted_and_then_already_inside(gate_of, tmp_path):
    event = event_today()
    delegate = make_registration(event, full_name="Nguyễn Thị Ánh", organization="KOTRA")
    staff = make_member(event, MemberRole.GATE)
    film = film_of(token_of(delegate), tmp_path / "badge.mjpeg")
    db.session.commit()

    page = gate_of(event, staff, film)

    answer = page.locator("#answer.answer--full")
    expect(answer).to_contain_text("Welcome", timeout=20_000)
    expect(answer).to_contain_text("Nguyễn Thị Ánh")
    expect(page.locator("#answer.answer--look.answer--full")).to_contain_text(
        "Already inside", timeout=20_000
    )
