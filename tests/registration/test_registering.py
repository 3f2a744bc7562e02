import unicodedata
from datetime import timedelta

import pytest
import sqlalchemy as sa

from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.core.outbox import OutgoingMail
from matchmaking.registration.models import Attendance, Consent, RegistrationStatus
from matchmaking.registration.person import BadEmail, BadName, BadPhone
from matchmaking.registration.queries import current_badge
from matchmaking.registration.services import (
    AlreadyRegistered,
    AttendanceNotOffered,
    ConsentMissing,
    RegistrationClosed,
    RegistrationInput,
    SoldOut,
    register,
)
from tests.factories import make_event, make_registration, make_ticket_type


def signing_up(ticket_type, **values):
    values.setdefault("full_name", "Nguyễn Thị Ánh")
    values.setdefault("email", "anh@example.com")
    values.setdefault("consents", frozenset({"processing"}))
    how = {name: values.pop(name) for name in ("source", "by_organizer") if name in values}
    return register(ticket_type.event, RegistrationInput(ticket_type=ticket_type, **values), **how)


def test_a_delegate_is_confirmed_at_once_and_has_a_badge(app):
    ticket_type = make_ticket_type(places=10)

    registration = signing_up(ticket_type, phone="0912 345 678", organization="Sở Công Thương")

    assert registration.status is RegistrationStatus.CONFIRMED
    assert registration.phone == "+84912345678"
    assert current_badge(registration) is not None
    assert ticket_type.used == 1


def test_the_letter_is_queued_in_the_delegates_language(app):
    signing_up(make_ticket_type(), language="en")

    mail = db.session.scalars(sa.select(OutgoingMail)).one()
    assert (mail.letter, mail.language) == ("registration_confirmed", "en")
    assert mail.recipient == "anh@example.com"


def test_the_last_place_is_given_once(app):
    ticket_type = make_ticket_type(places=1)
    signing_up(ticket_type)

    with pytest.raises(SoldOut):
        signing_up(ticket_type, email="binh@example.com")

    assert ticket_type.used == 1


def test_who_comes_too_late_waits_where_there_is_a_waiting_list(app):
    ticket_type = make_ticket_type(places=0, has_waiting_list=True)

    registration = signing_up(ticket_type)

    assert registration.status is RegistrationStatus.WAITLISTED
    assert current_badge(registration) is None


def test_a_ticket_type_with_approval_takes_no_place_before_it(app):
    ticket_type = make_ticket_type(places=1, needs_approval=True)

    registration = signing_up(ticket_type)

    assert registration.status is RegistrationStatus.PENDING
    assert ticket_type.used == 0


def test_an_address_registers_once_at_an_event_however_it_is_written(app):
    ticket_type = make_ticket_type(places=5)
    first = signing_up(ticket_type, email="anh@example.com")

    with pytest.raises(AlreadyRegistered) as refusal:
        signing_up(ticket_type, email=" Anh@Example.COM ")

    assert refusal.value.earlier is first
    assert ticket_type.used == 1


def test_the_same_address_may_register_at_another_event(app):
    signing_up(make_ticket_type())

    assert signing_up(make_ticket_type()).is_confirmed


def test_an_address_may_register_again_after_cancelling(app):
    ticket_type = make_ticket_type()
    make_registration(
        ticket_type=ticket_type, email="anh@example.com", status=RegistrationStatus.CANCELLED
    )

    assert signing_up(ticket_type).is_confirmed


def test_without_the_consent_to_process_nobody_is_registered(app):
    with pytest.raises(ConsentMissing):
        signing_up(make_ticket_type(), consents=frozenset({"newsletter"}))


def test_each_consent_is_kept_with_its_wording(app):
    signing_up(make_ticket_type(), consents=frozenset({"processing", "photo"}))

    kept = {consent.purpose: consent.wording for consent in db.session.scalars(sa.select(Consent))}
    assert kept == {"processing": "2026-11", "photo": "2026-11"}


def test_an_attendance_the_ticket_type_does_not_offer_is_refused(app):
    with pytest.raises(AttendanceNotOffered):
        signing_up(make_ticket_type(attendances=["in_person"]), attendance=Attendance.ONLINE)


@pytest.mark.parametrize(
    "times",
    [
        {"registration_opens_at": clock.now() + timedelta(days=1)},
        {"registration_closes_at": clock.now() - timedelta(days=1)},
        {
            "starts_on": (clock.now() - timedelta(days=9)).date(),
            "ends_on": (clock.now() - timedelta(days=8)).date(),
        },
    ],
)
def test_outside_its_time_the_registration_is_closed_but_not_to_the_organizer(app, times):
    ticket_type = make_ticket_type(make_event(**times))

    with pytest.raises(RegistrationClosed):
        signing_up(ticket_type)
    assert signing_up(ticket_type, source="organizer", by_organizer=True).is_confirmed


def test_a_decomposed_name_is_composed_and_never_split(app):
    decomposed = unicodedata.normalize("NFD", "Nguyễn Thị Ánh")

    assert signing_up(make_ticket_type(), full_name=decomposed).full_name == "Nguyễn Thị Ánh"


@pytest.mark.parametrize("name", ["", "A", "🎉🎉", "12345", "Ánh 🎉", "n" * 121, "n" * 5000, "…"])
def test_a_name_that_cannot_stand_on_a_badge_is_refused(app, name):
    with pytest.raises(BadName):
        signing_up(make_ticket_type(), full_name=name)


@pytest.mark.parametrize(
    "name", ["Ngô", "김민준", "O'Brien-Müller", "李娜", "Nguyễn Văn A", "Ng. T. Ánh"]
)
def test_names_of_every_kind_are_kept_as_written(app, name):
    assert signing_up(make_ticket_type(), full_name=name).full_name == name


@pytest.mark.parametrize(
    "address", ["", "anh", "anh@", "anh@example", "a b@example.com", "a" * 5000]
)
def test_what_is_no_address_is_refused(app, address):
    with pytest.raises(BadEmail):
        signing_up(make_ticket_type(), email=address)


def test_an_international_address_is_kept_readable(app):
    assert (
        signing_up(make_ticket_type(), email="anh@xn--bcher-kva.example").email
        == "anh@bücher.example"
    )


@pytest.mark.parametrize("number", ["123", "số điện thoại", "+84 1", "9" * 5000])
def test_what_is_no_telephone_number_is_refused(app, number):
    with pytest.raises(BadPhone):
        signing_up(make_ticket_type(), phone=number)


@pytest.mark.parametrize(
    ("written", "country", "kept"),
    [
        ("+82 2 312 3456", "VN", "+8223123456"),
        ("010-2345-6789", "KR", "+821023456789"),
        ("", "VN", ""),
    ],
)
def test_a_foreign_number_is_read_with_its_country(app, written, country, kept):
    assert signing_up(make_ticket_type(), phone=written, country=country).phone == kept
