import pytest

from matchmaking.companies.models import Side
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.meetings.models import Meeting, MeetingStatus, Occupancy, RequestStatus
from matchmaking.meetings.queries.meetings import agreed_requests
from matchmaking.meetings.services import booking
from tests.factories import (
    make_company,
    make_event,
    make_interpreter,
    make_representative,
    make_request,
    make_slots,
    make_tables,
)


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def slots(event):
    make_tables(event)
    return make_slots(event)


@pytest.fixture
def dong_son(event):
    return make_company(event, name=Bilingual("Đông Sơn"), languages=["vi", "en"])


@pytest.fixture
def hanil(event):
    return make_company(event, name=Bilingual("Hanil"), side=Side.FOREIGN, languages=["en"])


@pytest.fixture
def browser(visitor, dong_son):
    return visitor.holding(make_representative(dong_son).registration)


def business(event, path):
    return f"/events/{event.slug}/business{path}"


def booked():
    return db.session.query(Meeting).filter(Meeting.status == MeetingStatus.SCHEDULED).all()


def test_a_time_both_have_is_booked_at_once(browser, event, slots, dong_son, hanil):
    sent = make_request(dong_son, hanil)
    address = business(event, f"/companies/{hanil.id}/book")
    assert "08:00–08:20" in browser.get(address).text

    answer = browser.post(address, {"slot": str(slots[1].id)})

    assert answer.location == business(event, "/meetings")
    (meeting,) = booked()
    assert (meeting.slot_id, meeting.request_id) == (slots[1].id, sent.id)
    page = browser.get(answer.location).text
    assert "08:20–08:40" in page
    assert "Hanil" in page


def test_an_interpreter_is_found_where_the_two_share_no_language(browser, event, slots, hanil):
    make_interpreter(event, full_name="Lê Thị Lan")
    korean = make_company(event, side=Side.FOREIGN, languages=["ko"], needs_interpreter=True)

    browser.post(business(event, f"/companies/{korean.id}/book"), {"slot": str(slots[0].id)})

    assert "interpreter Lê Thị Lan" in browser.get(business(event, "/meetings")).text


def test_who_comes_too_late_sees_the_times_left(browser, event, slots, hanil):
    other = make_company(event)
    booking.book((other, hanil), slots[0])

    answer = browser.post(
        business(event, f"/companies/{hanil.id}/book"), {"slot": str(slots[0].id)}
    )

    assert answer.status_code == 409
    assert "has just been taken" in answer.text
    assert "08:20–08:40" in answer.text
    assert "08:00–08:20" not in answer.text


@pytest.mark.parametrize("slot", ["", "nonsense"])
def test_no_time_or_a_wrong_one_is_refused_with_a_sentence(browser, event, slots, hanil, slot):
    answer = browser.post(business(event, f"/companies/{hanil.id}/book"), {"slot": slot})

    assert answer.status_code in (409, 422)
    assert "Please correct the following" in answer.text
    assert booked() == []


def test_a_second_meeting_of_the_two_is_refused(browser, event, slots, dong_son, hanil):
    booking.book((dong_son, hanil), slots[0])

    answer = browser.post(
        business(event, f"/companies/{hanil.id}/book"), {"slot": str(slots[1].id)}
    )

    assert (answer.status_code, "already have a meeting" in answer.text) == (409, True)


def test_without_a_common_time_a_request_is_proposed(browser, event, hanil):
    page = browser.get(business(event, f"/companies/{hanil.id}/book")).text

    assert "No time is free for both of you" in page


def test_a_meeting_is_moved_to_another_time(browser, event, slots, dong_son, hanil):
    meeting = booking.book((dong_son, hanil), slots[0])
    address = business(event, f"/meetings/{meeting.id}/move")
    assert "It stays so until you choose" in browser.get(address).text

    browser.post(address, {"slot": str(slots[2].id)})

    assert [one.slot_id for one in booked()] == [slots[2].id]
    assert {row.slot_id for row in db.session.query(Occupancy)} == {slots[2].id}


def test_a_cancelled_meeting_frees_its_time_for_others(browser, event, slots, dong_son, hanil):
    meeting = booking.book((dong_son, hanil), slots[0])

    browser.post(business(event, f"/meetings/{meeting.id}/cancel"))

    assert booked() == []
    assert db.session.query(Occupancy).count() == 0
    assert "No meeting yet" in browser.get(business(event, "/meetings")).text


def test_a_company_that_called_off_is_not_placed_again_against_its_will(
    browser, event, slots, dong_son, hanil
):
    ours = make_request(dong_son, hanil, status=RequestStatus.ACCEPTED)
    theirs = make_request(hanil, dong_son)
    meeting = booking.book((dong_son, hanil), slots[0], request=ours)
    assert agreed_requests(event) == [ours]

    browser.post(business(event, f"/meetings/{meeting.id}/cancel"))

    assert agreed_requests(event) == []
    assert (ours.status, theirs.status) == (RequestStatus.WITHDRAWN, RequestStatus.DECLINED)
    assert "Agreed, without a time" not in browser.get(business(event, "/meetings")).text


@pytest.mark.parametrize("act", ["move", "cancel"])
def test_nobody_touches_the_meetings_of_others(browser, event, slots, hanil, act):
    meeting = booking.book((make_company(event), hanil), slots[0])

    answer = browser.post(
        business(event, f"/meetings/{meeting.id}/{act}"), {"slot": str(slots[1].id)}
    )

    assert answer.status_code == 404


def test_a_company_learns_no_more_of_others_than_free_or_not(browser, event, slots, hanil):
    busy = make_company(event, name=Bilingual("Bí Mật"))
    booking.book((busy, hanil), slots[0])

    page = browser.get(business(event, f"/companies/{hanil.id}/book")).text

    assert "Bí Mật" not in page
    assert "08:20–08:40" in page


def test_the_directory_and_my_page_show_the_meeting(visitor, event, slots, dong_son, hanil):
    delegate = make_representative(dong_son).registration
    booking.book((dong_son, hanil), slots[0])
    browser = visitor.holding(delegate)

    assert "table 1" in browser.get(business(event, "/companies")).text
    assert "Next meetings" in browser.get(f"/registrations/{delegate.code}").text


def test_where_the_organizer_places_meetings_nobody_books(browser, event, slots, hanil):
    event.instant_booking = False
    page = browser.get(business(event, f"/companies/{hanil.id}")).text
    answer = browser.post(
        business(event, f"/companies/{hanil.id}/book"), {"slot": str(slots[0].id)}
    )

    assert "Book a time now" not in page
    assert (answer.status_code, "placed by the organizer" in answer.text) == (409, True)
