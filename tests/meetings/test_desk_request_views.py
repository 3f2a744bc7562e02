import pytest

from matchmaking.companies.models import Side
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.events.models import MemberRole
from matchmaking.meetings.models import MeetingRequest, RequestStatus
from matchmaking.meetings.services import booking
from tests.factories import (
    make_company,
    make_event,
    make_member,
    make_request,
    make_slots,
    make_tables,
    make_user,
)


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def organizer(browser_of, event):
    return browser_of(make_member(event))


@pytest.fixture
def dong_son(event):
    return make_company(
        event, name=Bilingual("Đông Sơn"), languages=["vi", "en"], search_text="dong son"
    )


@pytest.fixture
def hanil(event):
    return make_company(
        event, name=Bilingual("Hanil"), side=Side.FOREIGN, languages=["en"], search_text="hanil"
    )


def desk(event, path=""):
    return f"/organize/{event.slug}/requests{path}"


def test_requests_are_searched_and_filtered(organizer, event, dong_son, hanil):
    make_request(dong_son, hanil, status=RequestStatus.ACCEPTED)
    make_request(make_company(event, side=Side.FOREIGN, name=Bilingual("Sakura")), dong_son)

    def senders(query):
        page = organizer.get(desk(event, f"?{query}")).text
        table = page[page.index('id="results"') :]
        return [name for name in ("Hanil", "Sakura") if name in table]

    assert senders("") == ["Hanil", "Sakura"]
    assert senders("q=hanil") == ["Hanil"]
    assert senders("status=pending") == ["Sakura"]
    assert senders("meeting=yes") == []
    assert senders("meeting=no&status=nonsense") == ["Hanil", "Sakura"]
    assert senders("q=nobody") == []


def test_a_request_with_a_meeting_shows_when(organizer, event, dong_son, hanil):
    make_tables(event)
    made = make_request(dong_son, hanil, status=RequestStatus.ACCEPTED)
    booking.book((dong_son, hanil), make_slots(event)[0], request=made)

    assert "08:00" in organizer.get(desk(event, "?meeting=yes")).text


def test_an_organizer_enters_a_request_for_a_company(organizer, event, dong_son, hanil):
    form = {"sender": str(dong_son.id), "receiver": str(hanil.id), "priority": "5"}

    assert organizer.post(desk(event), form).status_code == 302
    made = db.session.query(MeetingRequest).one()
    assert (made.from_company_id, made.priority) == (dong_son.id, 5)


def test_a_request_that_cannot_be_is_refused_with_a_sentence(organizer, event, dong_son, hanil):
    for receiver, sentence in ((str(dong_son.id), "cannot meet itself"), ("", "Choose a company.")):
        form = {"sender": str(dong_son.id), "receiver": receiver, "priority": "3"}
        answer = organizer.post(desk(event), form)
        assert (answer.status_code, sentence in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("act", "status"),
    [
        ("accept", RequestStatus.ACCEPTED),
        ("decline", RequestStatus.DECLINED),
        ("withdraw", RequestStatus.WITHDRAWN),
    ],
)
def test_an_organizer_answers_for_a_company(organizer, event, dong_son, hanil, act, status):
    made = make_request(dong_son, hanil)

    answer = organizer.post(
        desk(event, f"/{made.id}/{act}"), {"next": desk(event, "?status=pending")}
    )

    assert answer.location == desk(event, "?status=pending")
    assert db.session.get(MeetingRequest, made.id).status is status


def test_viewers_look_and_strangers_do_not(browser_of, event, dong_son, hanil):
    made = make_request(dong_son, hanil)
    viewer = browser_of(make_member(event, MemberRole.VIEWER))

    assert viewer.get(desk(event)).status_code == 200
    assert viewer.post(desk(event, f"/{made.id}/accept")).status_code == 404
    assert viewer.post(desk(event), {}).status_code == 404
    assert browser_of(make_user()).get(desk(event)).status_code == 404


def test_a_request_of_another_event_is_not_answered(organizer, event):
    other = make_event()
    made = make_request(make_company(other), make_company(other, side=Side.FOREIGN))

    assert organizer.post(desk(event, f"/{made.id}/accept")).status_code == 404


def test_the_list_asks_as_much_for_three_requests_as_for_one(browser_of, count_queries):
    def queries_for(count):
        event = make_event()
        organizer = browser_of(make_member(event))
        for _ in range(count):
            make_request(make_company(event), make_company(event, side=Side.FOREIGN))
        with count_queries() as counted:
            assert organizer.get(desk(event)).status_code == 200
        return counted.total

    assert queries_for(1) == queries_for(3)


def test_an_empty_list_teaches(organizer, event):
    assert "Nobody has asked yet" in organizer.get(desk(event)).text


def test_a_companys_page_shows_whom_it_meets_and_how_much_it_asked(
    organizer, event, dong_son, hanil
):
    make_tables(event)
    made = make_request(dong_son, hanil, status=RequestStatus.ACCEPTED)
    booking.book((dong_son, hanil), make_slots(event)[0], request=made)

    page = organizer.get(f"/organize/{event.slug}/companies/{dong_son.id}").text

    assert "0 requests received, 1 sent" in page
    assert "table 1" in page
