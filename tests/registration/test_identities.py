import pytest

from matchmaking.core import clock, jobs
from matchmaking.core.audit import history_of
from matchmaking.core.database import db
from matchmaking.core.spreadsheets import read_rows
from matchmaking.events.models import MemberRole
from matchmaking.registration.models import Attendance
from matchmaking.registration.services.consents import consents_of
from matchmaking.registration.services.forgetting import forgotten_at
from tests.factories import make_event, make_member, make_registration, make_ticket_type

PATH = "/registrations/K7QM2X9D/identity"
NUMBER = "038189001234"
GIVEN = {"kind": "citizen_id", "number": "038 189 001 234", "agreed": "y"}


@pytest.fixture
def event(app):
    return make_event(slug="hoi-cho", security_list=True)


@pytest.fixture
def delegate(event):
    ticket_type = make_ticket_type(event, attendances=["in_person", "online"])
    return make_registration(ticket_type=ticket_type, code="K7QM2X9D")


def test_the_number_is_sealed_masked_and_deleted_some_time_after_the_event(
    visitor, event, delegate, monkeypatch
):
    mine = visitor.holding(delegate)
    assert "needed" in mine.get("/registrations/K7QM2X9D").text
    mine.post(PATH, GIVEN)
    page = mine.get(PATH).text

    assert "•••••••••234" in page
    assert NUMBER not in page
    assert NUMBER not in delegate.identity
    assert [one.purpose for one in consents_of(delegate)] == ["security_list"]
    due = forgotten_at(event)
    monkeypatch.setattr(clock, "now", lambda: due)
    jobs.run_due()
    assert delegate.identity == ""


def test_taking_it_back_deletes_the_number_and_ends_the_consent(visitor, delegate):
    mine = visitor.holding(delegate)
    mine.post(PATH, GIVEN)
    mine.post(f"{PATH}/remove")

    assert delegate.identity == ""
    assert consents_of(delegate) == []


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("citizen_id", "12345"),
        ("passport", "ABCDE"),
        ("passport", "C1"),
        ("passport", "🎉" * 9),
        ("face", "C1234567"),
    ],
)
def test_a_number_that_cannot_be_right_is_refused_beside_its_field(visitor, delegate, kind, number):
    answer = visitor.holding(delegate).post(PATH, {**GIVEN, "kind": kind, "number": number})

    assert answer.status_code == 422
    assert "-error" in answer.text
    assert delegate.identity == ""


def test_without_a_yes_to_this_use_nothing_is_kept(visitor, delegate):
    answer = visitor.holding(delegate).post(PATH, {**GIVEN, "agreed": ""})

    assert (answer.status_code, delegate.identity) == (422, "")


def test_events_without_a_list_ask_nobody(visitor):
    event = make_event(slug="khac")
    delegate = make_registration(event, code="K7QM2X9D")

    assert visitor.holding(delegate).get(PATH).status_code == 404
    assert visitor.post(PATH, GIVEN).status_code == 404
    owner = visitor.signed_in_as(make_member(event, role=MemberRole.OWNER))
    assert owner.get("/organize/khac/security-list").status_code == 404
    assert owner.post("/organize/khac/security-list").status_code == 404


def test_owners_take_the_list_out_with_its_numbers_and_the_history_says_so(
    visitor, browser_of, event, delegate
):
    visitor.holding(delegate).post(PATH, GIVEN)
    make_registration(ticket_type=delegate.ticket_type, attendance=Attendance.ONLINE)
    make_registration(ticket_type=delegate.ticket_type, full_name="Bùi Văn Ất")
    owner = browser_of(make_member(event, role=MemberRole.OWNER))

    page = owner.get("/organize/hoi-cho/security-list").text
    answer = owner.post("/organize/hoi-cho/security-list")

    assert "•••••••••234" in page
    assert NUMBER not in page
    assert answer.headers["Cache-Control"] == "no-store"
    assert [(row[0], row[-1]) for row in read_rows(answer.data)[1:]] == [
        ("Nguyễn Thị Ánh", NUMBER),
        ("Bùi Văn Ất", ""),
    ]
    assert [line.details for line in history_of(event)] == [{"count": 2}]


def test_editors_see_who_gave_a_number_and_take_nothing_out(browser_of, event, delegate):
    editor = browser_of(make_member(event, role=MemberRole.EDITOR))

    page = editor.get("/organize/hoi-cho/security-list").text

    assert "missing" in page
    assert "Take out" not in page
    assert editor.post("/organize/hoi-cho/security-list").status_code == 404


def test_a_number_sealed_with_a_lost_key_is_asked_for_again(visitor, delegate):
    delegate.identity = "bm90IHNlYWxlZCBoZXJl" * 3
    db.session.commit()

    assert "We have" not in visitor.holding(delegate).get(PATH).text
