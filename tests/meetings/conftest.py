"""An event with two tables and four times, at which nothing is ever in two places."""

import pytest

from tests.factories import make_event, make_member, make_slots, make_tables
from tests.meetings.board import occupancy_is_whole


@pytest.fixture
def event(app):
    event = make_event(slug="hoi-cho")
    make_tables(event, 2)
    yield event
    assert occupancy_is_whole(event)


@pytest.fixture
def slots(event):
    return make_slots(event, 4)


@pytest.fixture
def desk(event, browser_of):
    """The browser of one who works on the event."""
    return browser_of(make_member(event))
