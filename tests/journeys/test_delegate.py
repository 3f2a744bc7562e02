"""A delegate registers, gets the badge on the screen and by mail, and keeps the own page."""

import re

import pytest
from playwright.sync_api import expect

from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from tests.documents import paper
from tests.factories import make_event, make_session, make_ticket_type

PERSON = {
    "full_name": "Nguyễn Thị Ánh",
    "organization": "Sở Công Thương Thanh Hóa",
    "email": "anh@example.com",
    "phone": "0912 345 678",
}


@pytest.fixture
def event(app):
    event = make_event(slug="han-quoc")
    make_ticket_type(event, code="delegate", places=40)
    make_session(event, title=Bilingual("Phiên khai mạc", "Opening"))
    db.session.commit()
    return event


@pytest.fixture
def letter(mailbox):
    """Delivers what waits and opens the newest mail; the server may write again afterwards."""

    def newest():
        message = mailbox.newest()
        db.session.rollback()
        return message

    return newest


def attachments(message):
    return {
        part.get_content_type(): part.get_payload(decode=True)
        for part in message.iter_attachments()
    }


def register(page):
    page.goto("/events/han-quoc")
    page.get_by_role("link", name="Đăng ký").first.click()
    for field, text in PERSON.items():
        page.fill(f"#{field}", text)
    page.locator("button[value=next]").click()
    page.locator("label[for='ticket_type-0']").click()
    page.locator("label[for='processing']").click()
    page.locator("button[value=send]").click()
    page.wait_for_url("**/registrations/*")


def test_a_delegate_registers_and_comes_back_by_the_link_in_the_mail(page, event, letter):
    register(page)
    expect(page.locator(".pass__code")).to_be_visible()

    message = letter()
    sent = attachments(message)
    assert message["To"] == "anh@example.com"
    assert paper.codes(paper.pictures(sent["application/pdf"])[0]) != []
    assert "Gặp gỡ Hàn Quốc".encode() in sent["text/calendar"]
    link = re.search(r"http://[^/\s]+(/r/\S+)", message.get_body(("plain",)).get_content())[1]

    page.context.clear_cookies()
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nguyễn Thị Ánh")
    assert "/r/" not in page.url


def test_a_delegate_changes_a_detail_cancels_and_takes_it_back(page, event):
    register(page)
    page.get_by_role("link", name="Sửa thông tin").click()
    page.fill("#full_name", "Nguyễn Thị Ngọc Ánh")
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nguyễn Thị Ngọc Ánh")

    page.locator("form[action$='/cancel'] button").click()
    expect(page.locator(".pass__code")).to_have_count(0)
    page.locator("form[action$='/reinstate'] button").first.click()

    expect(page.locator(".pass__code")).to_be_visible()


@pytest.mark.parametrize("page", ["phone"], indirect=True)
@pytest.mark.parametrize("scripts", [False])
def test_a_delegate_registers_without_scripts(page, event, scripts):
    register(page)

    expect(page.locator(".pass__code")).to_be_visible()
