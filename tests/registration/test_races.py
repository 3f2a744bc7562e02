import pytest
import sqlalchemy as sa

from matchmaking.core.database import db
from matchmaking.registration.models import Registration, RegistrationStatus
from matchmaking.registration.services.places import recounted
from matchmaking.registration.services.sign_ups import taken_seats
from tests.factories import make_event, make_registration, make_session, make_ticket_type
from tests.registration.races import (
    at_once,
    choosing_a_session,
    coming_and_going,
    other_processes,
    signing_up,
    signing_up_with_one_address,
)


@pytest.fixture(scope="module")
def pool(config):
    with other_processes(config) as processes:
        yield processes


@pytest.fixture
def meanwhile(app, pool):
    """Lets the other processes see what the test made, and holds nothing while they run."""

    def run(work, *, rounds, about):
        db.session.commit()
        answers = at_once(pool, work, rounds=rounds, about=about)
        db.session.expire_all()
        return answers

    return run


def test_of_forty_people_at_once_exactly_ten_get_the_ten_places(meanwhile):
    ticket_type = make_ticket_type(places=10)

    answers = meanwhile(signing_up, rounds=10, about=[ticket_type.id])

    assert answers == {"confirmed": 10, "sold_out": 30}
    assert (
        recounted([ticket_type]) == {ticket_type.code: ticket_type.used} == {ticket_type.code: 10}
    )


def test_one_address_sent_twenty_times_at_once_makes_one_registration(meanwhile):
    ticket_type = make_ticket_type(places=10)

    answers = meanwhile(signing_up_with_one_address, rounds=5, about=[ticket_type.id])

    assert answers == {"confirmed": 1, "already_registered": 19}
    assert ticket_type.used == 1


def test_with_people_coming_and_going_nobody_waits_beside_a_free_place(meanwhile):
    ticket_type = make_ticket_type(places=8, has_waiting_list=True)
    there = [make_registration(ticket_type=ticket_type).id for _ in range(8)]

    meanwhile(coming_and_going, rounds=9, about=[ticket_type.id, *there])

    waiting = sa.select(sa.func.count()).where(Registration.status == RegistrationStatus.WAITLISTED)
    assert recounted([ticket_type]) == {ticket_type.code: ticket_type.used}
    assert ticket_type.used == 8 or db.session.scalar(waiting) == 0


def test_a_session_of_five_seats_takes_five_of_twenty(meanwhile):
    event = make_event()
    session = make_session(event, sign_up=True, capacity=5)
    ticket_type = make_ticket_type(event)
    people = [make_registration(ticket_type=ticket_type).id for _ in range(20)]

    answers = meanwhile(choosing_a_session, rounds=5, about=[session.id, *people])

    assert answers == {"seated": 5, "session_full": 15}
    assert taken_seats([session]) == {session: 5}
