import pytest

from matchmaking.registration import limits as limits_of_registration
from matchmaking.web.throttle import EXTENSION, counter
from tests.factories import make_event, make_ticket_type
from tests.registration.test_public import WHAT, WHO


@pytest.fixture
def limits(app, monkeypatch):
    """Attempts are counted, from nothing."""
    monkeypatch.setitem(app.extensions, EXTENSION, counter())


@pytest.fixture
def ticket_type(app):
    return make_ticket_type(make_event(slug="han-quoc"), code="delegate")


def register(visitor, email):
    return visitor.post("/events/han-quoc/register", {**WHO, **WHAT, "email": email})


def test_a_whole_office_registers_through_one_network_address(limits, visitor, ticket_type):
    answers = {register(visitor, f"delegate{n}@example.com").status_code for n in range(40)}

    assert answers == {302}


def test_one_address_that_tries_too_often_waits_with_everything_kept(limits, visitor, ticket_type):
    for _ in range(10):
        register(visitor, "anh@example.com")

    answer = register(visitor, "anh@example.com")

    assert answer.status_code == 429
    assert "Too many attempts" in answer.text
    assert 'value="anh@example.com"' in answer.text


def test_a_network_address_that_sends_too_many_waits_too(limits, visitor, ticket_type, monkeypatch):
    monkeypatch.setattr(limits_of_registration, "FROM_ONE_NETWORK", "2 per hour")

    answers = [register(visitor, f"delegate{n}@example.com").status_code for n in range(3)]

    assert answers == [302, 302, 429]
