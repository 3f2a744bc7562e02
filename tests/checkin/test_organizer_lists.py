"""Who is inside, who was in which room, and every scan, on the screen and in Excel."""

import pytest

from matchmaking.checkin.models import Direction, Gate
from matchmaking.checkin.verdicts import EntryRule
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.spreadsheets import read_rows
from matchmaking.events.models import MemberRole
from tests.checkin.scanning import event_today, scan
from tests.checkin.uploading import EAST, WEST, offline, upload
from tests.factories.accounts import make_member, make_user
from tests.factories.base import add
from tests.factories.registration import make_registration, make_ticket_type


@pytest.fixture
def desk(event, browser_of):
    return browser_of(make_member(event, MemberRole.VIEWER))


@pytest.fixture
def crowd(event):
    """Ánh is inside and in room B; Bình left it all; Cường has not come."""
    kind = make_ticket_type(event, code="guest")
    room = Gate(event_id=event.id, code="B", name=Bilingual("Phòng B"), rule=EntryRule.ROOM)
    add(room)
    names = ("Nguyễn Thị Ánh", "Trần Văn Bình", "Lê Cường")
    people = [make_registration(ticket_type=kind, full_name=name) for name in names]
    for one in people[:2]:
        scan(one)
        scan(one, gate="B")
    scan(people[1], gate="B", direction=Direction.EXIT)
    scan(people[1], direction=Direction.EXIT)
    return people


def path(event, what=""):
    return f"/organize/{event.slug}/check-in/{what}"


def names_in(answer):
    return [row[0] for row in read_rows(answer.data)[1:]]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["Nguyễn Thị Ánh"]),
        ("zone=B", ["Nguyễn Thị Ánh"]),
        ("where=came", ["Nguyễn Thị Ánh", "Trần Văn Bình"]),
        ("where=came&zone=B&q=binh", ["Trần Văn Bình"]),
        ("where=came&day=2020-01-01", []),
        ("where=missing", ["Lê Cường"]),
        ("where=missing&ticket=other", []),
    ],
)
def test_who_is_inside_who_came_and_who_is_missing_in_any_room(event, desk, crowd, asked, names):
    page = desk.get(path(event, f"people?{asked}"))

    assert [one.full_name for one in crowd if one.full_name in page.text] == names
    assert names_in(desk.get(path(event, f"people.xlsx?{asked}"))) == names


def test_stays_tell_when_somebody_came_and_left(event, desk, crowd):
    rows = read_rows(desk.get(path(event, "people.xlsx?where=came&zone=B")).data)

    assert rows[0][-3:] == ["First in", "Last out", "Inside now"]
    anh, binh = rows[1:]
    assert (bool(anh[-3]), bool(anh[-2]), anh[-1]) == (True, False, "yes")
    assert (bool(binh[-3]), bool(binh[-2]), binh[-1]) == (True, True, "no")
    assert "Inside now: 1." in desk.get(path(event, "people?zone=B")).text


def test_scans_are_listed_as_they_count_now_and_filtered(event, desk, crowd):
    scan(crowd[0], "hello")
    upload(event, EAST, [offline(crowd[2], minutes_ago=5, gate="E")])
    upload(event, WEST, [offline(crowd[2], minutes_ago=8, gate="W")])

    page = " ".join(desk.get(path(event, "scans")).text.split())
    assert "9 scans" in page
    assert "Answered then: Admitted" in page
    assert "not a badge of this system" in desk.get(path(event, "scans?verdict=refused")).text
    assert "Nobody known" in desk.get(path(event, "scans?verdict=refused")).text
    assert "2 scans" in desk.get(path(event, "scans?q=cuong")).text
    assert "1 scan" in desk.get(path(event, "scans?gate=W&ticket=guest")).text
    assert "No scan is like that" in desk.get(path(event, "scans?day=2020-01-01")).text


def test_workbook_of_scans_holds_time_gate_device_verdict_and_no_living_formula(event, desk):
    bad = make_registration(event, full_name="=HYPERLINK(1)", organization="+cmd|x")
    later = offline(bad, minutes_ago=5, gate="W")
    upload(event, EAST, [offline(bad, minutes_ago=9, gate="E")])
    upload(event, WEST, [later])

    answer = desk.get(path(event, "scans.xlsx?gate=W"))
    heads, row = read_rows(answer.data)
    told = dict(zip(heads, row, strict=True))
    at = later.scanned_at.astimezone(event.zone)

    assert answer.headers["Content-Disposition"].endswith(f"{event.slug}-scans.xlsx")
    assert told["Time"] == f"{at:%H:%M:%S}"
    assert (told["Gate"], told["Device"], told["Name"], told["Organization"]) == (
        "W", WEST.name, "=HYPERLINK(1)", "+cmd|x",
    )  # fmt: skip
    assert (told["Answered"], told["Counts as"]) == ("Repeated", "Repeated")
    assert b"<f>" not in answer.data


def test_lists_ask_the_database_as_often_for_three_as_for_one(event, desk, count_queries):
    totals = []
    for count in (1, 2):
        for _more in range(count):
            scan(make_registration(event), scanned_by=make_user())
        for what in ("people?where=came", "scans"):
            desk.get(path(event, what))
            with count_queries() as counted:
                desk.get(path(event, what))
            totals.append(counted.total)

    assert totals[:2] == totals[2:]


def test_gate_staff_and_strangers_see_no_lists(event, gate, browser_of, visitor):
    other = browser_of(make_member(event_today(), MemberRole.OWNER))
    vip = make_registration(event)
    for what in ("people", "scans", "people.xlsx", "scans.xlsx", "live"):
        assert gate.get(path(event, what)).status_code == 404
        assert other.get(path(event, what)).status_code == 404
        assert visitor.get(path(event, what)).status_code == 303
    viewer = browser_of(make_member(event, MemberRole.VIEWER))
    for browser in (gate, other, viewer):
        answer = browser.post(path(event, f"vips/{vip.code}"), {"day": "2026-01-01"})
        assert answer.status_code == 404


def test_vip_is_received_on_a_day_that_exists(event, browser_of):
    editor = browser_of(make_member(event, MemberRole.EDITOR))
    vip = make_registration(event)

    assert editor.post(path(event, f"vips/{vip.code}"), {"day": "31/02"}).status_code == 400
    assert editor.post(path(event, "vips/NOBODY22"), {"day": "2026-01-01"}).status_code == 404
