"""The gate on a phone of its own: enrolled, offline, reloaded, killed, and back again."""

import json
import secrets
from urllib.parse import quote

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from matchmaking.checkin.models import Scan
from matchmaking.checkin.services import add_device, offer_enrolment, revoke_device
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.registration.models import Badge, Registration, RegistrationStatus
from matchmaking.registration.services import reissue_badge
from tests.checkin.scanning import event_today, token_of
from tests.checkin.uploading import assert_in_step, standing
from tests.factories.registration import make_registration, make_ticket_type
from tests.journeys.phones import DUMP, bring, enrolled, nothing_kept, offline, scan, waiting


@pytest.fixture
def event(app):
    return event_today(slug="han-quoc")


def test_two_phones_offline_on_one_badge_are_one_admission_and_one_conflict(
    event, venue, open_phone
):
    delegate = make_registration(event, full_name="Nguyễn Thị Ánh")
    token, name = token_of(delegate), delegate.full_name
    venue.open()
    pages = [enrolled(open_phone(), event, name=n)[0] for n in ("east", "west")]
    venue.close()

    for page in pages:
        offline(page)
        expect(scan(page, token)).to_have_attribute("data-shown", "admitted")
        expect(page.locator("#answer")).to_contain_text(name)
        page.reload()
        waiting(page, 1)
        expect(scan(page, token)).to_have_attribute("data-shown", "duplicate")
        waiting(page, 2)
    venue.open()
    for page in reversed(pages):
        bring(page)

    kinds = sorted(standing(event).values())
    assert kinds == [
        ("admitted", False), ("duplicate", False), ("duplicate", False), ("duplicate", True),
    ]  # fmt: skip
    assert_in_step(event)


def test_killed_browser_loses_no_scan_and_admits_nobody_twice(event, venue, open_phone):
    delegates = [make_registration(event) for _ in range(5)]
    tokens = [token_of(one) for one in delegates]
    venue.open()
    page, _ = enrolled(open_phone("east"), event)
    venue.close()
    offline(page)
    for token in tokens[:3]:
        expect(scan(page, token)).to_have_attribute("data-shown", "admitted")
    page.locator(".switch__part").first.click()
    page.keyboard.type("".join(f"{token}\n" for token in tokens[3:]))
    waiting(page, 5)
    page.context.close()

    page = open_phone("east").new_page()
    page.goto("/events/han-quoc/gate")

    waiting(page, 5)
    expect(scan(page, tokens[0])).to_have_attribute("data-shown", "duplicate")
    venue.open()
    bring(page)
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 6
    assert_in_step(event)


def test_each_bad_badge_has_its_own_answer_offline(event, venue, open_phone):
    stranger = token_of(make_registration(event_today()))
    delegate = make_registration(event)
    old = token_of(delegate)
    reissue_badge(delegate)
    good = token_of(delegate)
    forged = good[:100] + ("A" if good[100] != "A" else "B") + good[101:]
    late = make_registration(event)
    late_token = token_of(late)
    for row in (*late.badges, late):
        db.session.delete(row)
    venue.open()
    page, _ = enrolled(open_phone(), event)
    offline(page)

    for text, shown, words in (
        ("https://example.com", "refused", "not a badge of this system"),
        (forged, "refused", "forged or damaged"),
        (stranger, "refused", "another event"),
        (old, "refused", "replaced by a newer one"),
        (late_token, "check", "will be checked"),
        (good, "admitted", "Welcome"),
    ):
        answer = scan(page, text)
        expect(answer).to_have_attribute("data-shown", shown)
        expect(answer).to_contain_text(words)
    waiting(page, 6)
    bring(page)

    assert db.session.scalar(select(func.count()).select_from(Scan)) == 6


STEMS = ("Khánh Linh", "Đông Sơn", "khanhlinh", "912000", "03819500", "XQJW0", "gapgo_")
"""One of them is in every name, organization, e-mail, phone, identity number, code and key below."""


def seeded(event, count):
    ticket_type = make_ticket_type(event)
    people = [
        Registration(
            event_id=event.id,
            ticket_type_id=ticket_type.id,
            status=RegistrationStatus.CONFIRMED,
            full_name=f"Nguyễn Thị Khánh Linh {n:04}",
            organization=f"Công ty Đông Sơn {n:04}",
            email=f"khanhlinh{n:04}@example.com",
            phone=f"+84912{n:06}",
            identity=f"03819500{n:04}",
            code=f"XQJW{n:04}",
            sort_name="linh",
            search_text="linh",
            language="vi",
            confirmed_at=clock.now(),
        )
        for n in range(count)
    ]
    db.session.add_all(people)
    db.session.flush()
    db.session.add_all(
        Badge(registration_id=one.id, event_id=event.id, code=secrets.token_hex(16))
        for one in people
    )
    db.session.flush()
    return people


def written_ways(text):
    """As a disk may hold it: UTF-8, UTF-16, and both with what is not ASCII escaped as in JSON."""
    escaped = json.dumps(text).strip('"')
    spellings = {text, text.upper(), text.lower(), escaped, escaped.upper(), quote(text)}
    return [one.encode(coding) for one in spellings for coding in ("utf-8", "utf-16-le")]


def test_nothing_on_the_phone_tells_one_of_a_thousand_names_addresses_numbers_or_a_key(
    event, venue, open_phone, tmp_path
):
    people = seeded(event, 1000)
    secrets_of_all = [
        text
        for one in people
        for text in (one.full_name, one.organization, one.email, one.phone, one.identity, one.code)
    ]
    assert [t for t in secrets_of_all if not any(stem in t for stem in STEMS)] == []
    tokens = [token_of(one) for one in people[:3]]
    venue.open()
    page, _ = enrolled(open_phone("east"), event)
    offline(page)
    for token in tokens:
        expect(scan(page, token)).to_have_attribute("data-shown", "admitted")
    page.fill("[data-search]", "khanh linh 0007")
    expect(page.locator("[data-found] .found__name")).to_have_text(["Nguyễn Thị Khánh Linh 0007"])

    told = page.evaluate(DUMP)
    page.context.close()
    kept = [path.read_bytes() for path in (tmp_path / "east").rglob("*") if path.is_file()]

    assert "waiting" in told
    assert [text for text in [*STEMS, *secrets_of_all, *tokens] if text in told] == []
    assert b"waiting" in b"".join(kept)
    wanted = [way for text in [*STEMS, *tokens] for way in written_ways(text)]
    assert [way for way in wanted for content in kept if way in content] == []


def test_revoked_phone_is_wiped_and_what_it_brings_is_held(event, venue, open_phone):
    delegate = make_registration(event, full_name="Kim Min-jun")
    token = token_of(delegate)
    venue.open()
    page, device = enrolled(open_phone(), event)
    offline(page)
    page.fill("[data-search]", "min-jun")
    expect(page.locator("[data-found]")).to_contain_text("Kim Min-jun")
    expect(scan(page, token)).to_have_attribute("data-shown", "admitted")
    revoke_device(device)
    db.session.commit()

    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator("[data-state=revoked]")).to_be_visible()
    expect(page.locator("[data-state=open]")).to_be_hidden()
    nothing_kept(page)
    assert "Kim Min-jun" not in page.content()
    db.session.rollback()
    assert list(standing(event).values()) == [("held", False)]
    db.session.rollback()
    page.reload()
    expect(page.locator("[data-state=new]")).to_be_visible()
    assert json.loads(
        page.evaluate("indexedDB.databases().then((all) => JSON.stringify(all))")
    ) in (
        [],
        [{"name": "gate han-quoc", "version": 2}],
    )


def test_online_the_phone_hears_at_once_that_another_gate_was_first(event, venue, open_phone):
    delegate = make_registration(event, full_name="Kim Min-jun", delegation="Busan")
    token = token_of(delegate)
    venue.open()
    pages = [enrolled(open_phone(), event, name=n)[0] for n in ("east", "west")]

    expect(scan(pages[0], token)).to_have_attribute("data-shown", "admitted")
    answer = scan(pages[1], token)

    expect(answer).to_have_attribute("data-shown", "duplicate")
    expect(answer).to_contain_text("device east")


def test_enrolment_works_once(event, venue, open_phone):
    device = add_device(event, name="East 1", gates=[], language="en")
    secret, slug = offer_enrolment(device), event.slug
    venue.open()
    for state in ("open", "used"):
        page = open_phone().new_page()
        page.goto(f"/events/{slug}/gate#{secret}")
        expect(page.locator(f"[data-state={state}]")).to_be_visible()
        assert secret not in page.url
        page.evaluate("navigator.serviceWorker.ready")  # it fetches the page in both languages
        assert "language" not in {cookie["name"] for cookie in page.context.cookies()}
