import pytest
from playwright.sync_api import expect

from matchmaking.companies.models import CompanyStatus, Side
from matchmaking.companies.queries import company_of
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.meetings.models import Meeting
from matchmaking.registration.access import personal_key
from tests.factories import (
    make_company,
    make_event,
    make_registration,
    make_representative,
    make_slots,
    make_tables,
    make_ticket_type,
)
from tests.journeys.accessibility import barriers_on


@pytest.fixture
def event(app):
    event = make_event(slug="han-quoc", priority_sectors=["electronics"])
    make_slots(event)
    make_tables(event)
    return event


@pytest.fixture
def hanil(event):
    company = make_company(
        event,
        side=Side.FOREIGN,
        name=Bilingual("Hanil 한일전자", "Hanil Electronics"),
        offering=["electronics"],
        seeking=["supporting_industry"],
        languages=["ko", "en"],
    )
    make_representative(company, is_contact=True)
    return company


def delegate_of(event):
    ticket_type = make_ticket_type(event, meets_companies=True)
    delegate = make_registration(
        ticket_type=ticket_type, organization="Cơ khí Đông Sơn", language="vi"
    )
    db.session.commit()
    return delegate


def open_personal_link(page, delegate):
    address = f"/r/{delegate.code}/{personal_key(delegate)}"
    db.session.commit()
    page.goto(address)


def tick(page, picker, words, sector):
    """Find a sector by typing without diacritics, and tick it."""
    page.fill(f"#{picker} input[type=search]", words)
    page.locator(f"#{picker} label", has_text=sector).click()


def test_a_company_introduces_itself_asks_and_books(page, event, hanil):
    delegate = delegate_of(event)
    open_personal_link(page, delegate)
    page.locator("a", has_text="Giới thiệu doanh nghiệp của tôi").click()

    tick(page, "offering", "cong nghiep ho tro", "Công nghiệp hỗ trợ")
    tick(page, "seeking", "dien tu", "Điện tử và linh kiện")
    expect(page.locator("#seeking .picker__chip")).to_have_text(["Điện tử và linh kiện"])
    page.locator("label", has_text="Tiếng Anh (English)").click()
    page.locator("button", has_text="Lưu hồ sơ").click()
    page.locator("text=Hồ sơ đang được Ban tổ chức xem").wait_for()

    company = company_of(delegate)
    company.status = CompanyStatus.CONFIRMED
    db.session.commit()
    page.goto("/events/han-quoc/business/companies")
    expect(page.locator(".partner__why").first).to_contain_text("Họ cung cấp điện tử và linh kiện")
    page.locator("button", has_text="Mời gặp").first.click()
    page.locator("text=Đã mời, chờ trả lời").first.wait_for()

    page.locator("a", has_text="Hanil").first.click()
    page.locator("a", has_text="Đặt giờ ngay").click()
    page.locator("label", has_text="08:20–08:40").click()
    page.locator("button", has_text="Đặt cuộc gặp").click()
    page.locator("text=Đã đặt cuộc gặp.").wait_for()
    assert db.session.query(Meeting).one().company_b == hanil


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_refused_profile_has_no_barriers(page, event, language):
    delegate = delegate_of(event)
    open_personal_link(page, delegate)
    page.goto(f"/events/han-quoc/business/profile?lang={language}")
    page.locator("button.button--primary").click()
    expect(page.locator(".errors__link")).not_to_have_count(0)
    assert barriers_on(page) == []
