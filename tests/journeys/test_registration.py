import pytest

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
    assert page.locator(".errors__link").count() == 4
    assert barriers_on(page) == []

    page.fill("#full_name", "Nguyễn Thị Ánh")
    page.fill("#organization", "Sở Công Thương")
    page.fill("#email", "anh@example.com")
    page.fill("#phone", "0912 345 678")
    page.locator("button[value=next]").click()
    assert page.locator("input[type=checkbox]:checked").count() == 0
    assert page.locator("#ticket_type-1").is_disabled()
    page.locator("button[value=send]").click()
    assert barriers_on(page) == []

    choose(page, "ticket_type-0")
    choose(page, "processing")
    page.locator("button[value=back]").click()
    assert page.input_value("#full_name") == "Nguyễn Thị Ánh"
    page.locator("button[value=next]").click()
    assert page.locator("#ticket_type-0").is_checked()
    page.locator("button[value=send]").click()

    page.locator(".pass__code").wait_for()
    page.wait_for_load_state("load")
    assert page.evaluate("document.querySelector('.pass__code').naturalWidth") > 400
    assert barriers_on(page) == []
