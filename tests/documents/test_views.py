import re
from uuid import UUID

from matchmaking.core import outbox
from matchmaking.core.bilingual import Bilingual
from matchmaking.events.models import EventStatus
from matchmaking.registration.models import RegistrationStatus
from matchmaking.registration.queries import current_badge
from matchmaking.registration.tokens import badge_token
from tests.documents import paper
from tests.factories import make_event, make_member, make_registration, make_session


def test_delegate_prints_the_own_badge(visitor):
    delegate = make_registration()

    answer = visitor.holding(delegate).get(f"/registrations/{delegate.code}/badge.pdf")

    assert answer.content_type == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert delegate.code in answer.headers["Content-Disposition"]
    (picture,) = paper.pictures(answer.data)
    assert paper.codes(picture) == [badge_token(current_badge(delegate))]


def test_badge_comes_in_the_size_asked_for(visitor):
    delegate = make_registration()

    answer = visitor.holding(delegate).get(f"/registrations/{delegate.code}/badge.pdf?size=card")

    (picture,) = paper.pictures(answer.data)
    assert picture.width > picture.height


def test_organizer_prints_a_delegates_badge(browser_of):
    event = make_event()
    delegate = make_registration(event)

    answer = browser_of(make_member(event)).get(f"/registrations/{delegate.code}/badge.pdf")

    assert answer.status_code == 200


def test_stranger_sees_no_papers_of_a_delegate(visitor, browser_of):
    delegate = make_registration()
    organizer_elsewhere = browser_of(make_member(make_event()))

    for page in ("badge.pdf", "agenda.ics"):
        assert visitor.get(f"/registrations/{delegate.code}/{page}").status_code == 404
        assert organizer_elsewhere.get(f"/registrations/{delegate.code}/{page}").status_code == 404


def test_registration_that_waits_has_no_badge_and_is_told_why(visitor):
    delegate = make_registration(status=RegistrationStatus.PENDING)

    answer = visitor.holding(delegate).get(f"/registrations/{delegate.code}/badge.pdf")

    assert answer.status_code == 409
    assert "this registration is not confirmed" in answer.text


def test_mail_has_the_badge_and_the_agenda_of_its_reader(app):
    delegate = make_registration()
    subject = UUID(str(delegate.id))

    with app.test_request_context():
        badge = outbox.makers["badge"](subject, "vi")
        agenda = outbox.makers["calendar"](subject, "vi")

    assert badge.name == f"the-dai-bieu-{delegate.code}.pdf"
    assert paper.codes(paper.pictures(badge.content)[0]) == [badge_token(current_badge(delegate))]
    assert (agenda.name, agenda.content[:15]) == (
        f"lich-trinh-{delegate.code}.ics",
        b"BEGIN:VCALENDAR",
    )


def test_delegate_prints_the_own_agenda(visitor):
    delegate = make_registration(full_name="김민수")

    answer = visitor.holding(delegate).get(f"/registrations/{delegate.code}/agenda.pdf")

    assert "김민수" in paper.words(answer.data)[0]
    assert "Personal agenda" in paper.words(answer.data)[0]
    assert all(paper.fonts(answer.data).values())
    assert paper.language(answer.data) == "en"


def test_programme_is_printed_for_everybody_in_both_languages(visitor):
    event = make_event(theme=Bilingual("Cùng phát triển", "Growing together"))
    opening = make_session(event, title=Bilingual("Khai mạc", "Opening"))
    make_session(
        event, "08:10", "08:20", parent_id=opening.id, title=Bilingual("Diễn văn", "Speech")
    )

    english = paper.words(visitor.get(f"/events/{event.slug}/programme.pdf").data)[0]
    visitor.headers = {"Accept-Language": "vi"}
    vietnamese = paper.words(visitor.get(f"/events/{event.slug}/programme.pdf").data)[0]

    for text in (english, vietnamese):
        for part in ("Khai mạc", "Opening", "08:10–08:20", "Diễn văn", "Cùng phát triển"):
            assert part in text
    assert english.index("Opening") < english.index("Khai mạc")
    assert vietnamese.index("Khai mạc") < vietnamese.index("Opening")


def test_programme_of_a_draft_is_not_printed_for_strangers(visitor):
    event = make_event(status=EventStatus.DRAFT)

    assert visitor.get(f"/events/{event.slug}/programme.pdf").status_code == 404


def test_long_programme_goes_on_over_pages_and_cuts_nothing(visitor):
    event = make_event()
    for hour in range(8, 20):
        for minute in range(0, 60, 12):
            title = f"Phiên {hour}:{minute} " + "dài " * 30
            make_session(
                event, f"{hour}:{minute:02}", f"{hour}:{minute + 10}", title=Bilingual(title, title)
            )

    pages = paper.words(visitor.get(f"/events/{event.slug}/programme.pdf").data)

    assert len(pages) > 2
    assert "Phiên 8:0" in pages[0]
    assert "Phiên 19:48" in pages[-1]
    assert all(f"{number} / {len(pages)}" in page for number, page in enumerate(pages, 1))


def test_own_page_offers_the_agenda_on_paper_and_as_a_subscription(visitor):
    delegate = make_registration()

    page = visitor.holding(delegate).get(f"/registrations/{delegate.code}").text

    assert f'href="/registrations/{delegate.code}/agenda.pdf"' in page
    address = re.search(r'href="webcal://[^/]+(/calendars/[^"]+)"', page)[1]
    assert visitor.get(address).status_code == 200


def test_event_page_offers_the_programme_once_there_is_one(visitor):
    event = make_event()
    before = visitor.get(f"/events/{event.slug}").text
    make_session(event)

    after = visitor.get(f"/events/{event.slug}").text

    assert "programme.pdf" not in before
    assert f'href="/events/{event.slug}/programme.pdf"' in after
    assert f'href="/events/{event.slug}/agenda.ics"' in after
