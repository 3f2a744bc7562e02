"""Delegates who were registered at the gate and have no e-mail address."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from matchmaking.core.database import db
from matchmaking.core.outbox import OutgoingMail
from matchmaking.registration.importing import Fate, plan
from matchmaking.registration.models import RegistrationStatus
from matchmaking.registration.services import NoAddress, cancel, reinstate, send_personal_link
from tests.factories import make_event, make_member, make_registration, make_ticket_type


def walk_in(event, **values):
    return make_registration(event, email="", source="walk_in", **values)


def test_only_walk_ins_have_no_address_and_there_may_be_several(app):
    event = make_event()
    walk_in(event)
    walk_in(event)

    with pytest.raises(IntegrityError):
        make_registration(event, email="")


def test_organizer_changes_a_walk_in_and_may_add_an_address(app, browser_of):
    guest = walk_in(make_event(), full_name="Trần Thị Bưởi")
    desk = browser_of(make_member(guest.event))
    edit = f"/organize/{guest.event.slug}/delegates/{guest.code}/edit"
    form = {
        "full_name": "Trần Thị Bòng", "email": "", "country": "VN", "language": "vi",
        "ticket_type": guest.ticket_type.code, "attendance": "in_person", "version": "1",
    }  # fmt: skip

    assert "Send the personal link" not in desk.get(edit.removesuffix("/edit")).text
    assert desk.post(edit, form).status_code == 302
    assert (guest.full_name, guest.email) == ("Trần Thị Bòng", "")
    desk.post(edit, form | {"email": "buoi@example.com", "version": "2"})
    assert guest.email == "buoi@example.com"
    assert desk.post(edit, form | {"version": "3"}).status_code == 422


def test_walk_in_changes_their_own_details_without_an_address(visitor):
    guest = walk_in(make_event())
    own = visitor.holding(guest)
    details = {
        "full_name": "Trần Thị Bưởi", "organization": "KOTRA", "phone": "0912 345 678",
        "email": "", "language": "en", "version": "1",
    }  # fmt: skip

    assert own.post(f"/registrations/{guest.code}/details", details).status_code == 302
    assert guest.full_name == "Trần Thị Bưởi"


def test_nobody_is_written_to_and_a_cancellation_is_taken_back(app):
    event = make_event()
    walk_in(event)
    guest = walk_in(event)

    cancel(guest)
    reinstate(guest, by_organizer=True)

    assert guest.status is RegistrationStatus.CONFIRMED
    assert db.session.scalar(select(func.count()).select_from(OutgoingMail)) == 0
    with pytest.raises(NoAddress):
        send_personal_link(guest)


def test_list_still_needs_an_address_for_everybody(app):
    ticket_type = make_ticket_type()
    walk_in(ticket_type.event)
    rows = [["Họ và tên", "Email"], ["Lê Văn Ổi", ""], ["Lê Văn Mận", "man@example.com"]]

    lines = plan(ticket_type.event, rows, ticket_type).lines

    assert [line.fate for line in lines] == [Fate.WRONG, Fate.NEW]
