import pytest
from playwright.sync_api import expect

from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from tests.factories import (
    make_event,
    make_session,
    make_ticket_type,
)
from tests.journeys.accessibility import barriers_on


@pytest.fixture
def event(app):
    event = make_event(slug="han-quoc")
    make_ticket_type(
        event, code="delegate", places=40, attendances=["in_person", "online"],
        description=Bilingual("Phiên toàn thể", "Plenary"),
    )  # fmt: skip
    make_ticket_type(event, code="guest", places=0, name=Bilingual("Khách mời", "Guest"))
    make_session(event, "08:00", "09:00", sign_up=True, capacity=3)
    db.session.commit()
    return event


def choose(page, field):
    page.locator(f"label[for='{field}']").click()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_delegate_registers_and_has_the_badge_at_once(page, event, language):
    page.goto(f"/events/han-quoc/register?lang={language}")
    page.locator("button[value=next]").click()
    expect(page.locator(".errors__link")).to_have_count(4)
    assert barriers_on(page) == []

    page.fill("#full_name", "Nguyễn Thị Ánh")
    page.fill("#organization", "Sở Công Thương")
    page.fill("#email", "anh@example.com")
    page.fill("#phone", "0912 345 678")
    page.locator("button[value=next]").click()
    expect(page.locator("#ticket_type-1")).to_be_disabled()
    page.wait_for_load_state()
    expect(page.locator("input[type=checkbox]:checked")).to_have_count(0)
    page.locator("button[value=send]").click()
    expect(page.locator(".errors__link")).not_to_have_count(0)
    assert barriers_on(page) == []

    choose(page, "ticket_type-0")
    choose(page, "processing")
    page.locator("button[value=back]").click()
    expect(page.locator("#full_name")).to_have_value("Nguyễn Thị Ánh")
    page.locator("button[value=next]").click()
    expect(page.locator("#ticket_type-0")).to_be_checked()
    page.locator("button[value=send]").click()

    page.locator(".pass__code").wait_for()
    page.wait_for_load_state("load")
    assert page.evaluate("document.querySelector('.pass__code').naturalWidth") > 400
    assert barriers_on(page) == []
