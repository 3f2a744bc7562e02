from dataclasses import replace

import pytest

from matchmaking.companies import services
from matchmaking.companies.services import most_lines
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.registration.models import RegistrationStatus
from matchmaking.registration.signals import registration_cancelled
from tests.companies.test_services import DONG_SON
from tests.factories import (
    make_company,
    make_event,
    make_registration,
    make_representative,
    make_ticket_type,
)


@pytest.fixture
def event(app):
    return make_event()


def test_a_delegate_the_organizer_approved_brings_a_confirmed_company(event):
    asked = make_registration(
        ticket_type=make_ticket_type(event, meets_companies=True, needs_approval=True)
    )
    open_to_all = make_registration(ticket_type=make_ticket_type(event, meets_companies=True))

    approved = services.create_for(asked, DONG_SON)
    waiting = services.create_for(open_to_all, replace(DONG_SON, name=Bilingual("Sao Mai")))

    assert (approved.is_confirmed, waiting.is_confirmed) == (True, False)
    assert [row.registration for row in approved.representatives] == [asked]


def test_a_colleague_is_added_by_the_code_they_tell(event):
    company, colleague = make_company(event), make_registration(event)

    services.add_by_code(company, f" {colleague.code.lower()} ")

    assert [row.registration for row in company.representatives] == [colleague]
    with pytest.raises(services.NotADelegateHere):
        services.add_by_code(company, colleague.email)


def test_the_organizer_may_add_a_delegate_by_address(event):
    company, delegate = make_company(event), make_registration(event, email="lan@example.com")

    services.add_by_code_or_email(company, "Lan@example.com")

    assert [row.registration for row in company.representatives] == [delegate]


def test_the_first_representative_is_the_contact_and_adding_twice_is_once(event):
    company, delegate = make_company(event), make_registration(event)

    first = services.add_representative(company, delegate)
    again = services.add_representative(company, delegate)
    second = services.add_representative(company, make_registration(event))

    assert first is again
    assert (first.is_contact, second.is_contact) == (True, False)


def test_a_delegate_speaks_for_one_company_only(event):
    delegate = make_registration(event)
    services.add_representative(make_company(event), delegate)

    with pytest.raises(services.AlreadyRepresents) as refusal:
        services.add_representative(make_company(event), delegate)
    assert "Nguyễn Thị Ánh" in str(refusal.value)


@pytest.mark.parametrize("stranger", ["of another event", "who cancelled"])
def test_only_living_delegates_of_the_event_represent_a_company(event, stranger):
    elsewhere = make_registration(make_event())
    gone = make_registration(event, status=RegistrationStatus.CANCELLED)

    with pytest.raises(services.NotADelegateHere):
        services.add_representative(
            make_company(event), elsewhere if stranger == "of another event" else gone
        )


def test_a_company_sits_at_no_more_tables_than_it_has_people(event):
    company = make_company(event, persons_at_table=3)
    assert most_lines(company) == 3
    for _ in range(2):
        services.add_representative(company, make_registration(event))

    with pytest.raises(services.TooManyLines):
        services.set_lines(company, 3)
    services.set_lines(company, 2)
    assert sorted(row.line for row in company.representatives) == [0, 1]


def test_when_a_representative_cancels_the_company_keeps_what_its_people_can_do(event):
    company = make_company(event)
    first, second = (services.add_representative(company, make_registration(event)) for _ in "ab")
    services.set_lines(company, 2)

    first.registration.status = RegistrationStatus.CANCELLED
    registration_cancelled.send(first.registration)

    assert company.representatives == [second]
    assert (second.is_contact, second.line, company.lines) == (True, 0, 1)


def test_a_cancelled_delegate_who_speaks_for_nobody_is_no_trouble(event):
    registration_cancelled.send(make_registration(event))


def test_the_organizer_may_name_another_contact(event):
    company = make_company(event)
    make_representative(company, is_contact=True)
    second = make_representative(company)
    db.session.refresh(company)

    services.make_contact(second)

    assert [row.is_contact for row in company.representatives if row is second] == [True]
    assert sum(row.is_contact for row in company.representatives) == 1
