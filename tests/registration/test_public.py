import unicodedata
from datetime import timedelta

import pytest
import sqlalchemy as sa

from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.core.outbox import OutgoingMail
from matchmaking.events.models import EventStatus
from matchmaking.registration.models import Registration, RegistrationStatus
from tests.factories import make_event, make_registration, make_ticket_type

WHO = {
    "full_name": "Nguyễn Thị Ánh",
    "organization": "Sở Công Thương",
    "email": "anh@example.com",
    "phone": "0912 345 678",
}
WHAT = {
    "ticket_type": "delegate",
    "language": "vi",
    "country": "VN",
    "processing": "y",
    "go": "send",
}


@pytest.fixture
def event(app):
    return make_event(slug="han-quoc")


@pytest.fixture
def ticket_type(event):
    return make_ticket_type(event, code="delegate", places=2)


def register(visitor, **values):
    return visitor.post("/events/han-quoc/register", {**WHO, **WHAT, **values})


def registrations():
    return list(db.session.scalars(sa.select(Registration)))


def letters():
    return list(db.session.scalars(sa.select(OutgoingMail.letter)))


def test_the_first_screen_asks_four_things_and_the_second_shows_the_places(visitor, ticket_type):
    first = visitor.get("/events/han-quoc/register").text
    second = visitor.post("/events/han-quoc/register", {**WHO, "go": "next"}).text

    assert all(f'name="{name}"' in first for name in WHO)
    assert "2 places left" in second
    assert 'value="Nguyễn Thị Ánh"' in second
    assert " checked" not in second.split("Your consent")[1]


def test_going_back_keeps_both_screens(visitor, ticket_type):
    answer = visitor.post(
        "/events/han-quoc/register", {**WHO, **WHAT, "photo": "y", "go": "back"}
    ).text

    assert 'value="Nguyễn Thị Ánh"' in answer
    assert '<input type="hidden" name="photo" value="y">' in answer


def test_registering_leads_to_the_own_page_and_queues_the_letter(visitor, ticket_type):
    answer = register(visitor, photo="y")

    registration = registrations()[0]
    assert answer.status_code == 302
    assert answer.location == f"/registrations/{registration.code}"
    assert (registration.full_name, registration.phone) == ("Nguyễn Thị Ánh", "+84912345678")
    assert letters() == ["registration_confirmed"]


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("full_name", "", "Write the name as it should stand on the badge."),
        ("full_name", "🎉🎉", "at least two letters"),
        ("full_name", "n" * 5000, "120 letters or fewer"),
        ("organization", "x" * 5000, "200 letters or fewer"),
        ("email", "anh@", "This is not an e-mail address"),
        ("phone", "12", "This is not a telephone number"),
    ],
)
def test_what_is_wrong_on_the_first_screen_is_said_there_with_everything_kept(
    visitor, ticket_type, field, text, sentence
):
    answer = register(visitor, **{field: text})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'href="#{field}"' in answer.text
    assert 'value="Sở Công Thương"' in answer.text or field == "organization"
    assert registrations() == []


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("ticket_type", "Choose as what you take part."),
        ("processing", "Tick this box to register"),
    ],
)
def test_what_is_missing_on_the_second_screen_is_said_there(visitor, ticket_type, field, sentence):
    answer = register(visitor, **{field: ""})

    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'value="anh@example.com"' in answer.text


@pytest.mark.parametrize("field", ["ticket_type", "language", "country", "attendance"])
def test_nonsense_in_a_choice_is_refused_beside_it(visitor, event, ticket_type, field):
    ticket_type.attendances = ["in_person", "online"]

    assert register(visitor, **{"attendance": "online", field: "🎉"}).status_code == 422


def test_a_decomposed_name_is_composed(visitor, ticket_type):
    register(visitor, full_name=unicodedata.normalize("NFD", "Nguyễn Thị Ánh"))

    assert registrations()[0].full_name == "Nguyễn Thị Ánh"


def test_who_comes_second_to_the_last_place_keeps_all_and_sees_what_is_free(visitor, event):
    make_ticket_type(event, code="delegate", places=0)
    make_ticket_type(event, code="guest", places=7)

    answer = register(visitor)

    assert answer.status_code == 409
    assert "There are no places left of this kind" in answer.text
    assert "7 places left" in answer.text
    assert 'value="anh@example.com"' in answer.text


def test_a_full_ticket_type_with_a_waiting_list_says_so_and_queues(visitor, event):
    make_ticket_type(event, code="delegate", places=0, has_waiting_list=True)

    second = visitor.post("/events/han-quoc/register", {**WHO, "go": "next"}).text
    register(visitor)

    assert "you join the waiting list" in second
    assert registrations()[0].status is RegistrationStatus.WAITLISTED


def test_an_address_that_is_registered_learns_nothing_and_its_owner_gets_the_link(
    visitor, ticket_type
):
    make_registration(ticket_type=ticket_type, email="anh@example.com", full_name="Trần Bí Mật")

    answer = register(visitor)

    assert answer.status_code == 409
    assert "Look into your mail" in answer.text
    assert "Trần Bí Mật" not in answer.text
    assert letters() == ["registration_link"]
    assert 'value="Nguyễn Thị Ánh"' in answer.text


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"registration_opens_at": clock.now() + timedelta(days=1)}, "has not opened yet"),
        ({"registration_closes_at": clock.now() - timedelta(days=1)}, "is closed"),
        (
            {
                "starts_on": clock.now().date() - timedelta(days=9),
                "ends_on": clock.now().date() - timedelta(days=8),
            },
            "This event is over",
        ),
    ],
)
def test_outside_its_time_the_page_says_why_and_what_to_do(visitor, values, sentence):
    make_ticket_type(make_event(slug="han-quoc", contact_email="btc@example.vn", **values))

    page = visitor.get("/events/han-quoc/register")
    sent = register(visitor)

    assert sentence in page.text
    assert "btc@example.vn" in page.text
    assert sent.status_code in (409, 422)
    assert 'value="anh@example.com"' in sent.text


def test_when_everything_is_gone_the_page_says_so(visitor, event):
    make_ticket_type(event, places=0)

    assert "There are no places left" in visitor.get("/events/han-quoc/register").text


def test_a_ticket_type_by_link_is_offered_to_who_has_the_link_only(visitor, event, ticket_type):
    vip = make_ticket_type(event, code="vip", is_listed=False)

    plain = visitor.post("/events/han-quoc/register", {**WHO, "go": "next"}).text
    linked = visitor.post(f"/events/han-quoc/register?ticket={vip.id}", {**WHO, "go": "next"}).text

    assert 'value="vip"' not in plain
    assert 'value="vip"' in linked
    assert register(visitor, ticket_type="vip").status_code == 422


def test_a_robot_that_fills_the_bait_is_refused(visitor, ticket_type):
    assert register(visitor, website="https://spam.example").status_code == 422
    assert registrations() == []


def test_a_draft_is_not_there_for_strangers(visitor):
    make_ticket_type(make_event(slug="han-quoc", status=EventStatus.DRAFT))

    assert visitor.get("/events/han-quoc/register").status_code == 404
    assert register(visitor).status_code == 404


def test_asking_for_the_link_gets_the_same_answer_for_every_address(visitor, ticket_type):
    make_registration(ticket_type=ticket_type, email="anh@example.com")

    answers = {
        visitor.post(
            "/events/han-quoc/my-registration", {"email": email}, follow_redirects=True
        ).text
        for email in ("anh@example.com", "nobody@example.com")
    }

    assert (
        len({"a letter with the personal link is on its way" in answer for answer in answers}) == 1
    )
    assert letters() == ["registration_link"]


def test_asking_often_sends_one_letter(visitor, ticket_type):
    make_registration(ticket_type=ticket_type, email="anh@example.com")

    for _ in range(3):
        visitor.post("/events/han-quoc/my-registration", {"email": "anh@example.com"})

    assert letters() == ["registration_link"]


def test_what_is_no_address_is_said_beside_the_field(visitor, ticket_type):
    answer = visitor.post("/events/han-quoc/my-registration", {"email": "anh"})

    assert answer.status_code == 422
    assert "This is not an e-mail address" in answer.text
