"""A delegate's badge before the camera of the gate."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from matchmaking.accounts.services import change_password
from matchmaking.core.database import db
from matchmaking.events.models import MemberRole
from matchmaking.registration.models import RegistrationStatus
from tests.checkin.scanning import event_today
from tests.documents import paper
from tests.factories.accounts import make_member
from tests.factories.registration import make_registration
from tests.journeys.conftest import CHROMIUM, PATIENCE_MS, SCREENS
from tests.journeys.phones import KEEP_ANSWERS, answers
from tests.visitor import Visitor


def film_of(badge_pdf, path):
    """What a camera sees that looks at a printed badge, held a little crooked."""
    (badge,) = paper.pictures(badge_pdf)
    badge.thumbnail((1280, 700))
    picture = Image.new("RGB", (1280, 720), "grey")
    picture.paste(badge.convert("RGB").rotate(4, expand=True, fillcolor="grey"), (380, 0))
    frame = BytesIO()
    picture.save(frame, "JPEG", quality=85)
    path.write_bytes(frame.getvalue() * 4)
    return path


@pytest.fixture
def gate_of(address, app, chromium):
    """Opens the gate of an event on a phone whose camera sees the film.

    The test's own session is closed before: SQLite lets one write at a time.
    """
    opened = []

    def open_gate(event, staff, film):
        camera = [
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            f"--use-file-for-fake-video-capture={film}",
        ]
        browser = chromium.launch(**{**CHROMIUM, "args": [*CHROMIUM["args"], *camera]})
        context = browser.new_context(
            viewport=SCREENS["phone"], base_url=address, locale="en", permissions=["camera"]
        )
        opened.append(browser)
        cookie = Visitor(app).signed_in_as(staff).client.get_cookie("gapgo")
        context.add_cookies([{"name": "gapgo", "value": cookie.value, "url": address}])
        context.add_init_script(KEEP_ANSWERS)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        path = f"/events/{event.slug}/check-in"
        db.session.rollback()
        page.goto(path)
        return page

    yield open_gate
    for browser in opened:
        browser.close()


def test_printed_badge_before_the_camera_is_admitted_and_then_already_inside(
    gate_of, visitor, tmp_path
):
    event = event_today()
    delegate = make_registration(event, full_name="Nguyễn Thị Ánh", organization="KOTRA")
    staff = make_member(event, MemberRole.GATE)
    printed = visitor.holding(delegate).get(f"/registrations/{delegate.code}/badge.pdf")
    film = film_of(printed.data, tmp_path / "badge.mjpeg")

    page = gate_of(event, staff, film)

    welcome, again = answers(page, 2)
    assert "Welcome" in welcome
    assert "Nguyễn Thị Ánh" in welcome
    assert "Already inside" in again


PASSWORD = "cá rô phi đi xe đạp"


def sign_in_at_the_gate(page, event):
    staff = make_member(event, MemberRole.GATE, full_name="Lê Thị Hoa", language="vi")
    change_password(staff, PASSWORD)
    gate, email = f"/events/{event.slug}/check-in", staff.email
    db.session.commit()
    page.goto(gate)
    page.fill("input[type=email]", email)
    page.fill("input[type=password]", PASSWORD)
    page.press("input[type=password]", "Enter")
    page.wait_for_url(f"**{gate}")


def enter(page, code):
    page.fill("#presented", code)
    page.locator("form.gate__scan button[type=submit]").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_code_that_is_typed_is_admitted_then_already_inside_and_refused_once_cancelled(
    page, app, scripts
):
    event = event_today()
    make_registration(event, full_name="Nguyễn Thị Ánh", code="K7QM2X9D")
    absent = make_registration(event, full_name="Trần Văn Bình", code="B4CD5F6G")
    absent.status = RegistrationStatus.CANCELLED
    sign_in_at_the_gate(page, event)

    enter(page, "K7QM2X9D")
    expect(page.locator("#answer[data-kind=yes]")).to_contain_text("Nguyễn Thị Ánh")
    page.locator("#answer").click()
    enter(page, "K7QM2X9D")
    expect(page.locator("#answer[data-kind=look]")).to_contain_text("Lê Thị Hoa")
    expect(page.locator("#answer")).to_contain_text(re.compile(r"\d\d:\d\d"))
    page.locator("#answer").click()
    enter(page, "B4CD5F6G")
    expect(page.locator("#answer[data-kind=no]")).to_contain_text("Trần Văn Bình")


def test_hand_scanner_quicker_than_the_answers_loses_no_code_wherever_the_focus_is(page, app):
    event = event_today()
    names = ("Nguyễn Thị Ánh", "Trần Văn Bình", "Kim Min-jun")
    codes = ("K7QM2X9D", "B4CD5F6G", "N3PQ4R5S")
    for name, code in zip(names, codes, strict=True):
        make_registration(event, full_name=name, code=code)
    page.add_init_script(KEEP_ANSWERS)
    sign_in_at_the_gate(page, event)
    page.locator(".switch__part").first.click()
    expect(page.locator(".gate__scan[data-mounted=yes]")).to_be_visible()

    page.keyboard.type("".join(f"{code}\n" for code in codes))

    assert [name for name, told in zip(names, answers(page, 3), strict=True) if name in told] == [
        *names
    ]
