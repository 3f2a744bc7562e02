"""A company finds a partner, asks, is accepted, and takes a time both have free."""

import pytest
from playwright.sync_api import expect

from matchmaking.companies.models import Side
from matchmaking.core.bilingual import Bilingual
from tests.factories import (
    make_company,
    make_event,
    make_registration,
    make_representative,
    make_slots,
    make_tables,
)
from tests.journeys.conftest import go_on_as
from tests.visitor import Visitor


@pytest.fixture
def event(app):
    event = make_event(slug="han-quoc")
    make_slots(event)
    make_tables(event)
    return event


@pytest.fixture
def dong_son(event):
    return make_company(
        event, name=Bilingual("Đông Sơn"), offering=["fisheries"], seeking=["electronics"]
    )


@pytest.fixture
def hanil(event):
    return make_company(
        event,
        name=Bilingual("Hanil"),
        side=Side.FOREIGN,
        offering=["electronics"],
        seeking=["fisheries"],
        languages=["en"],
    )


@pytest.fixture
def come_as(page, app, address, event):
    """The page goes on in the browser of this company's representative."""

    def come(company):
        delegate = make_registration(event, language="vi")
        code = delegate.code
        make_representative(company, delegate)
        go_on_as(page, Visitor(app).holding(delegate), address)
        return code

    return come


def test_a_company_asks_a_partner_who_accepts_and_books_a_time(page, come_as, dong_son, hanil):
    come_as(dong_son)
    page.goto("/events/han-quoc/business/companies")
    partner = page.locator(".partner", has_text="Hanil").first
    expect(partner.locator(".partner__why")).not_to_be_empty()
    partner.locator("form[action$='/ask'] button").click()
    expect(page.locator(".partner", has_text="Hanil").first).to_contain_text("Đã mời, chờ trả lời")

    my_page = come_as(hanil)
    page.goto(f"/registrations/{my_page}")
    accept = page.get_by_role("button", name="Nhận lời mời của Đông Sơn")
    accept.click()
    expect(accept).to_have_count(0)

    page.goto("/events/han-quoc/business/companies?q=dong+son")
    page.locator(".partner").get_by_role("link", name="Đông Sơn").first.click()
    page.locator("a[href$='/book']").click()
    page.locator("label", has_text="08:20–08:40").click()
    page.locator("main form button[type=submit]").click()

    page.wait_for_url("**/business/meetings")
    expect(page.locator("main")).to_contain_text("08:20–08:40")
    expect(page.locator("main")).to_contain_text("Đông Sơn")
