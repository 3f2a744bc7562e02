"""A day at a device's gates: the camera, delegations, rooms and meals, old phones, long shifts."""

import pytest
from playwright.sync_api import expect

from matchmaking.checkin.models import Gate
from matchmaking.checkin.verdicts import EntryRule
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from tests.checkin.scanning import event_today, token_of
from tests.checkin.uploading import assert_in_step, standing
from tests.factories.base import add
from tests.factories.registration import make_registration
from tests.journeys.phones import bring, enrolled, nothing_kept, offline, scan, waiting
from tests.journeys.test_gate import film_of

WITHOUT_ED25519 = """
if (isSecureContext) {
  const { importKey } = crypto.subtle;
  crypto.subtle.importKey = function (format, key, algorithm, ...more) {
    if (algorithm === "Ed25519") return Promise.reject(new DOMException("", "NotSupportedError"));
    return importKey.call(this, format, key, algorithm, ...more);
  };
}
"""
"""A browser some years old."""
AWAKE = "if (isSecureContext) navigator.wakeLock.request = async (what) => { window.awake = what; }"
LATER = "Date.now = ((now) => () => now() + %d * 3_600_000)(Date.now.bind(Date))"


@pytest.fixture
def event(app):
    return event_today(slug="han-quoc")


def choose(page, gate="", direction=""):
    if gate:
        page.select_option("#gate", gate)
    if direction:
        page.locator(".switch__part", has_text=direction).click()


def test_camera_of_the_device_reads_a_printed_badge_without_a_network_and_no_tap_between(
    event, venue, open_phone, visitor, tmp_path
):
    delegate = make_registration(event, full_name="Nguyễn Thị Ánh")
    printed = visitor.holding(delegate).get(f"/registrations/{delegate.code}/badge.pdf")
    film = film_of(printed.data, tmp_path / "badge.mjpeg")
    venue.open()
    phone = open_phone(
        "east",
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={film}",
    )
    phone.add_init_script(AWAKE)
    page, _ = enrolled(phone, event)
    page.context.set_offline(True)
    page.reload()

    expect(page.locator("#answer")).to_contain_text("Nguyễn Thị Ánh")
    expect(page.locator("#answer[data-shown=duplicate]")).to_be_visible()
    assert page.evaluate("window.awake") == "screen"


def test_delegation_enters_in_one_tap_leaves_and_comes_back_in_rapid_mode(event, venue, open_phone):
    people = [make_registration(event, delegation="Busan", full_name=f"Kim {n}o") for n in "abc"]
    tokens = [token_of(one) for one in people]
    venue.open()
    page, _ = enrolled(open_phone(), event)
    offline(page)

    page.fill("[data-search]", "busan")
    page.get_by_role("button", name="Admit all").click()
    waiting(page, 3)
    page.check("[data-rapid]")
    choose(page, direction="Out")
    expect(scan(page, tokens[0])).to_contain_text("Goodbye")
    choose(page, direction="In")
    for token, shown in ((tokens[0], "admitted"), (tokens[1], "duplicate")):
        expect(scan(page, token)).to_have_attribute("data-shown", shown)
    bring(page)

    kinds = sorted(kind for kind, _conflict in standing(event).values())
    assert kinds == ["admitted"] * 5 + ["duplicate"]
    assert_in_step(event)


def test_rooms_meals_gifts_and_counters_follow_their_own_rule_without_a_network(
    event, venue, open_phone
):
    names = (("A", "venue"), ("R", "room"), ("M", "daily"), ("G", "once"), ("C", "many"))
    for position, (code, rule) in enumerate(names):
        add(
            Gate(
                event_id=event.id,
                code=code,
                name=Bilingual(code),
                rule=EntryRule(rule),
                position=position,
            )
        )
    token = token_of(make_registration(event))
    venue.open()
    page, _ = enrolled(open_phone(), event)
    offline(page)

    for gate, direction, shown in (
        ("A", "In", "admitted"), ("R", "In", "admitted"), ("R", "In", "duplicate"),
        ("R", "Out", "admitted"), ("R", "In", "admitted"), ("M", "In", "admitted"),
        ("M", "In", "duplicate"), ("G", "In", "admitted"), ("G", "In", "duplicate"),
        ("C", "In", "admitted"), ("C", "In", "admitted"),
    ):  # fmt: skip
        choose(page, gate, direction)
        expect(scan(page, token)).to_have_attribute("data-shown", shown)
        page.locator("#answer").click()
    bring(page)

    assert (
        sorted(kind for kind, _ in standing(event).values()) == ["admitted"] * 8 + ["duplicate"] * 3
    )
    assert_in_step(event)


def test_browser_without_ed25519_still_tells_a_forged_badge_without_a_network(
    event, venue, open_phone
):
    token = token_of(make_registration(event))
    forged = token[:100] + ("A" if token[100] != "A" else "B") + token[101:]
    venue.open()
    old = open_phone()
    old.add_init_script(WITHOUT_ED25519)
    page, _ = enrolled(old, event)
    offline(page)

    expect(scan(page, forged)).to_contain_text("forged or damaged")
    expect(scan(page, token)).to_have_attribute("data-shown", "admitted")


def test_twelve_hours_without_a_network_stop_the_gate_and_the_end_of_a_shift_leaves_nothing(
    event, venue, open_phone
):
    token = token_of(make_registration(event))
    venue.open()
    phone = open_phone()
    page, _ = enrolled(phone, event)
    offline(page)
    expect(scan(page, token)).to_have_attribute("data-shown", "admitted")
    page.get_by_role("button", name="End the shift").click()
    expect(page.locator("[data-state=unsent]")).to_be_visible()

    phone.add_init_script(LATER % 11)
    page.reload()
    expect(page.locator("[data-state=open]")).to_be_visible()
    phone.add_init_script(LATER % 2)
    page.reload()
    expect(page.locator("[data-state=stale]")).to_be_visible()
    phone.add_init_script(LATER % (10 * 365 * 24))
    page.reload()
    expect(page.locator("[data-state=empty]")).to_be_visible()
    waiting(page, 1)
    bring(page)
    expect(page.locator("[data-state=open]")).to_be_visible()
    page.get_by_role("button", name="End the shift").click()
    expect(page.locator("[data-state=ended]")).to_be_visible()
    nothing_kept(page)
    db.session.rollback()
    assert [kind for kind, _ in standing(event).values()] == ["admitted"]
