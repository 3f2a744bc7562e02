"""Delegates check themselves in; nobody else's name is to be found there."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from matchmaking.checkin.models import Scan
from matchmaking.core.database import db
from tests.checkin.scanning import event_today, token_of
from tests.factories import make_registration
from tests.journeys.phones import KEEP_ANSWERS, answers, enrolled, offline, scan
from tests.ops.installation import wait_until

COUNT_PRINTS = "window.prints = 0; window.print = () => { window.prints += 1 };"
"""In place of the browser's own dialogue."""

A_MINUTE_LATER = "Date.now = ((now) => () => now() + 61_000)(Date.now.bind(Date))"


@pytest.fixture
def event(app):
    return event_today(slug="han-quoc")


def kiosk_of(context, event):
    context.add_init_script(COUNT_PRINTS + KEEP_ANSWERS)
    page, _ = enrolled(context, event)
    page.fill("[data-search]", "min-jun")
    page.locator("summary", has_text="Self check-in").click()
    page.fill("#pin-new", "2468")
    page.get_by_role("button", name="Begin self check-in").click()
    expect(page.get_by_text("Hold the QR code of your letter")).to_be_visible()
    return page


def test_delegate_is_greeted_in_their_language_and_gets_a_badge_with_and_without_a_network(
    event, venue, open_phone
):
    kim = make_registration(event, full_name="Kim Min-jun", language="en")
    anh = make_registration(event, full_name="Nguyễn Thị Ánh", language="vi")
    token, other, stranger = token_of(kim), token_of(anh), "https://example.com"
    venue.open()
    page = kiosk_of(open_phone(), event)

    answer = scan(page, token)
    expect(answer).to_have_attribute("lang", "en")
    expect(answer).to_have_class("answer answer--none")
    expect(answer).to_be_empty()
    assert "Welcome! Kim Min-jun Your badge is being printed" in answers(page, 1)[0]
    wait_until(lambda: page.evaluate("window.prints") == 1)
    offline(page)
    for number, text in enumerate((other, other, stranger), 1):
        scan(page, text)
        answers(page, number)
    greeted, again, refused = answers(page, 3)
    assert "Kính chào Quý vị! Nguyễn Thị Ánh" in greeted
    assert "Quý vị đã check-in rồi" in again
    assert "Please come to the desk" in refused
    wait_until(lambda: page.evaluate("window.prints") == 1)

    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 1
    db.session.refresh(kim.badges[0])
    assert kim.badges[0].prints == 1


def test_only_the_pin_leads_out_of_self_check_in_also_after_a_reload(event, venue, open_phone):
    make_registration(event, full_name="Kim Min-jun")
    venue.open()
    page = kiosk_of(open_phone(), event)

    for _ in range(2):
        expect(page.locator("[data-search]")).to_be_hidden()
        expect(page.get_by_text("Kim Min-jun")).to_have_count(0)
        expect(page.get_by_role("button", name="End the shift")).to_be_hidden()
        page.reload()
        expect(page.get_by_text("Hold the QR code of your letter")).to_be_visible()

    offline(page)
    page.locator("summary", has_text="Staff").click()
    for pin, words in (*[("0000", "not the PIN")] * 4, ("0000", "Wait"), ("2468", "Wait")):
        page.fill("#pin", pin)
        page.get_by_role("button", name="End self check-in").click()
        if pin == "0000":
            expect(page.locator("#pin")).to_have_value("")
        expect(page.locator("[data-kiosk-told]")).to_have_text(re.compile(words))
    page.evaluate(A_MINUTE_LATER)
    page.fill("#pin", "2468")
    page.get_by_role("button", name="End self check-in").click()
    expect(page.locator("[data-search]")).to_be_visible()
