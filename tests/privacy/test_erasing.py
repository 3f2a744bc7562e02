import pytest

from matchmaking.core import clock, jobs
from matchmaking.core.database import db
from matchmaking.core.erasures import NAME as NOBODY
from matchmaking.core.erasures import Erasure
from matchmaking.core.upkeep import restored
from matchmaking.events.models import EventMember, MemberRole
from matchmaking.meetings.models import MeetingStatus
from matchmaking.privacy.person import person_with_email
from matchmaking.privacy.services import erasing
from matchmaking.registration.access import personal_key
from matchmaking.registration.models import RegistrationStatus
from matchmaking.registration.queries import counts_by_status
from matchmaking.registration.services.places import recounted
from tests.factories import (
    make_administrator,
    make_event,
    make_member,
    make_registration,
    make_user,
)
from tests.privacy.people import EMAIL, NAME, PHONE, everything_kept, somebody


@pytest.fixture
def person(app):
    return somebody()


def after(event, monkeypatch):
    moment = event.ends_at
    monkeypatch.setattr(clock, "now", lambda: moment)


def found_in(text):
    return [word for word in (NAME, ascii(NAME)[1:-1], EMAIL, PHONE, "Lam Kinh") if word in text]


def test_nothing_that_names_somebody_is_left_in_any_table_or_file(person, mailbox, monkeypatch):
    jobs.run_due()
    after(person.event, monkeypatch)

    erasing.erase_registration(person.registration)
    db.session.commit()
    jobs.run_due()

    assert found_in(everything_kept()) == []
    assert [message["Subject"] for message in mailbox.messages] == ["Your personal data is erased"]


def test_figures_stay_as_they_were(person, monkeypatch):
    after(person.event, monkeypatch)

    erasing.erase_registration(person.registration)

    assert counts_by_status(person.event) == {RegistrationStatus.CONFIRMED: 1}
    ticket_type = person.registration.ticket_type
    assert recounted([ticket_type]) == {ticket_type.code: 1}
    assert person.meeting.status is MeetingStatus.SCHEDULED
    assert (person.interpreter.full_name, person.interpreter.languages) == (NOBODY, ["ko"])


def test_before_the_event_ends_the_place_goes_to_who_waits(person):
    waiting = make_registration(
        ticket_type=person.registration.ticket_type, status=RegistrationStatus.WAITLISTED
    )
    person.registration.ticket_type.places = 1

    erasing.erase_registration(person.registration)

    assert waiting.is_confirmed
    assert person.registration.status is RegistrationStatus.CANCELLED


def test_an_erased_person_can_be_changed_and_reached_no_more(visitor, browser_of, person):
    old = f"/r/{person.registration.code}/{personal_key(person.registration)}"
    erasing.erase_registration(person.registration)
    owner = browser_of(make_member(person.event, role=MemberRole.OWNER))
    desk = f"/organize/hoi-cho/delegates/{person.registration.code}"

    assert visitor.get(old).status_code == 404
    assert "was erased" in owner.get(desk).text
    owner.post(f"{desk}/reinstate")
    assert person.registration.is_cancelled


def test_who_never_had_a_place_erases_everything_at_once_after_seeing_what_goes(visitor):
    registration = make_registration(
        make_event(slug="hoi-cho"), status=RegistrationStatus.PENDING, code="K7QM2X9D"
    )
    mine, path = visitor.holding(registration), "/registrations/K7QM2X9D/personal-data/erase"

    page = mine.get(path).text
    refused = mine.post(path, {"confirmation": "no"})
    answer = mine.post(path, {"confirmation": "k7qm2x9d"})

    assert "What stays, and why" in page
    assert "erased at once" in page
    assert (refused.status_code, answer.location) == (422, "/events/hoi-cho")
    assert registration.is_erased


def test_an_administrator_erases_a_person_everywhere_once_the_address_is_typed(browser_of, person):
    make_registration(make_event(), email=EMAIL, full_name=NAME)
    make_user(email=EMAIL, full_name=NAME)
    administrator = browser_of(make_administrator())

    page = administrator.post("/personal-data/erase", {"email": EMAIL})
    wrong = administrator.post("/personal-data/erase", {"email": EMAIL, "confirmation": "?"})
    assert (page.status_code, wrong.status_code) == (200, 422)
    administrator.post("/personal-data/erase", {"email": EMAIL, "confirmation": EMAIL})
    jobs.run_due()

    assert not person_with_email(EMAIL)
    assert found_in(everything_kept()) == []


def test_who_still_works_here_keeps_the_account_until_that_is_over(browser_of, person):
    make_member(person.event, email=EMAIL, full_name=NAME)
    administrator = browser_of(make_administrator())

    answer = administrator.post("/personal-data/erase", {"email": EMAIL, "confirmation": EMAIL})

    assert answer.status_code == 409
    assert person.registration.full_name == NAME


def test_a_restored_backup_brings_nobody_back(person):
    before = {
        one: {"full_name": one.full_name, "email": one.email}
        for one in (person.registration, person.interpreter)
    }
    erasing.erase_registration(person.registration)
    ids = set(db.session.scalars(db.select(Erasure.subject_id)))
    for row, values in before.items():
        for name, value in values.items():
            setattr(row, name, value)
    db.session.commit()

    restored.send()

    assert ids == {person.registration.id, person.interpreter.id}
    assert person.registration.is_erased
    assert person.interpreter.full_name == NOBODY


def test_an_account_comes_back_from_a_backup_neither_with_its_roles(person):
    member = make_member(person.event, email=EMAIL, full_name=NAME)
    db.session.add(Erasure(subject_id=member.id, subject_type="users"))
    db.session.commit()

    restored.send()

    assert (member.full_name, member.is_active) == (NOBODY, False)
    assert db.session.scalars(db.select(EventMember)).all() == []


def test_the_office_shows_once_more_who_it_is_before_it_copies_or_erases(browser_of, person):
    browser = browser_of(make_administrator())
    with browser.client.session_transaction() as session:
        session.pop("proved_at")

    for path in ("copy", "erase"):
        answer = browser.post(f"/personal-data/{path}", {"email": EMAIL, "confirmation": EMAIL})
        assert answer.location == "/account/confirm?next=/personal-data"

    assert person.registration.full_name == NAME
