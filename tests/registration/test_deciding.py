from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from matchmaking.core import clock
from matchmaking.core.audit import history_of
from matchmaking.core.database import db
from matchmaking.core.outbox import OutgoingMail
from matchmaking.registration.models import RegistrationStatus
from matchmaking.registration.queries import current_badge
from matchmaking.registration.services import (
    AlreadyRegistered,
    EventOver,
    NotPossibleNow,
    SoldOut,
    approve,
    approve_all,
    cancel,
    reinstate,
    reissue_badge,
    reject,
)
from matchmaking.registration.services.places import recounted
from matchmaking.registration.signals import registration_cancelled
from tests.factories import make_event, make_registration, make_ticket_type

PENDING, WAITLISTED = RegistrationStatus.PENDING, RegistrationStatus.WAITLISTED


def at(hour):
    return datetime(2026, 1, 1, hour, tzinfo=UTC)


def letters():
    return list(db.session.scalars(sa.select(OutgoingMail.letter).order_by(OutgoingMail.id)))


def test_an_approved_delegate_gets_a_place_a_badge_and_a_letter(app):
    ticket_type = make_ticket_type(places=1, needs_approval=True)
    registration = make_registration(ticket_type=ticket_type, status=PENDING)

    approve(registration)

    assert registration.is_confirmed
    assert current_badge(registration) is not None
    assert ticket_type.used == 1
    assert letters() == ["registration_confirmed"]


def test_approving_beyond_the_places_is_refused_and_changes_nothing(app):
    ticket_type = make_ticket_type(places=0, needs_approval=True)
    registration = make_registration(ticket_type=ticket_type, status=PENDING)

    with pytest.raises(SoldOut):
        approve(registration)

    assert registration.status is PENDING


def test_approving_beyond_the_places_queues_where_there_is_a_waiting_list(app):
    ticket_type = make_ticket_type(places=0, needs_approval=True, has_waiting_list=True)

    registration = approve(make_registration(ticket_type=ticket_type, status=PENDING))

    assert registration.status is WAITLISTED
    assert letters() == ["registration_waitlisted"]


def test_of_several_approved_at_once_those_without_a_place_come_back(app):
    ticket_type = make_ticket_type(places=2, needs_approval=True)
    asked = [make_registration(ticket_type=ticket_type, status=PENDING) for _ in range(3)]

    assert approve_all(asked) == [asked[2]]
    assert asked[2].status is PENDING
    assert ticket_type.used == 2


def test_a_rejected_delegate_is_told_the_reason(app):
    registration = make_registration(status=PENDING)

    reject(registration, "Hội trường đã kín chỗ.")

    mail = db.session.scalars(sa.select(OutgoingMail)).one()
    assert mail.about["reason"] == "Hội trường đã kín chỗ."
    assert registration.status is RegistrationStatus.REJECTED


def test_what_is_decided_is_not_decided_again(app):
    registration = make_registration()

    for decide in (approve, reject):
        with pytest.raises(NotPossibleNow):
            decide(registration)


def test_cancelling_gives_the_place_to_who_has_waited_longest(app):
    ticket_type = make_ticket_type(places=1, has_waiting_list=True)
    leaving = make_registration(ticket_type=ticket_type)
    second = make_registration(ticket_type=ticket_type, status=WAITLISTED, waitlisted_at=at(2))
    first = make_registration(ticket_type=ticket_type, status=WAITLISTED, waitlisted_at=at(1))

    cancel(leaving)

    assert first.is_confirmed
    assert second.status is WAITLISTED
    assert ticket_type.used == 1
    assert letters() == ["registration_cancelled", "registration_confirmed"]


def test_higher_features_hear_of_a_cancellation(app):
    heard = []
    registration = make_registration()

    with registration_cancelled.connected_to(heard.append):
        cancel(registration)

    assert heard == [registration]


def test_a_cancellation_taken_back_makes_the_printed_badge_good_again(app):
    registration = make_registration()
    printed = current_badge(registration)

    cancel(registration)
    assert current_badge(registration) is None
    reinstate(registration)

    assert current_badge(registration) is printed
    assert registration.ticket_type.used == 1


def test_a_cancellation_cannot_be_taken_back_once_the_place_is_gone(app):
    ticket_type = make_ticket_type(places=1)
    registration = make_registration(ticket_type=ticket_type)
    cancel(registration)
    make_registration(ticket_type=ticket_type)

    with pytest.raises(SoldOut):
        reinstate(registration)


def test_a_cancellation_is_not_taken_back_beside_a_newer_registration(app):
    registration = make_registration(email="anh@example.com")
    cancel(registration)
    make_registration(ticket_type=registration.ticket_type, email="anh@example.com")

    with pytest.raises(AlreadyRegistered):
        reinstate(registration)


def test_who_never_had_a_place_goes_back_to_where_they_were(app):
    ticket_type = make_ticket_type(places=5, needs_approval=True)
    registration = make_registration(ticket_type=ticket_type, status=PENDING)
    cancel(registration)

    assert reinstate(registration).status is PENDING
    assert ticket_type.used == 0


def test_a_rejection_is_taken_back_by_the_organizer_only(app):
    registration = make_registration(status=PENDING)
    reject(registration)

    with pytest.raises(NotPossibleNow):
        reinstate(registration)
    assert reinstate(registration, by_organizer=True).is_confirmed


def test_after_the_event_a_delegate_takes_nothing_back(app):
    long_ago = (clock.now() - timedelta(days=30)).date()
    registration = make_registration(make_event(starts_on=long_ago, ends_on=long_ago))
    cancel(registration)

    with pytest.raises(EventOver):
        reinstate(registration)


def test_reissuing_ends_the_old_badge_and_keeps_the_code(app):
    registration = make_registration()
    old, code = current_badge(registration), registration.code

    new = reissue_badge(registration)

    assert old.is_revoked
    assert current_badge(registration) is new
    assert new.code != old.code
    assert registration.code == code


def test_used_places_equal_a_recount_after_all_that(app):
    ticket_type = make_ticket_type(places=3, has_waiting_list=True)
    people = [make_registration(ticket_type=ticket_type) for _ in range(3)]
    waiting = make_registration(ticket_type=ticket_type, status=WAITLISTED, waitlisted_at=at(1))
    cancel(people[0])
    cancel(people[1])
    reinstate(people[0])
    cancel(waiting)

    assert recounted([ticket_type]) == {ticket_type.code: ticket_type.used} == {ticket_type.code: 2}


def test_every_step_is_in_the_history(app):
    registration = make_registration(status=PENDING)
    approve(registration)
    reissue_badge(registration)
    cancel(registration)

    assert {entry.action for entry in history_of(registration)} == {
        "registration.approved",
        "registration.badge_reissued",
        "registration.cancelled",
    }
