"""The schedule board, through the front door and without scripts."""

import re

import pytest
from sqlalchemy import select

from matchmaking.companies.models import Side
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.events.models import MemberRole
from matchmaking.meetings.models import Meeting, MeetingOrigin, MeetingStatus, RequestStatus
from matchmaking.meetings.queries.grid import slots_of
from matchmaking.meetings.services import booking
from tests.factories import (
    make_company,
    make_event,
    make_member,
    make_representative,
    make_request,
    make_slots,
)
from tests.meetings.board import dong_son_and_hanil, whereabouts


@pytest.fixture
def event(event):
    make_slots(event, 3)
    db.session.commit()
    return event


@pytest.fixture
def request_of_two(event):
    local, foreign = dong_son_and_hanil(event)
    make_representative(local)
    return make_request(local, foreign, status=RequestStatus.ACCEPTED)


@pytest.fixture
def meeting(request_of_two):
    companies = request_of_two.from_company, request_of_two.to_company
    return booking.book(
        companies,
        slots_of(request_of_two.event)[0],
        request=request_of_two,
        origin=MeetingOrigin.SCHEDULE,
    )


BOARD = "/organize/hoi-cho/schedule/board"


def offers(page: str) -> list[str]:
    return re.findall(r'class="cells__offer" name="cell" value="([^"]+)"', page)


def form_of(page: str) -> dict[str, str]:
    """What the lifted card's form sends along."""
    return dict(re.findall(r'type="hidden" name="(card|sequence)" value="([^"]*)"', page))


def test_the_tray_says_why_a_request_waits(desk, request_of_two):
    page = desk.get(f"{BOARD}?lang=en").text

    assert "1 request waits" in page
    assert "There is still room at 08:00" in page


def test_a_lifted_card_shows_every_place_and_is_booked_by_one_of_their_buttons(
    desk, request_of_two
):
    lifted = desk.get(f"{BOARD}?lift=request.{request_of_two.id.hex}").text
    assert len(offers(lifted)) == 6

    answer = desk.post(BOARD, {**form_of(lifted), "cell": offers(lifted)[-1]})

    assert answer.status_code == 302
    assert whereabouts(db.session.scalars(select(Meeting)).one()) == (2, 2)


def test_a_move_is_undone_by_its_button(desk, meeting):
    lifted = desk.get(f"{BOARD}?lift=meeting.{meeting.id.hex}").text
    desk.post(BOARD, {**form_of(lifted), "cell": offers(lifted)[-1]})
    assert whereabouts(meeting) == (2, 2)

    page = desk.get(f"{BOARD}?lang=en").text
    assert "The meeting is moved." in page
    desk.post(re.search(r'action="([^"]+/undo[^"]*)"', page)[1].replace("&amp;", "&"))

    assert whereabouts(meeting) == (0, 1)


def test_a_meeting_that_somebody_moved_meanwhile_is_shown_where_it_is(desk, meeting):
    lifted = desk.get(f"{BOARD}?lift=meeting.{meeting.id.hex}").text
    form, places = form_of(lifted), offers(lifted)
    desk.post(BOARD, {**form, "cell": places[-1]})

    refusal = desk.post(f"{BOARD}?lang=en", {**form, "cell": places[0]})

    assert refusal.status_code == 409
    assert "Somebody else has changed this meeting" in refusal.text
    assert whereabouts(meeting) == (2, 2)


def test_a_place_taken_meanwhile_is_refused_with_what_is_left(desk, event, request_of_two):
    lifted = desk.get(f"{BOARD}?lift=request.{request_of_two.id.hex}").text
    form, places = form_of(lifted), offers(lifted)
    other = make_request(
        make_company(event), make_company(event, side=Side.FOREIGN), status=RequestStatus.ACCEPTED
    )
    desk.post(BOARD, {"card": f"request.{other.id.hex}", "cell": places[0]})

    refusal = desk.post(f"{BOARD}?lang=en", {**form, "cell": places[0]})

    assert refusal.status_code == 409
    assert "Still possible: 08:00, 08:20, 08:40" in refusal.text


@pytest.mark.parametrize("cell", ["", "x", "0" * 32 + ".x", "1.2.3.4.5.6"])
def test_a_place_that_is_none_is_a_mistake_in_words(desk, request_of_two, cell):
    answer = desk.post(BOARD, {"card": f"request.{request_of_two.id.hex}", "cell": cell})

    assert answer.status_code == 422


@pytest.mark.parametrize("lift", ["x", "meeting.1", "request." + "g" * 32])
def test_a_card_that_is_none_leaves_the_board_as_it_is(desk, event, lift):
    assert desk.get(f"{BOARD}?lift={lift}&day=99&page=77&rows=x").status_code == 200


def test_a_meeting_is_pinned_and_taken_off(desk, meeting):
    card = {"card": f"meeting.{meeting.id.hex}", "sequence": str(meeting.sequence)}

    desk.post(f"{BOARD}/pin", card)
    assert meeting.is_pinned

    desk.post(f"{BOARD}/off", card)
    assert meeting.status is MeetingStatus.CANCELLED


def test_the_companies_are_told_by_a_button(desk, meeting, mailbox):
    lifted = desk.get(f"{BOARD}?lift=meeting.{meeting.id.hex}").text
    desk.post(BOARD, {**form_of(lifted), "cell": offers(lifted)[-1]})
    assert "2 companies do not know" in desk.get(f"{BOARD}?lang=en").text

    desk.post(f"{BOARD}/tell")

    assert "do not know of the changes" not in desk.get(f"{BOARD}?lang=en").text


def test_companies_down_only_the_two_concerned_have_places(desk, event, request_of_two):
    make_company(event, name=Bilingual("Thứ ba"))

    page = desk.get(f"{BOARD}?rows=companies&lift=request.{request_of_two.id.hex}").text

    assert len(offers(page)) == 6
    assert "Thứ ba" in page


def test_a_viewer_sees_the_board_and_lifts_nothing(event, browser_of, request_of_two):
    viewer = browser_of(make_member(event, MemberRole.VIEWER))
    card = f"request.{request_of_two.id.hex}"

    page = viewer.get(f"{BOARD}?lift={card}")

    assert (page.status_code, offers(page.text)) == (200, [])
    assert viewer.post(BOARD, {"card": card, "cell": "x"}).status_code == 404


def test_another_events_organizer_sees_nothing(event, browser_of, meeting):
    stranger = browser_of(make_member(make_event(slug="khac")))

    assert stranger.get(BOARD).status_code == 404
    own = "/organize/khac/schedule/board"
    assert stranger.get(f"{own}?lift=meeting.{meeting.id.hex}").status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_meetings(desk, event, count_queries):
    def look() -> int:
        with count_queries() as counted:
            desk.get(BOARD)
        return counted.total

    def add_one(slot):
        both = make_company(event), make_company(event, side=Side.FOREIGN)
        make_request(*both, status=RequestStatus.ACCEPTED)
        booking.book(both, slot)

    slots = slots_of(event)
    add_one(slots[0])
    first = look()
    add_one(slots[1])
    add_one(slots[2])

    assert look() == first
