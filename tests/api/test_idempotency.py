"""A request with an Idempotency-Key has one effect, however often and how simultaneously it is sent."""

from datetime import timedelta

import pytest

from matchmaking.api.models import GivenAnswer
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.registration.models import Registration
from tests.api.program import ANH, PLACES, problem_of
from tests.factories import make_registration
from tests.races import race


def test_same_key_gives_the_first_answer_again(organizer, ticket_type):
    key = {"Idempotency-Key": "the-first"}
    first = organizer.post(PLACES, ANH, headers=key)
    again = organizer.post(PLACES, ANH, headers=key)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.get_json() == again.get_json()
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"


def test_refusal_is_an_answer_that_is_given_again(organizer, ticket_type):
    make_registration(ticket_type=ticket_type, email="anh@example.com")
    key = {"Idempotency-Key": "no"}
    first = organizer.post(PLACES, ANH, headers=key)
    again = organizer.post(PLACES, ANH, headers=key)

    assert (first.status_code, again.status_code) == (409, 409)
    assert first.get_json() == again.get_json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.mimetype == "application/problem+json"


def test_what_was_not_understood_may_be_sent_again_with_its_key(organizer, ticket_type):
    key = {"Idempotency-Key": "second try"}
    assert organizer.post(PLACES, {**ANH, "email": "anh"}, headers=key).status_code == 422

    assert organizer.post(PLACES, ANH, headers=key).status_code == 201


def test_same_key_with_another_body_is_refused(organizer, ticket_type):
    key = {"Idempotency-Key": "the-first"}
    organizer.post(PLACES, ANH, headers=key)

    answer = organizer.post(PLACES, {**ANH, "email": "b@example.com"}, headers=key)

    assert answer.status_code == 409
    assert problem_of(answer)["code"] == "idempotency_key_reused"


def test_keys_of_different_programs_are_different(organizer, stranger, ticket_type):
    key = {"Idempotency-Key": "1"}
    organizer.post(PLACES, ANH, headers=key)

    answer = stranger.post(PLACES, {**ANH, "email": "b@example.com"}, headers=key)

    assert answer.status_code == 201


def from_network(address):
    return {"environ_base": {"REMOTE_ADDR": address}}


def test_uuid_as_a_key_holds_when_a_phone_changes_its_network(stranger, ticket_type):
    key = {"Idempotency-Key": "0192f0c4-7b1e-7c3a-9d55-2f6a1b0c9e77"}
    at_the_venue, outside = from_network("203.0.113.9"), from_network("198.51.100.7")
    first = stranger.post(PLACES, ANH, headers=key, **at_the_venue)
    again = stranger.post(PLACES, ANH, headers=key, **outside)
    another = stranger.post(PLACES, {**ANH, "email": "b@example.com"}, headers=key, **outside)

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.get_json() == first.get_json()
    assert problem_of(another)["code"] == "idempotency_key_reused"


def test_key_that_can_be_guessed_gives_strangers_elsewhere_no_answer_of_others(
    stranger, ticket_type
):
    key = {"Idempotency-Key": "1"}
    stranger.post(PLACES, ANH, headers=key, **from_network("203.0.113.9"))

    answer = stranger.post(PLACES, ANH, headers=key, **from_network("198.51.100.7"))

    assert problem_of(answer)["code"] == "already_registered"


@pytest.mark.parametrize("key", ["", "x" * 65, "tab\there", "Ánh"])
def test_key_that_is_none_is_refused(organizer, ticket_type, key):
    answer = organizer.post(PLACES, ANH, headers={"Idempotency-Key": key})

    assert answer.status_code == 422


def test_key_is_forgotten_after_a_day(organizer, ticket_type):
    key = {"Idempotency-Key": "1"}
    organizer.post(PLACES, ANH, headers=key)
    given = db.session.scalars(db.select(GivenAnswer)).one()
    given.given_at = clock.now() - timedelta(hours=25)

    answer = organizer.post(PLACES, {**ANH, "email": "b@example.com"}, headers=key)

    assert answer.status_code == 201
    assert "Idempotency-Replayed" not in answer.headers


def test_old_answers_are_deleted(app, organizer, ticket_type):
    organizer.post(PLACES, ANH, headers={"Idempotency-Key": "1"})
    organizer.post(PLACES, {**ANH, "email": "b@e.vn"}, headers={"Idempotency-Key": "2"})
    given = db.session.get_one(
        GivenAnswer, (db.session.scalars(db.select(GivenAnswer.actor)).first(), "1")
    )
    given.given_at = clock.now() - timedelta(hours=25)

    app.test_cli_runner().invoke(args=["clean-up"])

    assert db.session.scalars(db.select(GivenAnswer.key)).all() == ["2"]


def test_requests_with_one_key_in_one_instant_make_one_thing(app, organizer, ticket_type):
    def register(number):
        answer = organizer.post(PLACES, ANH, headers={"Idempotency-Key": "at once"})
        return (
            answer.status_code,
            answer.get_json()["code"],
            answer.headers.get("Idempotency-Replayed"),
        )

    answers = race(register, [(number,) for number in range(4)])

    assert {answer[:2] for answer in answers} == {
        (201, db.session.scalars(db.select(Registration.code)).one())
    }
    assert sorted(str(answer[2]) for answer in answers) == ["None", "true", "true", "true"]
