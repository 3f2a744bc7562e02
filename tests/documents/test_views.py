from uuid import UUID

from matchmaking.core import outbox
from matchmaking.registration.models import RegistrationStatus
from matchmaking.registration.queries import current_badge
from matchmaking.registration.tokens import badge_token
from tests.documents import paper
from tests.factories import make_event, make_member, make_registration


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
