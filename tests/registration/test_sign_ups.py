import pytest

from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.events.services.programme import TypeItsName, lost_with, remove_session
from matchmaking.registration.models import RegistrationStatus, SessionSignUp
from matchmaking.registration.services import cancel, reinstate
from matchmaking.registration.services.sign_ups import (
    NotConfirmed,
    SessionFull,
    SessionsClash,
    SignUpNotOffered,
    sign_off,
    sign_up,
    taken_seats,
)
from tests.factories import make_event, make_registration, make_session, make_ticket_type


@pytest.fixture
def event(app):
    return make_event()


def delegate(event, **values):
    return make_registration(ticket_type=make_ticket_type(event), **values)


def chosen(registration, session):
    return db.session.get(SessionSignUp, (registration.id, session.id)) is not None


def test_a_session_with_a_capacity_is_never_oversold(event):
    session = make_session(event, sign_up=True, capacity=1)
    sign_up(delegate(event), session)

    with pytest.raises(SessionFull):
        sign_up(delegate(event), session)


def test_signing_up_twice_is_signing_up_once(event):
    session, registration = make_session(event, sign_up=True, capacity=5), delegate(event)
    sign_up(registration, session)
    sign_up(registration, session)

    assert taken_seats([session]) == {session: 1}


def test_two_sessions_at_one_time_clash(event):
    registration = delegate(event)
    first = make_session(event, "08:00", "09:00", sign_up=True)
    sign_up(registration, first)

    with pytest.raises(SessionsClash) as refusal:
        sign_up(registration, make_session(event, "08:30", "09:30", sign_up=True))

    assert refusal.value.other is first


def test_sessions_that_follow_each_other_or_lie_within_do_not_clash(event):
    registration = delegate(event)
    whole = make_session(event, "08:00", "12:00", sign_up=True)
    part = make_session(event, "08:00", "09:00", sign_up=True, parent_id=whole.id)
    next_part = make_session(event, "09:00", "10:00", sign_up=True, parent_id=whole.id)

    for session in (whole, part, next_part):
        sign_up(registration, session)

    assert all(chosen(registration, session) for session in (whole, part, next_part))


def test_leaving_a_session_frees_the_seat(event):
    session, registration = make_session(event, sign_up=True, capacity=1), delegate(event)
    sign_up(registration, session)
    sign_off(registration, session)

    sign_up(delegate(event), session)

    assert not chosen(registration, session)


def test_only_confirmed_delegates_and_only_offered_sessions(event):
    with pytest.raises(NotConfirmed):
        sign_up(
            delegate(event, status=RegistrationStatus.PENDING), make_session(event, sign_up=True)
        )
    with pytest.raises(SignUpNotOffered):
        sign_up(delegate(event), make_session(event))
    with pytest.raises(SignUpNotOffered):
        sign_up(delegate(event), make_session(make_event(), sign_up=True))


def test_who_cancels_and_comes_back_keeps_a_seat_unless_it_was_given_away(event):
    kept = make_session(event, "08:00", "09:00", sign_up=True, capacity=1)
    lost = make_session(event, "10:00", "11:00", sign_up=True, capacity=1)
    registration = delegate(event)
    sign_up(registration, kept)
    sign_up(registration, lost)

    cancel(registration)
    sign_up(delegate(event), lost)
    reinstate(registration)

    assert chosen(registration, kept)
    assert not chosen(registration, lost)


def test_a_session_people_signed_up_for_is_not_removed_without_its_name(event):
    session = make_session(event, sign_up=True, title=Bilingual("Khảo sát", "Field trip"))
    sign_up(delegate(event), session)

    assert lost_with(session) == 1
    with pytest.raises(TypeItsName):
        remove_session(session)
