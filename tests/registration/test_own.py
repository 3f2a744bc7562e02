from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from matchmaking.core.database import db
from matchmaking.core.outbox import OutgoingMail
from matchmaking.registration.access import new_email_key, personal_key
from matchmaking.registration.models import Consent, RegistrationStatus, SessionSignUp
from matchmaking.registration.services import ask_for_new_email
from matchmaking.web import panels
from tests.factories import make_event, make_registration, make_session, make_ticket_type, make_user

PAGES = ("", "/details", "/sessions", "/more/about", "/more/needs", "/more/travel", "/consents")
DETAILS = {
    "full_name": "Đặng Thị Phượng",
    "organization": "Sở Ngoại vụ",
    "phone": "0912 345 678",
    "email": "anh@example.com",
    "language": "vi",
    "version": "1",
}


@pytest.fixture
def registration(app):
    return make_registration(email="anh@example.com", code="K7QM2X9D")


def test_the_personal_link_opens_the_page_and_leaves_the_address_without_the_key(
    visitor, registration
):
    answer = visitor.get(f"/r/K7QM2X9D/{personal_key(registration)}")

    assert answer.location == "/registrations/K7QM2X9D"
    assert "Nguyễn Thị Ánh" in visitor.get(answer.location).text


@pytest.mark.parametrize("page", PAGES)
def test_every_own_page_is_kept_private_and_from_strangers(visitor, registration, page):
    assert visitor.get(f"/registrations/K7QM2X9D{page}").status_code == 404

    answer = visitor.holding(registration).get(f"/registrations/K7QM2X9D{page}")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]


@pytest.mark.parametrize("key", ["wrong", "x" * 20, "%F0%9F%8E%89"])
def test_a_wrong_key_opens_nothing(visitor, registration, key):
    assert visitor.get(f"/r/K7QM2X9D/{key}").status_code == 404


def test_the_account_with_the_same_address_may_open_the_page(browser_of, registration):
    other = make_user(email="other@example.com")

    assert (
        browser_of(make_user(email="anh@example.com")).get("/registrations/K7QM2X9D").status_code
        == 200
    )
    assert browser_of(other).get("/registrations/K7QM2X9D").status_code == 404


@pytest.mark.parametrize("status", list(RegistrationStatus))
def test_the_page_says_where_the_registration_stands(visitor, status):
    registration = make_registration(status=status, code="K7QM2X9D")

    page = visitor.holding(registration).get("/registrations/K7QM2X9D")

    assert page.status_code == 200
    assert ("qr.png" in page.text) == (status is RegistrationStatus.CONFIRMED)


def test_higher_features_add_their_sections(visitor, registration, monkeypatch):
    monkeypatch.setattr(panels, "_panels", {})
    panels.panel("my_page", order=1)(lambda subject: f"<p>Agenda of {subject.code}</p>")

    assert "Agenda of K7QM2X9D" in visitor.holding(registration).get("/registrations/K7QM2X9D").text


def test_details_are_changed_and_a_new_address_is_asked_first(visitor, registration):
    answer = visitor.holding(registration).post(
        "/registrations/K7QM2X9D/details", {**DETAILS, "email": "new@example.com"}
    )

    assert answer.status_code == 302
    assert registration.full_name == "Đặng Thị Phượng"
    assert registration.phone == "+84912345678"
    assert (registration.email, registration.new_email) == ("anh@example.com", "new@example.com")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("full_name", "🎉"),
        ("email", "anh"),
        ("phone", "1"),
        ("organization", ""),
        ("full_name", "n" * 5000),
    ],
)
def test_wrong_details_are_said_beside_the_field_with_everything_kept(
    visitor, registration, field, text
):
    answer = visitor.holding(registration).post(
        "/registrations/K7QM2X9D/details", {**DETAILS, field: text}
    )

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert registration.full_name == "Nguyễn Thị Ánh"


def test_a_change_made_meanwhile_is_not_overwritten_unseen(visitor, registration):
    registration.version = 2

    answer = visitor.holding(registration).post("/registrations/K7QM2X9D/details", DETAILS)

    assert answer.status_code == 409
    assert 'value="Đặng Thị Phượng"' in answer.text
    assert 'name="version" type="hidden" value="2"' in answer.text
    assert registration.full_name == "Nguyễn Thị Ánh"


def test_the_new_address_is_confirmed_by_a_button_not_by_opening_the_link(visitor, registration):
    ask_for_new_email(registration, "new@example.com")
    path = f"/registrations/K7QM2X9D/new-email/{new_email_key(registration)}"

    assert "new@example.com" in visitor.get(path).text
    assert registration.email == "anh@example.com"
    visitor.post(path)

    assert registration.email == "new@example.com"
    assert visitor.post(path).status_code == 404


def test_cancelling_offers_to_undo_and_undoing_brings_the_badge_back(visitor, registration):
    mine = visitor.holding(registration)

    mine.post("/registrations/K7QM2X9D/cancel")
    cancelled = mine.get("/registrations/K7QM2X9D").text
    mine.post("/registrations/K7QM2X9D/reinstate")

    assert "Undo" in cancelled
    assert "qr.png" not in cancelled
    assert registration.is_confirmed


def test_undoing_too_late_says_so(visitor):
    ticket_type = make_ticket_type(places=0)
    registration = make_registration(
        ticket_type=ticket_type, status=RegistrationStatus.CANCELLED, code="K7QM2X9D",
        confirmed_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip

    answer = visitor.holding(registration).post(
        "/registrations/K7QM2X9D/reinstate", follow_redirects=True
    )

    assert "There are no places left" in answer.text


def test_strangers_change_nothing(visitor, registration):
    for path in ("cancel", "reinstate", "details", "consents", "more/needs"):
        assert visitor.post(f"/registrations/K7QM2X9D/{path}").status_code == 404


def test_later_answers_are_kept_screen_by_screen(visitor, registration):
    mine = visitor.holding(registration)

    mine.post(
        "/registrations/K7QM2X9D/more/needs",
        {"diet": ["vegetarian", "no_beef"], "accessibility": "Xe lăn"},
    )
    mine.post(
        "/registrations/K7QM2X9D/more/about", {"job_title": "Chuyên viên", "salutation": "ms"}
    )

    assert registration.answers == {"diet": ["vegetarian", "no_beef"], "accessibility": "Xe lăn"}
    assert (registration.job_title, registration.salutation) == ("Chuyên viên", "ms")
    again = mine.get("/registrations/K7QM2X9D/more/needs").text
    assert again.count(" checked") == 2
    assert ">Xe lăn</textarea>" in again.replace("\r\n", "")


@pytest.mark.parametrize("screen", ["about", "needs", "travel"])
def test_answers_too_long_or_not_offered_are_refused(visitor, registration, screen):
    answer = visitor.holding(registration).post(
        f"/registrations/K7QM2X9D/more/{screen}",
        {"salutation": "🎉", "diet": "🎉", "arrival": "x" * 5000},
    )

    assert answer.status_code == 422
    assert registration.answers == {}


def test_a_screen_that_does_not_exist_is_not_found(visitor, registration):
    assert (
        visitor.holding(registration).get("/registrations/K7QM2X9D/more/money").status_code == 404
    )


def test_consents_are_given_and_taken_back_one_by_one(visitor, registration):
    mine = visitor.holding(registration)
    mine.post("/registrations/K7QM2X9D/consents", {"processing": "y", "photo": "y"})
    mine.post("/registrations/K7QM2X9D/consents", {"newsletter": "y"})

    held = {one.purpose: one.withdrawn_at is None for one in db.session.scalars(sa.select(Consent))}
    assert held == {"processing": True, "photo": False, "newsletter": True}


def test_sessions_are_chosen_and_left(visitor, registration):
    session = make_session(registration.event, sign_up=True, capacity=5)
    path, mine = f"/registrations/K7QM2X9D/sessions/{session.id}", visitor.holding(registration)

    mine.post(path)
    assert "You have a seat" in mine.get("/registrations/K7QM2X9D/sessions").text
    mine.post(path, {"leave": "1"})

    assert db.session.scalars(sa.select(SessionSignUp)).all() == []


def test_a_clash_and_a_full_session_are_shown_and_refused(visitor, registration):
    mine = visitor.holding(registration)
    first = make_session(registration.event, "08:00", "09:00", sign_up=True)
    second = make_session(registration.event, "08:30", "09:30", sign_up=True)
    make_session(registration.event, "13:00", "14:00", sign_up=True, capacity=0)
    mine.post(f"/registrations/K7QM2X9D/sessions/{first.id}")

    page = mine.get("/registrations/K7QM2X9D/sessions").text
    answer = mine.post(f"/registrations/K7QM2X9D/sessions/{second.id}", follow_redirects=True).text

    assert "At the same time as" in page
    assert "Full" in page
    assert "You have another session at this time" in answer


def test_a_session_of_another_event_is_not_found(visitor, registration):
    session = make_session(make_event(), sign_up=True)

    answer = visitor.holding(registration).post(f"/registrations/K7QM2X9D/sessions/{session.id}")

    assert answer.status_code == 404


def test_the_list_of_sessions_asks_no_more_with_three_than_with_one(
    visitor, registration, count_queries
):
    mine = visitor.holding(registration)
    make_session(registration.event, "08:00", "09:00", sign_up=True)
    with count_queries() as one:
        mine.get("/registrations/K7QM2X9D/sessions")
    for hour in ("09", "10"):
        make_session(registration.event, f"{hour}:00", f"{hour}:30", sign_up=True)
    with count_queries() as three:
        mine.get("/registrations/K7QM2X9D/sessions")

    assert three.total == one.total


def test_letters_about_the_page_carry_no_key_in_the_database(visitor, registration):
    visitor.holding(registration).post("/registrations/K7QM2X9D/cancel")

    mail = db.session.scalars(sa.select(OutgoingMail)).one()
    assert mail.about == {"registration": str(registration.id), "reason": ""}
