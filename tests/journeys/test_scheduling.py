"""An organizer has the meetings scheduled and publishes them; the companies see theirs."""

import pytest
from playwright.sync_api import expect

from matchmaking.companies.models import Side
from matchmaking.core import jobs
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.meetings.models import RequestStatus
from tests.documents import paper
from tests.factories import (
    make_company,
    make_event,
    make_member,
    make_registration,
    make_representative,
    make_request,
    make_slots,
    make_tables,
)
from tests.journeys.conftest import go_on_as


@pytest.fixture
def event(app):
    event = make_event(slug="han-quoc")
    make_slots(event)
    make_tables(event)
    return event


@pytest.fixture
def delegate(event):
    """Who comes for Đông Sơn, which Hanil has agreed to meet."""
    dong_son = make_company(event, name=Bilingual("Đông Sơn"))
    hanil = make_company(event, name=Bilingual("Hanil"), side=Side.FOREIGN)
    make_request(dong_son, hanil, status=RequestStatus.ACCEPTED)
    return make_representative(dong_son, make_registration(event, language="vi")).registration


def test_an_organizer_runs_the_scheduler_and_publishes_what_it_made(
    page, event, delegate, address, visitor, browser_of
):
    code = delegate.code
    organizer = browser_of(make_member(event, language="vi"))
    go_on_as(page, organizer, address)
    page.goto("/organize/han-quoc/schedule")
    page.locator("form[action$='/schedule/runs'] button[type=submit]").click()
    page.wait_for_url("**/schedule/runs/*")
    jobs.run_due()
    db.session.rollback()
    expect(page.locator(".stat").first).to_contain_text("1")
    page.locator("form[action$='/publish'] button[type=submit]").click()
    page.wait_for_url("**/organize/han-quoc/schedule")

    go_on_as(page, visitor.holding(delegate), address)
    page.goto("/events/han-quoc/business/meetings")
    expect(page.locator("main")).to_contain_text("Hanil")
    agenda = page.request.get(f"/registrations/{code}/agenda.pdf").body()
    assert any("Hanil" in words for words in paper.words(agenda))
