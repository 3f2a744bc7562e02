import pytest
from sqlalchemy import func, select

from matchmaking.cli.demo import demo
from matchmaking.cli.demo.accounts import ACCOUNTS
from matchmaking.companies.models import Company
from matchmaking.core.database import db
from matchmaking.core.outbox import OutgoingMail
from matchmaking.events.models import Event
from matchmaking.meetings.queries.problem import problem_for
from matchmaking.privacy.services.requests import requests_at
from matchmaking.registration.models import Registration, RegistrationStatus, TicketType
from matchmaking.registration.services.identities import still_missing


@pytest.fixture
def loaded(app):
    result = app.test_cli_runner().invoke(demo, ["load"])
    assert result.exit_code == 0, result.output
    return app


def count(query):
    return db.session.scalar(select(func.count()).select_from(query.subquery()))


def test_the_demo_is_three_events_with_their_people_and_companies(loaded):
    event = db.session.scalar(select(Event).where(Event.slug == "gap-go-thanh-hoa-han-quoc"))
    confirmed = select(Registration.id).where(
        Registration.event_id == event.id, Registration.status == RegistrationStatus.CONFIRMED
    )

    assert count(select(Event.id)) == 4
    assert count(select(Company.id).where(Company.event_id == event.id)) == 174
    assert count(confirmed) == 650
    assert count(select(OutgoingMail.id)) == 0
    assert count(confirmed.where(Registration.delegation == "Tỉnh Nghệ An")) > 9
    _places_used_are_the_confirmed_registrations()
    _the_scheduler_has_more_to_do_than_fits(event)
    _personal_data_can_be_seen()
    _a_sign_in_for_each_role_is_printed(loaded)

    again = loaded.test_cli_runner().invoke(demo, ["load"])
    assert again.exit_code == 1
    assert "not empty" in again.output
    kept = loaded.test_cli_runner().invoke(demo, ["load", "--if-empty"])
    assert kept.exit_code == 0
    assert "Loading" not in kept.output
    assert "admin@example.com" in kept.output


def _places_used_are_the_confirmed_registrations():
    for ticket_type in db.session.scalars(select(TicketType)):
        confirmed = select(Registration.id).where(
            Registration.ticket_type_id == ticket_type.id,
            Registration.status == RegistrationStatus.CONFIRMED,
        )
        assert count(confirmed) == ticket_type.used


def _personal_data_can_be_seen():
    listed = db.session.scalars(select(Event).where(Event.security_list)).one()
    given = select(Registration.id).where(
        Registration.event_id == listed.id, Registration.identity != ""
    )
    requests = db.session.scalars(requests_at(listed)).all()

    assert count(given) > 20
    assert still_missing(listed) > 20
    assert [(one.is_open, one.is_late) for one in requests] == [
        (True, True),
        (True, False),
        (False, False),
        (False, False),
    ]


def _the_scheduler_has_more_to_do_than_fits(event):
    problem = problem_for(event).problem

    assert (problem.slots, problem.tables) == (9, 30)
    assert len(problem.meetings) > problem.slots * problem.tables


def _a_sign_in_for_each_role_is_printed(app):
    output = app.test_cli_runner().invoke(demo, ["accounts"]).output
    assert all(account.email in output for account in ACCOUNTS)


def test_no_sign_in_is_printed_before_the_demo_is_there(app):
    assert app.test_cli_runner().invoke(demo, ["accounts"]).output == ""
