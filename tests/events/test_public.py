import json
import re
from datetime import timedelta

import pytest

from matchmaking.core import clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.events.models import Booth, EventStatus, MemberRole
from matchmaking.events.services.lifecycle import create_series
from tests.factories import make_company, make_event, make_member, make_session
from tests.factories.base import add
from tests.visitor import Visitor


def test_home_shows_coming_events_before_past_ones_and_no_drafts(visitor):
    today = clock.now().date()
    make_event(name=Bilingual("Gặp gỡ Nhật Bản", "Meet Japan"))
    make_event(name=Bilingual("Gặp gỡ Lào", "Meet Laos"), starts_on=today - timedelta(days=9))
    make_event(name=Bilingual("Nháp", "Secret draft"), status=EventStatus.DRAFT)

    page = visitor.get("/").text

    assert page.index("Meet Japan") < page.index("Past events") < page.index("Meet Laos")
    assert "Secret draft" not in page


def test_home_without_events_says_what_will_stand_there(visitor):
    assert "Events will appear here" in visitor.get("/").text


def test_event_page_is_written_in_the_readers_language(app):
    event = make_event(name=Bilingual("Gặp gỡ Hàn Quốc", "Meet Korea"))

    assert '<h1 class="hero__name">Meet Korea' in Visitor(app).get(f"/events/{event.slug}").text
    vietnamese = Visitor(app, language="vi").get(f"/events/{event.slug}").text
    assert '<h1 class="hero__name">Gặp\u00a0gỡ Hàn\u00a0Quốc' in vietnamese
    assert 'lang="vi"' in vietnamese


def test_draft_is_nowhere_for_strangers_and_marked_for_its_members(visitor, browser_of):
    event = make_event(status=EventStatus.DRAFT)
    member = make_member(event, MemberRole.VIEWER)
    gate = make_member(event, MemberRole.GATE)

    assert visitor.get(f"/events/{event.slug}").status_code == 404
    assert visitor.get(f"/events/{event.slug}/share/vi.png").status_code == 404
    assert browser_of(gate).get(f"/events/{event.slug}").status_code == 404
    assert "This is a draft" in browser_of(member).get(f"/events/{event.slug}").text


def test_nested_sessions_stand_inside_the_one_they_are_part_of(visitor):
    event = make_event()
    plenary = make_session(event, "08:00", "10:00", title=Bilingual("Toàn thể", "Plenary"))
    make_session(
        event, "08:30", "09:00", parent_id=plenary.id, title=Bilingual("Mở đầu", "Opening words")
    )

    page = visitor.get(f"/events/{event.slug}").text

    inside = page[page.index("programme__inside") :]
    assert "Opening words" in inside


def test_public_page_asks_as_many_queries_for_three_sessions_as_for_one(visitor, count_queries):
    def queries_of(sessions: int) -> int:
        event = make_event()
        for number in range(sessions):
            make_session(event, f"{8 + number:02}:00", f"{9 + number:02}:00")
        with count_queries() as counted:
            visitor.get(f"/events/{event.slug}")
        return counted.total

    assert queries_of(1) == queries_of(3)


@pytest.mark.parametrize(
    ("opens", "closes", "sentence"),
    [
        (None, None, "Register to attend"),
        (1, None, "Registration opens at"),
        (-2, -1, "Registration closed at"),
    ],
)
def test_the_one_button_or_why_there_is_none(visitor, opens, closes, sentence):
    now = clock.now()
    event = make_event(
        registration_opens_at=opens and now + timedelta(days=opens),
        registration_closes_at=closes and now + timedelta(days=closes),
    )

    assert sentence in visitor.get(f"/events/{event.slug}").text


def test_a_past_event_thanks_those_who_came(visitor):
    event = make_event(starts_on=clock.now().date() - timedelta(days=5))

    assert "This event is over" in visitor.get(f"/events/{event.slug}").text


def test_an_unchanged_page_is_not_sent_twice(visitor):
    event = make_event()
    first = visitor.get(f"/events/{event.slug}")

    again = visitor.get(
        f"/events/{event.slug}",
        headers={**visitor.headers, "If-None-Match": first.headers["ETag"]},
    )

    assert again.status_code == 304


def test_only_a_page_of_nobody_in_particular_may_be_shared_by_caches(visitor, browser_of):
    event = make_event()
    member = make_member(event)

    anyone = visitor.get(f"/events/{event.slug}")
    assert anyone.cache_control.public
    assert anyone.cache_control.max_age == 60
    assert {"Cookie", "Accept-Language"} <= set(anyone.vary)
    assert "Set-Cookie" not in anyone.headers
    assert not browser_of(member).get(f"/events/{event.slug}").cache_control.public


def test_a_link_to_the_event_is_shown_with_a_picture_of_its_words(visitor):
    event = make_event(
        name=Bilingual("Hội nghị " * 30, "Meet Korea"), theme=Bilingual("Chủ đề " * 60, "")
    )

    for language in ("vi", "en"):
        answer = visitor.get(f"/events/{event.slug}/share/{language}.png")
        assert answer.mimetype == "image/png"
        assert answer.data.startswith(b"\x89PNG")
        assert answer.cache_control.immutable
    assert visitor.get(f"/events/{event.slug}/share/ko.png").status_code == 404


def test_robots_are_told_what_is_not_for_them(visitor):
    assert "Disallow: /organize" in visitor.get("/robots.txt").text


def test_a_booth_is_shown_with_the_company_that_holds_it(visitor):
    event = make_event(modules=["exhibition"])
    held = add(Booth(event_id=event.id, number="A1"))
    add(Booth(event_id=event.id, number="A2", holder=Bilingual("Tỉnh Nghệ An", "Nghe An")))
    add(Booth(event_id=event.id, number="A3"))
    make_company(event, booth_id=held.id, name=Bilingual("Cơ khí Đông Sơn", "Dong Son Mechanics"))

    exhibition = visitor.get(f"/events/{event.slug}").text.split('id="exhibition"')[1]

    for text in ("Dong Son Mechanics", "Nghe An", "To be announced"):
        assert exhibition.count(text) == 1


def test_search_engines_read_the_event_as_data_whatever_its_name_holds(visitor):
    event = make_event(
        name=Bilingual("", 'Meet "Korea" </script><script>alert(1)</script>'),
        venue=Bilingual("Nhà hát, Hà Nội", "Opera House, Ha Noi"),
    )

    page = visitor.get(f"/events/{event.slug}").text

    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])
    assert data["name"] == event.name.en
    assert data["location"]["name"] == "Opera House"
    assert data["startDate"] == event.starts_on.isoformat()
    assert "<script>alert" not in page
    assert f'hreflang="en" href="http://127.0.0.1:8000/events/{event.slug}?lang=en"' in page


def test_series_with_several_editions_are_listed_and_lead_to_each_other(visitor):
    series = create_series(Bilingual("Gặp gỡ Hàn Quốc", "Meet Korea"))
    first, second = (
        make_event(series_id=series.id, edition=year, name=Bilingual("", f"Meet Korea {year}"))
        for year in ("2025", "2026")
    )

    assert "Series" in visitor.get("/").text
    assert f'href="/events/{first.slug}">2025<' in visitor.get(f"/events/{second.slug}").text


def test_home_asks_as_many_queries_for_three_events_as_for_one(visitor, count_queries):
    def queries_with(events):
        for _ in range(events):
            make_event()
        with count_queries() as counted:
            visitor.get("/")
        return counted.total

    assert queries_with(1) == queries_with(2)
