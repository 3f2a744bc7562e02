from datetime import UTC

import pytest

from matchmaking.companies.models import Side
from matchmaking.core.database import db
from matchmaking.events.models import Booth, MemberRole
from matchmaking.meetings.models import Interpreter, MeetingTable
from matchmaking.meetings.services import booking
from tests.factories import (
    make_company,
    make_event,
    make_interpreter,
    make_member,
    make_slots,
    make_tables,
    make_user,
)
from tests.factories.base import add
from tests.factories.events import at

LAN = {"full_name": "Lê Thị Lan", "languages": ["ko"], "email": "lan@example.com"}


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def organizer(browser_of, event):
    return browser_of(make_member(event))


def desk(event, path):
    return f"/organize/{event.slug}/{path}"


def booked_in_korean(event):
    """A meeting for which Lan interprets."""
    make_tables(event, 1)
    lan = make_interpreter(event)
    vietnamese = make_company(event, languages=["vi"], needs_interpreter=True)
    korean = make_company(event, side=Side.FOREIGN, languages=["ko"])
    return lan, booking.book((vietnamese, korean), make_slots(event)[0])


def test_a_table_is_put_out_of_use_and_back(organizer, event):
    (table,) = make_tables(event, 1)

    organizer.post(desk(event, f"tables/{table.id}/away"))
    assert "Out of use" in organizer.get(desk(event, "tables")).text
    organizer.post(desk(event, f"tables/{table.id}/use"))
    assert db.session.get(MeetingTable, table.id).is_usable


def test_a_table_with_meetings_stays_in_use(organizer, event):
    _lan, meeting = booked_in_korean(event)

    answer = organizer.post(desk(event, f"tables/{meeting.table_id}/away"))

    assert (answer.status_code, "Meetings are booked at table 1" in answer.text) == (409, True)


def test_a_booth_gets_one_table_of_its_own(organizer, event):
    make_tables(event, 2)
    booth = add(Booth(event_id=event.id, number="A12"))

    organizer.post(desk(event, "tables"), {"booth": str(booth.id)})
    table = db.session.query(MeetingTable).filter(MeetingTable.booth_id == booth.id).one()
    assert table.number == 3
    again = organizer.post(desk(event, "tables"), {"booth": str(booth.id)})
    assert (again.status_code, "Booth A12 has a table already" in again.text) == (422, True)


def test_an_interpreter_is_added_with_languages_and_hours(organizer, event):
    make_slots(event)
    code = at(event, "08:30").astimezone(UTC).strftime("%Y%m%dT%H%MZ")

    organizer.post(desk(event, "interpreters/new"), {**LAN, "hours": [code]})

    lan = db.session.query(Interpreter).one()
    assert (lan.full_name, lan.languages) == ("Lê Thị Lan", ["ko"])
    assert [(row.starts_at, row.ends_at) for row in lan.hours] == [
        (at(event, "08:30"), at(event, "09:00"))
    ]
    page = organizer.get(desk(event, "interpreters")).text
    assert "08:30–09:00" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"full_name": ""}, "Write the name."),
        ({"full_name": "L" * 5000}, "Shorten this to 120 letters"),
        ({"languages": []}, "Choose at least one language."),
        ({"email": "lan@"}, "Enter an e-mail address"),
        ({"hours": ["midnight"]}, "hours"),
    ],
)
def test_a_wrong_interpreter_is_refused_beside_the_field(organizer, event, wrong, sentence):
    answer = organizer.post(desk(event, "interpreters/new"), {**LAN, **wrong})

    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert db.session.query(Interpreter).count() == 0


def test_an_interpreter_is_changed_and_removed(organizer, event):
    lan = make_interpreter(event)

    organizer.post(desk(event, f"interpreters/{lan.id}"), {**LAN, "languages": ["ko", "ja"]})
    assert db.session.get(Interpreter, lan.id).languages == ["ko", "ja"]
    organizer.post(desk(event, f"interpreters/{lan.id}/remove"))
    assert db.session.query(Interpreter).count() == 0


def test_an_interpreter_booked_for_a_meeting_keeps_what_it_needs(organizer, event):
    lan, _meeting = booked_in_korean(event)

    changed = organizer.post(desk(event, f"interpreters/{lan.id}"), {**LAN, "languages": ["ja"]})
    removed = organizer.post(desk(event, f"interpreters/{lan.id}/remove"))

    assert (changed.status_code, removed.status_code) == (422, 409)
    assert "without an interpreter" in changed.text
    assert db.session.get(Interpreter, lan.id).languages == ["ko"]


def test_a_removed_interpreter_leaves_cancelled_meetings_behind(organizer, event):
    lan, meeting = booked_in_korean(event)
    booking.cancel(meeting)

    assert organizer.post(desk(event, f"interpreters/{lan.id}/remove")).status_code == 302


def test_viewers_look_and_strangers_do_not(browser_of, event):
    viewer = browser_of(make_member(event, MemberRole.VIEWER))
    lan = make_interpreter(event)

    for path in ("tables", "interpreters"):
        assert viewer.get(desk(event, path)).status_code == 200
        assert browser_of(make_user()).get(desk(event, path)).status_code == 404
    assert viewer.post(desk(event, f"interpreters/{lan.id}/remove")).status_code == 404
    assert viewer.get(desk(event, "interpreters/new")).status_code == 404


@pytest.mark.parametrize("path", ["tables", "interpreters"])
def test_the_lists_ask_as_much_for_three_rows_as_for_one(path, organizer, event, count_queries):
    asked = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            add(MeetingTable(event_id=event.id, number=number))
            make_interpreter(event)
        with count_queries() as counted:
            organizer.get(desk(event, path))
        asked.append(counted.total)

    assert asked[0] == asked[1]
