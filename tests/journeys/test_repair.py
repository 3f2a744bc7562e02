"""A company does not come: three taps mend the schedule, and one takes it back."""

import pytest
from playwright.sync_api import expect

from matchmaking.core.database import db
from matchmaking.meetings.models import Meeting, MeetingStatus
from tests.factories import (
    make_event,
    make_member,
    make_slots,
    make_tables,
)
from tests.journeys.conftest import go_on_as
from tests.meetings.board import dong_son_and_hanil, meet


@pytest.fixture
def event(app):
    event = make_event(slug="han-quoc")
    make_tables(event, 2)
    return event


@pytest.fixture
def meeting_id(event):
    return meet(dong_son_and_hanil(event), make_slots(event, 3)[0]).id


def status(meeting_id) -> MeetingStatus:
    db.session.rollback()
    found = db.session.get_one(Meeting, meeting_id).status
    db.session.rollback()
    return found


@pytest.mark.parametrize("scripts", [True, False])
def test_three_taps_mend_the_schedule_and_one_takes_it_back(
    page, event, meeting_id, browser_of, address, scripts
):
    go_on_as(page, browser_of(make_member(event, language="en")), address)
    page.goto("/organize/han-quoc/schedule/repair")
    width = page.viewport_size["width"]
    page.locator(".missable__link", has_text="Hanil").click()
    page.locator("button[value=absent]").click()
    page.wait_for_url("**/choices/*")
    expect(page.locator(".ways__item").first).to_contain_text("1 cancelled")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("form[action$='/apply'] button").first.click()
    page.wait_for_url("**/han-quoc/schedule")
    assert status(meeting_id) is MeetingStatus.CANCELLED

    page.locator("form[action$='/revert'] button").click()
    expect(page.locator(".versions__item").first).to_contain_text("Version 2")
    assert status(meeting_id) is MeetingStatus.SCHEDULED
