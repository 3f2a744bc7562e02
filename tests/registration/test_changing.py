import pytest
import sqlalchemy as sa

from matchmaking.core.audit import history_of
from matchmaking.core.database import db
from matchmaking.core.outbox import OutgoingMail
from matchmaking.registration.models import Attendance, RegistrationStatus
from matchmaking.registration.services import (
    AlreadyRegistered,
    AttendanceNotOffered,
    ChangedMeanwhile,
    SoldOut,
    ask_for_new_email,
    change,
    confirm_new_email,
)
from matchmaking.registration.services.changing import NoSuchAddress
from matchmaking.registration.signals import registration_changed
from tests.factories import make_event, make_registration, make_ticket_type


def letters():
    return list(db.session.scalars(sa.select(OutgoingMail.letter).order_by(OutgoingMail.id)))


def test_a_changed_name_is_found_sorted_audited_and_mailed(app):
    registration = make_registration()
    heard = []

    with registration_changed.connected_to(heard.append):
        change(registration, full_name="Đặng Thị Phượng", phone="0912345678")

    assert "dang thi phuong" in registration.search_text
    assert "0912345678" in registration.search_text
    assert history_of(registration)[0].details == {"fields": "full_name,phone"}
    assert letters() == ["registration_changed"]
    assert heard == [registration]


def test_what_does_not_stand_on_the_badge_is_changed_without_a_letter(app):
    change(make_registration(), phone="0912345678", language="vi")

    assert letters() == []


def test_saving_without_a_change_leaves_no_trace(app):
    registration = make_registration()

    change(registration, full_name=registration.full_name)

    assert registration.version == 1
    assert history_of(registration) == []


def test_of_two_people_who_edit_at_once_the_later_sees_what_the_earlier_wrote(app):
    registration = make_registration()
    change(registration, version=1, organization="Sở Ngoại vụ")

    with pytest.raises(ChangedMeanwhile) as refusal:
        change(registration, version=1, organization="Sở Công Thương")

    assert refusal.value.current.organization == "Sở Ngoại vụ"


def test_changing_the_ticket_type_moves_the_place_and_lets_who_waits_move_up(app):
    event = make_event()
    full = make_ticket_type(event, places=1, has_waiting_list=True)
    other = make_ticket_type(event, places=1)
    registration = make_registration(ticket_type=full)
    waiting = make_registration(ticket_type=full, status=RegistrationStatus.WAITLISTED)

    change(registration, ticket_type=other)

    assert (full.used, other.used) == (1, 1)
    assert waiting.is_confirmed


def test_a_full_ticket_type_takes_nobody_in(app):
    event = make_event()
    registration = make_registration(ticket_type=make_ticket_type(event))

    with pytest.raises(SoldOut):
        change(registration, ticket_type=make_ticket_type(event, places=0))


def test_an_attendance_not_offered_is_refused(app):
    with pytest.raises(AttendanceNotOffered):
        change(make_registration(), attendance=Attendance.ONLINE)


def test_a_new_address_counts_once_its_owner_confirms_and_ends_the_old_link(app):
    registration = make_registration(email="old@example.com")

    ask_for_new_email(registration, "new@example.com")
    assert registration.email == "old@example.com"
    confirm_new_email(registration, "new@example.com")

    assert (registration.email, registration.new_email) == ("new@example.com", "")
    assert registration.link_version == 2
    assert letters() == ["registration_new_email"]


def test_an_address_that_was_not_asked_for_is_not_confirmed(app):
    registration = make_registration()
    ask_for_new_email(registration, "new@example.com")

    with pytest.raises(NoSuchAddress):
        confirm_new_email(registration, "other@example.com")


def test_asking_for_an_address_that_is_registered_already_says_nothing_about_it(app):
    registration = make_registration()
    make_registration(ticket_type=registration.ticket_type, email="taken@example.com")

    ask_for_new_email(registration, "taken@example.com")

    assert letters() == []
    with pytest.raises(AlreadyRegistered):
        confirm_new_email(registration, "taken@example.com")
