"""Mending the schedule on the day, through the front door."""

import re

import pytest
from sqlalchemy import select

from matchmaking.companies.models import Side
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db, read_only
from matchmaking.events.models import MemberRole
from matchmaking.meetings.models import Meeting, MeetingStatus, RequestStatus
from matchmaking.meetings.services import booking
from matchmaking.meetings.services.schedule import repairing
from tests.factories import (
    make_company,
    make_event,
    make_member,
    make_request,
)
from tests.meetings.board import dong_son_and_hanil, meet, whereabouts

REPAIR = "/organize/hoi-cho/schedule/repair"


@pytest.fixture
def meeting(event, slots):
    return meet(dong_son_and_hanil(event), slots[0])


def test_three_steps_mend_the_schedule_and_one_takes_it_back(desk, meeting):
    found = desk.get(f"{REPAIR}?q=dong+son").text
    step_two = re.search(rf'href="({REPAIR}/company/[^"]+)"', found)[1]
    assert "Đông Sơn" in desk.get(step_two).text

    answer = desk.post(step_two, {"what": "absent"})
    page = desk.get(f"{answer.location}?lang=en").text
    assert "1 cancelled" in page
    assert "Who is told (2)" in page
    assert meeting.status is MeetingStatus.SCHEDULED

    desk.post(re.search(r'action="([^"]+/apply)"', page)[1])
    assert meeting.status is MeetingStatus.CANCELLED

    desk.post("/organize/hoi-cho/schedule/revert")
    assert meeting.status is MeetingStatus.SCHEDULED
    assert whereabouts(meeting) == (0, 1)


def test_nobody_waits_to_write_while_ways_out_are_looked_for(desk, meeting, monkeypatch):
    only_reads = []

    def looked_for(problem, **_options):
        only_reads.append(read_only.get())
        return []

    monkeypatch.setattr(repairing, "repairs", looked_for)

    assert desk.post(f"{REPAIR}/company/{meeting.company_a_id}", {"what": "absent"}).location
    assert only_reads == [True]


def test_somebody_late_comes_for_the_time_chosen(desk, slots, meeting):
    step_two = f"{REPAIR}/company/{meeting.company_a_id}"

    answer = desk.post(step_two, {"what": "away", "since": "now", "until": slots[2].id.hex})
    page = desk.get(f"{answer.location}?lang=en").text
    desk.post(re.search(r'action="([^"]+/apply)"', page)[1])

    assert "can meet again from 08:40" in page
    assert whereabouts(meeting)[0] == 2


def test_an_absence_ends_after_it_begins(desk, slots, meeting):
    times = {"since": slots[2].id.hex, "until": slots[1].id.hex}

    answer = desk.post(f"{REPAIR}/company/{meeting.company_a_id}", {"what": "away", **times})

    assert answer.status_code == 422
    assert "It must end after it begins." in answer.text


def test_requests_that_came_and_went_are_taken_in(event, desk, meeting):
    new = make_request(
        make_company(event), make_company(event, side=Side.FOREIGN), status=RequestStatus.ACCEPTED
    )
    meeting.request.status = RequestStatus.WITHDRAWN
    page = desk.get(f"{REPAIR}?lang=en").text
    assert "1 agreed request has no meeting." in page
    assert "1 meeting is not asked for any more." in page

    answer = desk.post(f"{REPAIR}/requests")
    page = desk.get(f"{answer.location}?lang=en").text
    desk.post(re.findall(r'action="([^"]+/apply)"', page)[-1])

    assert "Requests that came or went" in page
    assert meeting.status is MeetingStatus.CANCELLED
    assert set(db.session.scalars(select(Meeting.request_id))) == {meeting.request_id, new.id}


def test_nothing_to_take_in_is_said(event, desk, meeting):
    assert "Take in new" not in desk.get(f"{REPAIR}?lang=en").text

    answer = desk.post(f"{REPAIR}/requests")

    assert "Nothing that waits fits in now." in desk.get(f"{answer.location}?lang=en").text


def test_a_way_out_found_before_a_change_says_so(desk, meeting):
    answer = desk.post(f"{REPAIR}/company/{meeting.company_a_id}", {"what": "absent"})
    page = desk.get(answer.location).text
    booking.cancel(db.session.get_one(Meeting, meeting.id))
    db.session.commit()

    refusal = desk.post(re.search(r'action="([^"]+/apply)"', page)[1])

    assert refusal.status_code == 409


@pytest.mark.parametrize(
    "form",
    [{}, {"what": "x"}, {"what": "away", "until": "x"}, {"what": "lost"}, {"what": "longer"}],
)
def test_what_has_happened_must_be_said(desk, meeting, form):
    assert desk.post(f"{REPAIR}/company/{meeting.company_a_id}", form).status_code == 422


def test_a_viewer_and_strangers_mend_nothing(event, meeting, browser_of):
    viewer = browser_of(make_member(event, MemberRole.VIEWER))
    stranger = browser_of(make_member(make_event(slug="khac")))

    assert viewer.get(REPAIR).status_code == 404
    assert stranger.get(f"{REPAIR}/company/{meeting.company_a_id}").status_code == 404
    own = f"/organize/khac/schedule/repair/company/{meeting.company_a_id}"
    assert stranger.get(own).status_code == 404


def test_only_what_may_be_missing_has_an_address(desk, meeting):
    assert desk.get(f"{REPAIR}/slot/{meeting.slot_id}").status_code == 404
    assert desk.get(f"{REPAIR}/choices/{meeting.slot_id}").status_code == 404
    assert db.session.scalar(select(Meeting.status)) is MeetingStatus.SCHEDULED


def test_companies_stand_in_the_order_of_the_names_that_are_shown(desk, event):
    make_company(event, name=Bilingual("An Phú", "Zephyr An Phu"))
    make_company(event, name=Bilingual("Xuân Hòa", "Aurora Xuan Hoa"))

    in_order = {
        language: re.findall("An Ph[uú]|Xu[aâ]n H[oò]a", desk.get(f"{REPAIR}?lang={language}").text)
        for language in ("en", "vi")
    }

    assert in_order == {"en": ["Xuan Hoa", "An Phu"], "vi": ["An Phú", "Xuân Hòa"]}
