"""People whom a phone registers and badges it prints, with and without a network."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from matchmaking.core.database import db
from matchmaking.registration.models import Registration
from tests.checkin.scanning import event_today, token_of
from tests.checkin.uploading import assert_in_step, standing
from tests.documents import paper
from tests.factories import make_registration, make_ticket_type
from tests.journeys.phones import (
    DUMP,
    FALLING_IDS,
    bring,
    enrolled,
    offline,
    register,
    scan,
    waiting,
)


@pytest.fixture
def event(app):
    event = event_today(slug="han-quoc")
    make_ticket_type(event, code="guest")
    return event


PRINTER = """() => {
  let ask;
  const promise = new Promise((done) => (ask = done));
  window.print = ask;
  return { promise };
}"""


def printed(page, button="Print the badge"):
    """What the QR of the sheet says that goes to the printer."""
    asked = page.evaluate_handle(PRINTER)
    page.get_by_role("button", name=button).click()
    asked.evaluate("(asked) => asked.promise")
    [sheet] = paper.pictures(page.pdf(prefer_css_page_size=True, print_background=True))
    [text] = paper.codes(sheet)
    return text


def test_walk_in_without_a_network_is_let_in_printed_brought_and_known_to_others(
    event, venue, open_phone
):
    venue.open()
    page, _ = enrolled(open_phone(), event, name="east")
    other, _ = enrolled(open_phone(), event, name="west")
    offline(page)
    offline(other)
    page.evaluate(FALLING_IDS)

    answer = register(page, "Trần Thị Bưởi")
    expect(answer).to_have_attribute("data-shown", "check")
    expect(answer).to_contain_text("Registered at the gate")
    waiting(page, 2)
    answer.click()
    badge = printed(page)
    page.reload()
    waiting(page, 3)
    expect(scan(page, badge)).to_have_attribute("data-shown", "duplicate")
    expect(scan(other, badge)).to_have_attribute("data-shown", "check")
    forged = badge[:-1] + ("0" if badge[-1] != "0" else "1")
    expect(scan(other, forged)).to_have_attribute("data-shown", "refused")
    page.fill("[data-search]", "buoi")
    expect(page.locator("[data-found] .found__name")).to_have_text(["Trần Thị Bưởi"])
    told = page.evaluate(DUMP)
    assert [text for text in ("Bưởi", "Lam Sơn", badge) if text in told] == []

    bring(page)
    bring(other)
    guest = db.session.scalars(select(Registration)).one()
    assert (guest.full_name, guest.email, guest.source) == ("Trần Thị Bưởi", "", "walk_in")
    assert guest.badges[0].prints == 1
    assert sorted(standing(event).values()) == [
        ("admitted", False), ("duplicate", False), ("duplicate", True), ("refused", False),
    ]  # fmt: skip
    assert_in_step(event)
    expect(scan(page, token_of(guest))).to_have_attribute("data-shown", "duplicate")


def test_lost_provisional_badge_is_refused_at_every_gate_also_without_a_network(
    event, venue, open_phone
):
    venue.open()
    page, _ = enrolled(open_phone(), event, name="east")
    other, _ = enrolled(open_phone(), event, name="west")
    offline(page)
    register(page, "Trần Thị Bưởi").click()
    badge = printed(page)
    bring(page)

    assert printed(page, "Lost: end it, print a new one") != badge
    offline(other)
    bring(other)
    offline(other)

    for gate in (page, other):
        expect(scan(gate, badge)).to_contain_text("replaced by a newer one")


def test_walk_in_online_is_confirmed_at_once_or_waits_where_no_place_is_left(
    event, venue, open_phone
):
    make_ticket_type(event, code="full", places=0, position=9)
    venue.open()
    page, _ = enrolled(open_phone(), event)

    expect(register(page, "Trần Thị Bưởi")).to_have_attribute("data-shown", "admitted")
    page.locator("#answer").click()
    badge = printed(page)
    page.locator("summary", has_text="Not registered").click()
    page.fill("[name=full_name]", "Lê Văn Ổi")
    page.select_option("[name=ticket_type]", "full")
    page.get_by_role("button", name="Register and let in").click()

    expect(page.locator("#answer")).to_have_attribute("data-shown", "waits")
    expect(page.locator("#answer")).to_contain_text("no place is left")
    db.session.rollback()
    guests = {one.full_name: one for one in db.session.scalars(select(Registration))}
    assert guests["Lê Văn Ổi"].status == "waitlisted"
    assert badge == token_of(guests["Trần Thị Bưởi"])


def test_lost_badge_is_replaced_and_refused_at_every_gate_also_without_a_network(
    event, venue, open_phone
):
    delegate = make_registration(event, full_name="Kim Min-jun", organization="KOTRA")
    lost = token_of(delegate)
    venue.open()
    page, _ = enrolled(open_phone(), event)
    page.fill("[data-search]", "kotra")
    page.get_by_role("button", name="Badge Kim Min-jun").click()

    new = printed(page, "Lost: end it, print a new one")
    db.session.rollback()

    assert new == token_of(delegate) != lost
    waiting(page, 0)
    offline(page)
    expect(scan(page, lost)).to_contain_text("replaced by a newer one")
    expect(scan(page, new)).to_have_attribute("data-shown", "admitted")
