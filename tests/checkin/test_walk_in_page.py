import re

from sqlalchemy import func, select

from matchmaking.checkin.models import Scan
from matchmaking.core.database import db
from matchmaking.registration.models import Registration, RegistrationStatus
from tests.checkin.scanning import address
from tests.factories.registration import make_ticket_type


def walk_in(gate, event, **values):
    """What the page sends once it is filled in."""
    page = gate.get(f"{address(event)}/walk-in").text
    hidden = dict(re.findall(r'name="(walk_in_id|code)"[^>]* value="([^"]+)"', page))
    return {
        **hidden, "full_name": "Trần Thị Bưởi", "organization": "Lam Sơn", "gate": "A",
        "ticket_type": "guest", "email": "", **values,
    }  # fmt: skip


def send(gate, event, form):
    return gate.post(f"{address(event)}/walk-in", form)


def test_who_has_no_registration_is_registered_and_let_in_once(gate, event):
    make_ticket_type(event, code="guest")
    form = walk_in(gate, event)

    answers = [send(gate, event, form) for _ in range(2)]
    page = gate.get(answers[0].location)

    assert answers[0].location == answers[1].location
    assert "Welcome" in page.text
    assert "Trần Thị Bưởi" in page.text
    assert "Print the badge" in page.text
    guest = db.session.scalars(select(Registration)).one()
    assert (guest.email, guest.source) == ("", "walk_in")
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 1
    printed = gate.post(f"/registrations/{guest.code}/badge/print", {})
    assert printed.mimetype == "application/pdf"


def test_without_a_place_they_are_kept_and_not_let_in(gate, event):
    make_ticket_type(event, code="guest", places=0)

    answer = send(gate, event, walk_in(gate, event))

    assert "no place is left" in gate.get(answer.location).text
    assert db.session.scalars(select(Registration)).one().status is RegistrationStatus.WAITLISTED
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 0


def test_what_cannot_be_right_is_answered_beside_its_field(gate, event):
    make_ticket_type(event, code="guest")

    answer = send(gate, event, walk_in(gate, event, full_name="🌾", email="buoi"))

    assert answer.status_code == 422
    assert "Write the name with at least two letters" in answer.text
    assert "This is not an e-mail address." in answer.text
