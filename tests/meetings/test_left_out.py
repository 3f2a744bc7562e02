"""Why a request has no meeting, and what would help, as organizers and companies read it."""

from datetime import timedelta

import pytest

from matchmaking.companies.models import Absence, Side
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import transaction
from matchmaking.meetings.models import RequestStatus
from matchmaking.meetings.queries.grid import slots_of
from matchmaking.meetings.queries.meetings import meetings_at
from matchmaking.meetings.services import booking
from matchmaking.meetings.services.schedule import publishing
from tests.factories import (
    make_company,
    make_event,
    make_representative,
    make_request,
    make_slots,
    make_tables,
)
from tests.factories.base import add
from tests.meetings.board import run_scheduler
from tests.visitor import Visitor


@pytest.fixture
def event(app):
    return make_event()


def named(event, name, side=Side.LOCAL, **values):
    return make_company(event, name=Bilingual(name), side=side, **values)


def agree(one, other, rank=3):
    return make_request(one, other, status=RequestStatus.ACCEPTED, priority=rank)


def away(company, slot):
    add(Absence(company_id=company.id, starts_at=slot.starts_at, ends_at=slot.ends_at))


def publish(event):
    run = run_scheduler(event)
    with transaction():
        publishing.publish(run)
    return run


def page_of(desk, run, language="en"):
    return desk.get(f"/organize/{run.event.slug}/schedule/runs/{run.id}?lang={language}").text


def browser_of_company(app, company):
    return Visitor(app).holding(make_representative(company).registration)


@pytest.fixture
def outranked(event):
    """Two companies whose only common times went to meetings that were wanted more."""
    make_tables(event, 3)
    early, late = make_slots(event, 2)
    ours, theirs = named(event, "Đông Sơn"), named(event, "Hanil", Side.FOREIGN)
    first, second = named(event, "Kyoto", Side.FOREIGN), named(event, "Lam Kinh")
    away(first, late)
    away(second, early)
    agree(ours, first, 5)
    agree(second, theirs, 5)
    agree(ours, theirs, 1)
    return ours, theirs


def test_an_organizer_reads_what_one_change_would_do_for_all(event, desk):
    make_tables(event, 1)
    make_slots(event, 1)
    korean = {"languages": ["ko"], "needs_interpreter": True}
    for _ in range(3):
        agree(make_company(event), make_company(event, side=Side.FOREIGN))
    agree(named(event, "Sao Mai", languages=["vi"]), named(event, "Busan", Side.FOREIGN, **korean))

    run = run_scheduler(event)

    page = page_of(desk, run)
    assert "One more table from 08:00 to 08:20 would place 1 more request." in page
    assert "Only together:" in page
    assert "with one more interpreter for Korean at 08:00" in page
    vietnamese = page_of(desk, run, "vi")
    assert "Thêm một bàn từ 08:00 đến 08:20 sẽ xếp được thêm 1 lời mời." in vietnamese
    assert "thêm một phiên dịch tiếng Hàn lúc 08:00" in vietnamese


def test_two_companies_without_room_are_named_in_one_sentence(event, desk):
    make_tables(event, 2)
    make_slots(event, 1)
    ours, theirs = named(event, "Đông Sơn"), named(event, "Hanil", Side.FOREIGN)
    agree(ours, named(event, "Kyoto", Side.FOREIGN), 5)
    agree(named(event, "Lam Kinh"), theirs, 5)
    agree(ours, theirs, 1)

    run = run_scheduler(event)

    assert "Đông Sơn and Hanil: no room for another meeting." in page_of(desk, run)
    vietnamese = page_of(desk, run, "vi")
    assert "Đông Sơn và Hanil không còn chỗ cho cuộc gặp nào nữa." in vietnamese


def test_a_time_carries_its_day_where_meetings_are_on_several(event, desk):
    make_slots(event, 2)
    first, second = slots_of(event)
    second.starts_at, second.ends_at = (
        moment + timedelta(days=1) for moment in (second.starts_at, second.ends_at)
    )
    agree(make_company(event), make_company(event, side=Side.FOREIGN))

    page = page_of(desk, run_scheduler(event))

    days = [slot.starts_at.astimezone(event.zone).strftime("%d/%m") for slot in (first, second)]
    assert f"08:00 on {days[0]}, 08:20 on {days[1]}" in page


def test_what_was_not_looked_for_is_said_so(event, desk):
    make_slots(event, 1)
    request = agree(make_company(event), make_company(event, side=Side.FOREIGN))
    run = run_scheduler(event)
    run.unplaced = [
        {
            "request": str(request.id),
            "reason": "unexplained",
            "subjects": [],
            "remedies": [],
            "together": [],
        }
    ]

    assert "no time left to look for the reason" in page_of(desk, run)


def test_names_of_meetings_in_the_way_are_for_the_organizer_alone(app, event, desk, outranked):
    ours, theirs = outranked
    run = publish(event)
    assert "Đông Sơn – Kyoto" in page_of(desk, run)
    business = f"/events/{event.slug}/business"

    theirs_page = browser_of_company(app, theirs).get(f"{business}/requests?lang=en").text
    ours_page = browser_of_company(app, ours).get(f"{business}/meetings?lang=en").text

    sentence = (
        "The times you both could make went to other meetings, which were wanted more in all."
    )
    assert sentence in theirs_page
    assert sentence in ours_page
    assert "Kyoto" not in theirs_page
    assert "Lam Kinh" not in ours_page


def test_a_company_reads_its_own_part_and_what_it_can_do(app, event):
    make_tables(event, 1)
    early, late = make_slots(event, 2)
    ours, theirs = named(event, "Đông Sơn"), named(event, "Hanil", Side.FOREIGN)
    away(ours, late)
    away(theirs, early)
    agree(ours, theirs)
    publish(event)

    browser = browser_of_company(app, ours)
    english = browser.get(f"/events/{event.slug}/business/requests?lang=en").text
    vietnamese = browser.get(f"/events/{event.slug}/business/companies/{theirs.id}?lang=vi").text

    assert "There is no time at which both you and Hanil can meet." in english
    assert "It would fit if you could meet at 08:20." in english
    assert "Sẽ xếp được nếu Quý vị gặp được lúc 08:20." in vietnamese


def test_who_agreed_later_or_lost_its_meeting_reads_that(app, event):
    make_tables(event, 2)
    make_slots(event, 2)
    ours = named(event, "Đông Sơn")
    browser = browser_of_company(app, ours)
    address = f"/events/{event.slug}/business/meetings?lang=en"
    agree(ours, named(event, "Hanil", Side.FOREIGN))
    assert "The schedule is not published yet." in browser.get(address).text

    publish(event)
    booking.cancel(meetings_at(event)[0])
    agree(ours, named(event, "Kyoto", Side.FOREIGN))
    page = browser.get(address).text

    assert "Its meeting was taken out of the schedule." in page
    assert "You agreed after the schedule was made." in page
