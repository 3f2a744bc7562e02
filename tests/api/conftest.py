import pytest

from matchmaking.events.models import TokenScope
from tests.api.program import Program, program_of
from tests.factories import make_event, make_ticket_type


@pytest.fixture
def event(app):
    return make_event(slug="han-quoc")


@pytest.fixture
def stranger(app):
    """A program without a token."""
    return Program(app)


@pytest.fixture
def organizer(app, event):
    return program_of(app, event)


@pytest.fixture
def reader(app, event):
    return program_of(app, event, TokenScope.READ)


@pytest.fixture
def gate(app, event):
    return program_of(app, event, TokenScope.CHECK_IN)


@pytest.fixture
def other(app):
    """A program that works for another event."""
    return program_of(app, make_event(slug="nhat-ban"))


@pytest.fixture
def ticket_type(event):
    return make_ticket_type(event, code="delegate")
