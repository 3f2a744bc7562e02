"""What a phone does when its storage is full, it is opened twice, or the server says no."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import delete, select

from matchmaking.core.database import db
from matchmaking.registration.models import Registration, TicketType
from tests.checkin.scanning import event_today, token_of
from tests.checkin.uploading import assert_in_step, standing
from tests.factories import make_registration, make_ticket_type
from tests.journeys.phones import FALLING_IDS, bring, enrolled, offline, register, scan, waiting

FILLING = """
window.isFull = false;
for (const name of ["add", "put"]) {
  const { [name]: write } = IDBObjectStore.prototype;
  IDBObjectStore.prototype[name] = function (...content) {
    const asked = write.apply(this, content);
    asked.addEventListener("success", () => window.isFull && this.transaction.abort());
    return asked;
  };
}
"""
"""A browser whose storage can be full: a step that writes is then undone at its end."""

TWO_CAMERAS = """
const { getCapabilities, applyConstraints } = MediaStreamTrack.prototype;
const hasLight = (track) => track.label.includes("device_1");
MediaStreamTrack.prototype.getCapabilities = function () {
  return { ...getCapabilities.call(this), ...(hasLight(this) ? { torch: true } : {}) };
};
MediaStreamTrack.prototype.applyConstraints = async function (wanted) {
  window.light = wanted.advanced?.[0].torch;
};
window.asked = 0;
if (isSecureContext) navigator.wakeLock.request = async () => { window.asked += 1; };
"""
"""A phone with two cameras, of which the second has a light."""

AWAY = """(isAway) => {
  Object.defineProperty(document, "hidden", { get: () => isAway, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def event(app):
    return event_today(slug="han-quoc")


def test_what_cannot_be_written_down_is_not_admitted_and_goes_on_once_there_is_room(
    event, venue, open_phone
):
    tokens = [token_of(make_registration(event)) for _ in range(2)]
    make_ticket_type(event, code="guest")
    venue.open()
    phone = open_phone()
    phone.add_init_script(FILLING)
    page, _ = enrolled(phone, event)
    offline(page)
    expect(scan(page, tokens[0])).to_have_attribute("data-shown", "admitted")

    page.evaluate("window.isFull = true")
    expect(scan(page, tokens[1])).to_have_attribute("data-shown", "unkept")
    expect(page.locator("#answer")).to_contain_text("storage is full")
    expect(page.locator("[data-full]")).to_be_visible()
    waiting(page, 1)
    page.locator("#answer").click()
    expect(register(page, "Trần Thị Bưởi")).to_have_attribute("data-shown", "unkept")
    expect(page.locator("[name=full_name]")).to_have_value("Trần Thị Bưởi")
    waiting(page, 1)

    page.evaluate("window.isFull = false")
    expect(scan(page, tokens[1])).to_have_attribute("data-shown", "admitted")
    expect(page.locator("[data-full]")).to_be_hidden()
    waiting(page, 2)
    bring(page)
    assert [kind for kind, _ in standing(event).values()] == ["admitted"] * 2


def test_only_one_window_scans_and_the_next_knows_what_it_scanned(event, venue, open_phone):
    token = token_of(make_registration(event))
    venue.open()
    page, _ = enrolled(open_phone(), event)
    offline(page)
    expect(scan(page, token)).to_have_attribute("data-shown", "admitted")

    other = page.context.new_page()
    other.goto("/events/han-quoc/gate")
    expect(page.locator("[data-state=elsewhere]")).to_be_visible()
    expect(page.locator("#presented")).to_be_hidden()
    expect(scan(other, token)).to_have_attribute("data-shown", "duplicate")
    waiting(other, 2)
    page.get_by_role("button", name="Go on here").click()
    expect(other.locator("[data-state=elsewhere]")).to_be_visible()
    expect(page.locator("[data-state=open]")).to_be_visible()
    bring(page)

    assert sorted(kind for kind, _ in standing(event).values()) == ["admitted", "duplicate"]
    assert_in_step(event)


def test_registrations_come_in_the_order_they_were_made(event, venue, open_phone):
    make_ticket_type(event, code="guest", places=1)
    venue.open()
    page, _ = enrolled(open_phone(), event)
    offline(page)
    page.evaluate(FALLING_IDS)

    for name in ("Trần Thị Bưởi", "Lê Văn Ổi"):
        expect(register(page, name)).to_have_attribute("data-shown", "check")
        page.locator("#answer").click()
    bring(page)

    found = db.session.execute(select(Registration.full_name, Registration.status))
    assert dict(found.all()) == {"Trần Thị Bưởi": "confirmed", "Lê Văn Ổi": "waitlisted"}


def test_registration_that_the_server_refuses_is_shown_until_somebody_noted_it(
    event, venue, open_phone
):
    make_ticket_type(event, code="guest")
    venue.open()
    page, _ = enrolled(open_phone(), event)
    offline(page)
    expect(register(page, "Trần Thị Bưởi")).to_have_attribute("data-shown", "check")
    page.locator("#answer").click()
    db.session.execute(delete(TicketType))
    db.session.commit()

    bring(page)
    page.reload()
    refusals = page.locator("[data-refusals]")
    expect(refusals).to_contain_text("Trần Thị Bưởi")
    expect(refusals).to_contain_text("no ticket type")
    page.get_by_role("button", name="End the shift").click()
    expect(page.locator("[data-state=open]")).to_be_visible()
    page.get_by_role("button", name="Noted").click()
    expect(refusals).to_be_hidden()

    assert [kind for kind, _ in standing(event).values()] == ["refused"]


def test_light_is_offered_where_there_is_one_and_the_chosen_camera_is_remembered(
    event, venue, open_phone
):
    venue.open()
    phone = open_phone(
        "east",
        "--use-fake-device-for-media-stream=device-count=2",
        "--use-fake-ui-for-media-stream",
    )
    phone.add_init_script(TWO_CAMERAS)
    page, _ = enrolled(phone, event)
    light, cameras = page.locator("[data-torch]"), page.locator("[data-cameras]")

    expect(cameras.locator("option")).to_have_count(2)
    second = cameras.locator("option", has_text="device_1").get_attribute("value")
    expect(light).to_be_hidden()
    cameras.select_option(second)
    expect(light).to_be_visible()
    page.reload()
    expect(light).to_be_visible()
    expect(cameras).to_have_value(second)
    for on in (True, False):
        light.click()
        expect(light).to_have_attribute("aria-pressed", str(on).lower())
        assert page.evaluate("window.light") is on

    asked = page.evaluate("window.asked")
    page.evaluate(AWAY, True)
    assert page.evaluate("window.asked") == asked
    page.evaluate(AWAY, False)
    assert page.evaluate("window.asked") == asked + 1
