"""Arrivals against expectation, and VIPs, on the organizer's page."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import delete

from matchmaking.checkin.arriving import SHARES, expected_by, expected_curve, side_by_side
from matchmaking.checkin.models import Direction
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.events.models import EventMember, MemberRole
from tests.checkin.scanning import scan
from tests.checkin.uploading import EAST, WEST, offline, upload
from tests.factories.accounts import make_member
from tests.factories.events import make_session
from tests.factories.registration import make_registration, make_ticket_type

NINE = datetime(2026, 11, 21, 2, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    """No test runs over midnight."""
    noon = datetime.combine(clock.now().astimezone(clock.HOME), time(12), clock.HOME)
    monkeypatch.setattr(clock, "now", lambda: noon)
    monkeypatch.setattr(clock, "exact", lambda: noon)
    return noon


@pytest.fixture
def editor(event):
    return make_member(event, MemberRole.EDITOR, full_name="Lê Thị Hoa")


@pytest.fixture
def desk(editor, browser_of):
    return browser_of(editor)


def path(event, what=""):
    return f"/organize/{event.slug}/check-in{what}"


def squeezed(answer):
    return " ".join(answer.text.split())


def test_expected_curve_adds_up_and_most_come_before_the_first_session():
    assert sum(SHARES) == 100
    for count in (1, 7, 600, 35_000):
        curve = expected_curve(count, NINE)
        assert sum(curve.values()) == count
        assert expected_by(curve, NINE) == count * 70 // 100
        assert expected_by(curve, NINE + timedelta(hours=1)) == count
    assert min(expected_curve(600, NINE + timedelta(minutes=7))) == NINE - 6 * QUARTER
    assert expected_curve(600, None) == {}


def test_quarters_without_arrivals_are_shown_too():
    assert side_by_side([], {}) == []
    assert side_by_side([], {NINE: 3, NINE + 2 * QUARTER: 1}) == [
        (NINE, 0, 3), (NINE + QUARTER, 0, 0), (NINE + 2 * QUARTER, 0, 1),
    ]  # fmt: skip


def test_arrivals_of_a_day_are_counted_once_by_gate_and_ticket_type(event, desk, noon):
    guests, press = make_ticket_type(event, code="guest"), make_ticket_type(event, code="press")
    make_session(event, "23:00", "23:30", day=1)
    people = [make_registration(ticket_type=guests) for _ in range(3)]
    early = make_registration(ticket_type=press)
    scan(people[0], gate="A")
    scan(people[0], gate="A", direction=Direction.EXIT)
    scan(people[0], gate="B")
    scan(people[1], gate="B")
    scan(early, gate="A")
    today = noon.date()

    page = squeezed(desk.get(path(event)))
    assert '3</a> <span class="stat__of">/ 4</span>' in page
    assert "2 / 3" in page
    assert "1 / 1" in page
    assert "expected" in page
    only_b = squeezed(desk.get(path(event, f"/live?day={today}&gate=B")))
    assert ">1</a>" in only_b
    assert "stat__of" not in only_b
    assert "2 / 3" in squeezed(desk.get(path(event, f"/live?day={today}&ticket=guest")))
    before = squeezed(desk.get(path(event, f"/live?day={event.starts_on}")))
    assert '0</a> <span class="stat__of">/ 4</span>' in before


@pytest.mark.parametrize(
    "asked", ["day=x", "day=9999-12-31", "day=0001-01-01", "gate=%F0%9F%8E%89&ticket=9"]
)
def test_values_of_the_address_that_make_no_sense_filter_nothing_or_find_nobody(event, desk, asked):
    for what in ("", "/live", "/people", "/scans", "/people.xlsx", "/scans.xlsx"):
        assert desk.get(path(event, f"{what}?{asked}&verdict=x&where=y&page=z")).status_code == 200


@pytest.fixture
def vip(event):
    kind = make_ticket_type(event, code="vip", badge_type="vip")
    return make_registration(ticket_type=kind, full_name="Kim Min-jun")


def test_vip_is_shown_at_once_and_whoever_receives_them_is_named(event, desk, vip, noon):
    scan(make_registration(event))
    assert "VIPs to be received" not in desk.get(path(event)).text
    scan(vip)

    live = desk.get(path(event, "/live"))
    assert "VIP arrived: Kim Min-jun" in live.text
    assert "I receive Kim Min-jun" in live.text
    assert "1 VIP waits to be received" in desk.get(f"/organize/{event.slug}").text
    day = noon.date()
    received = path(event, f"/vips/{vip.code}")
    assert desk.post(received, {"day": day}).status_code == 303
    assert desk.post(received, {"day": day}).status_code == 303

    page = desk.get(path(event)).text
    assert "VIPs received" in page
    assert "Received by Lê Thị Hoa" in page
    assert "VIPs to be received" not in page
    assert "I receive Kim Min-jun" not in page
    assert "VIP arrived" not in page
    assert "waits to be received" not in desk.get(f"/organize/{event.slug}").text


def test_vip_who_goes_out_and_comes_back_is_one_arrival_a_day_whatever_comes_late(event, desk, vip):
    scan(vip)
    scan(vip, direction=Direction.EXIT)
    scan(vip)
    upload(event, WEST, [offline(vip, minutes_ago=5, gate="W")])

    page = desk.get(path(event)).text
    assert page.count("I receive Kim Min-jun") == 1


def test_latest_vip_stands_first(event, desk, vip):
    other = make_registration(ticket_type=vip.ticket_type, full_name="Park Ji-won")
    upload(event, EAST, [offline(vip, minutes_ago=4), offline(other, minutes_ago=3)])

    page = desk.get(path(event)).text
    assert page.index("I receive Park Ji-won") < page.index("I receive Kim Min-jun")


def test_mail_about_a_vip_goes_once_a_day_to_those_who_asked_and_still_work_here(
    event, desk, editor, vip, browser_of, mailbox
):
    former, weary = (make_member(event, MemberRole.VIEWER) for _ in range(2))
    watchers = path(event, "/vips/watchers")
    for browser in (desk, browser_of(former), browser_of(weary)):
        assert browser.post(watchers, {"wants": "yes"}).status_code == 303
    browser_of(weary).post(watchers, {"wants": ""})
    db.session.execute(delete(EventMember).where(EventMember.user_id == former.id))
    assert "No more mail when a VIP arrives" in desk.get(path(event)).text

    scan(make_registration(event))
    scan(vip)
    scan(vip, direction=Direction.EXIT)
    scan(vip)

    db.session.commit()
    mail = mailbox.newest_text()
    assert [str(one["To"]) for one in mailbox.messages] == [editor.email]
    assert "VIP arrived: Kim Min-jun" in mailbox.newest()["Subject"]
    assert path(event) in mail
