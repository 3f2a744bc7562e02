import pytest

from matchmaking.events.models import MemberRole
from tests.checkin.scanning import event_today
from tests.factories.accounts import make_member


@pytest.fixture
def event(app):
    return event_today()


@pytest.fixture
def staff(event):
    return make_member(event, MemberRole.GATE, full_name="Lê Thị Hoa")


@pytest.fixture
def gate(event, staff, browser_of):
    """A browser at the gate."""
    return browser_of(staff)
