import pytest

from matchmaking.companies.models import Company, Side
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.meetings.models import MeetingRequest, RequestStatus
from tests.factories import (
    make_company,
    make_event,
    make_registration,
    make_representative,
    make_request,
    make_user,
)


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def dong_son(event):
    return make_company(event, name=Bilingual("Đông Sơn"), seeking=["electronics"])


@pytest.fixture
def hanil(event):
    return make_company(
        event,
        name=Bilingual("Hanil"),
        side=Side.FOREIGN,
        offering=["electronics"],
        languages=["en"],
    )


@pytest.fixture
def browser(visitor, dong_son):
    """A browser of Đông Sơn's representative."""
    return visitor.holding(make_representative(dong_son).registration)


def business(event, path):
    return f"/events/{event.slug}/business{path}"


def the_request():
    return db.session.query(MeetingRequest).one()


def test_one_tap_in_the_directory_asks(browser, event, dong_son, hanil):
    here = business(event, "/companies?q=hanil")
    assert "Ask to meet: Hanil" in browser.get(here).text

    answer = browser.post(
        business(event, f"/companies/{hanil.id}/ask"), {"priority": "3", "next": here}
    )

    assert answer.location == here
    assert (the_request().from_company_id, the_request().priority) == (dong_son.id, 3)
    assert "Asked, no answer yet" in browser.get(here).text


def test_asking_with_a_rank_and_a_word(browser, event, hanil):
    browser.post(
        business(event, f"/companies/{hanil.id}/ask"), {"priority": "5", "message": "Rất mong 😀"}
    )

    assert (the_request().priority, the_request().message) == (5, "Rất mong 😀")


def test_a_message_too_long_is_refused_with_a_sentence(browser, event, hanil):
    address = business(event, f"/companies/{hanil.id}")

    answer = browser.post(f"{address}/ask", {"priority": "5", "message": "x" * 5000})

    assert "Shorten this to 1000 letters" in browser.get(answer.location).text
    assert db.session.query(MeetingRequest).count() == 0


def test_asking_twice_is_refused(browser, event, dong_son, hanil):
    make_request(dong_son, hanil)

    answer = browser.post(business(event, f"/companies/{hanil.id}/ask"), {"priority": "3"})

    assert answer.status_code == 409
    assert "already asked" in answer.text


def test_why_one_cannot_ask_is_said_before_one_tries(browser, event, dong_son, hanil):
    neighbour = make_company(event, name=Bilingual("Sao Mai"))
    assert "on the same side" in browser.get(business(event, f"/companies/{neighbour.id}")).text

    db.session.get(type(event), event.id).requests_per_company = 0
    page = browser.get(business(event, f"/companies/{hanil.id}")).text
    assert "already has as many as it may have" in page


def test_a_request_is_accepted_with_a_word(browser, event, dong_son, hanil):
    received = make_request(hanil, dong_son, message="Nice to meet you")
    page = browser.get(business(event, "/requests")).text
    assert "Nice to meet you" in page

    browser.post(business(event, f"/requests/{received.id}/accept"), {"answer": "Hân hạnh"})

    assert (the_request().status, the_request().answer) == (RequestStatus.ACCEPTED, "Hân hạnh")
    assert "You accepted" in browser.get(business(event, "/requests")).text


def test_a_request_is_declined_in_one_tap_and_not_answered_twice(browser, event, dong_son, hanil):
    received = make_request(hanil, dong_son)
    address = business(event, f"/requests/{received.id}/decline")

    assert browser.post(address).status_code == 302
    assert browser.post(address).status_code == 409
    assert the_request().status is RequestStatus.DECLINED


def test_a_sent_request_changes_its_rank_and_is_taken_back(browser, event, dong_son, hanil):
    sent = make_request(dong_son, hanil)

    browser.post(business(event, f"/requests/{sent.id}/rank"), {"priority": "5"})
    assert the_request().priority == 5
    assert (
        browser.post(business(event, f"/requests/{sent.id}/rank"), {"priority": "9"}).status_code
        == 422
    )
    browser.post(business(event, f"/requests/{sent.id}/withdraw"))
    assert the_request().status is RequestStatus.WITHDRAWN


def test_two_that_asked_each_other_will_meet(browser, event, dong_son, hanil):
    make_request(dong_son, hanil)
    make_request(hanil, dong_son)

    assert "You will meet" in browser.get(business(event, f"/companies/{hanil.id}")).text
    assert "You asked them too" in browser.get(business(event, "/requests")).text


@pytest.mark.parametrize("act", ["accept", "decline", "withdraw", "rank"])
def test_nobody_touches_the_requests_of_others(browser, event, hanil, act):
    others = make_request(hanil, make_company(event))

    answer = browser.post(business(event, f"/requests/{others.id}/{act}"), {"priority": "1"})

    assert answer.status_code == 404


def test_a_company_cannot_read_what_others_wrote_to_each_other(browser, event, hanil):
    make_request(hanil, make_company(event), message="a secret between two")

    for path in ("/requests", "/companies", f"/companies/{hanil.id}"):
        assert "a secret between two" not in browser.get(business(event, path)).text


def test_only_the_receiver_answers_and_only_the_sender_takes_back(browser, event, dong_son, hanil):
    sent = make_request(dong_son, hanil)

    assert browser.post(business(event, f"/requests/{sent.id}/accept")).status_code == 404


def test_strangers_see_no_requests(browser_of, event):
    stranger = browser_of(make_user())
    for path in ("/requests", "/meetings"):
        assert stranger.get(business(event, path)).status_code == 404


def test_my_page_begins_with_what_waits_for_an_answer(visitor, event, dong_son, hanil):
    delegate = make_representative(dong_son, make_registration(event)).registration
    received = make_request(hanil, dong_son)
    browser = visitor.holding(delegate)

    assert "Accept the request of Hanil" in browser.get(f"/registrations/{delegate.code}").text
    answer = browser.post(
        business(event, f"/requests/{received.id}/accept"),
        {"next": f"/registrations/{delegate.code}"},
    )
    assert answer.location == f"/registrations/{delegate.code}"


def test_an_answer_never_leads_away_from_the_site(browser, event, dong_son, hanil):
    received = make_request(hanil, dong_son)

    answer = browser.post(
        business(event, f"/requests/{received.id}/accept"), {"next": "https://evil.example/"}
    )

    assert answer.location == business(event, "/requests")


def test_the_lists_ask_as_much_for_three_requests_as_for_one(visitor, count_queries):
    def queries_for(count, path):
        event = make_event()
        company: Company = make_company(event)
        browser = visitor.holding(make_representative(company).registration)
        for _ in range(count):
            make_request(make_company(event, side=Side.FOREIGN), company)
            make_request(company, make_company(event, side=Side.FOREIGN))
        with count_queries() as counted:
            assert browser.get(business(event, path)).status_code == 200
        return counted.total

    for path in ("/requests", "/companies"):
        assert queries_for(1, path) == queries_for(3, path)
