"""The organizer's schedule, through the front door."""

import pytest
from sqlalchemy import select

from matchmaking.companies.models import Company, Side
from matchmaking.core import jobs
from matchmaking.core.database import db
from matchmaking.events.models import MemberRole
from matchmaking.meetings.models import Meeting, MeetingStatus, RequestStatus, ScheduleRun
from tests.factories import (
    make_company,
    make_event,
    make_member,
    make_request,
    make_slots,
    make_tables,
)


@pytest.fixture
def event(app):
    event = make_event()
    make_tables(event, 1)
    make_slots(event, 2)
    popular = make_company(event)
    for _ in range(3):
        make_request(popular, make_company(event, side=Side.FOREIGN), status=RequestStatus.ACCEPTED)
    return event


def address(event, rest=""):
    return f"/organize/{event.slug}/schedule{rest}"


def run_from(desk, event):
    """Press the button, let the worker do its job, and return the run's address."""
    answer = desk.post(address(event, "/runs"), {"seconds": "10"})
    assert answer.status_code == 302
    jobs.run_due()
    return answer.location


def test_an_organizer_runs_compares_publishes_and_goes_back(event, desk):
    run = run_from(desk, event)
    page = desk.get(run).text
    assert "2 new, 0 moved, 0 cancelled" in page
    assert "1 request:" in page

    desk.post(f"{run}/publish")
    assert "Version 1" in desk.get(address(event)).text
    assert len(db.session.scalars(select(Meeting)).all()) == 2

    desk.post(address(event, "/revert"))
    statuses = set(db.session.scalars(select(Meeting.status)))
    assert statuses == {MeetingStatus.CANCELLED}


def test_a_draft_is_compared_in_points_with_what_is_in_force(event, desk):
    desk.post(f"{run_from(desk, event)}/publish")
    newcomers = make_company(event), make_company(event, side=Side.FOREIGN)
    make_request(*newcomers, priority=5, status=RequestStatus.ACCEPTED)

    page = desk.get(run_from(desk, event)).text

    assert "The schedule in force is worth 6 points, this one 8." in page


def test_while_the_scheduler_works_the_page_says_how_far_it_is(event, desk):
    answer = desk.post(address(event, "/runs"), {"seconds": "10"})

    assert 'data-module="refresh"' in desk.get(answer.location).text


def test_a_run_that_is_stopped_keeps_what_it_has_found(event, desk):
    answer = desk.post(address(event, "/runs"), {"seconds": "120"})

    desk.post(f"{answer.location}/stop")
    assert "It is stopping" in desk.get(f"{answer.location}?lang=en").text
    jobs.run_due()

    assert "2 new, 0 moved, 0 cancelled" in desk.get(f"{answer.location}?lang=en").text
    assert desk.post(f"{answer.location}/stop").status_code == 409


def test_fairness_is_shown_by_group_and_for_each_company_the_worst_first(event, desk):
    run = run_from(desk, event)

    page = desk.get(f"{run}/fairness?lang=en").text

    assert "By country" in page
    names = [row.name.in_("en") for row in db.session.scalars(select(Company))]
    assert all(name in page for name in names)
    worst = page.index('id="each"')
    assert page.index("0 %", worst) < page.index("100 %", worst)


def test_publishing_a_stale_run_says_so_and_changes_nothing(event, desk):
    first, second = run_from(desk, event), run_from(desk, event)
    desk.post(f"{first}/publish")

    refusal = desk.post(f"{second}/publish")

    assert refusal.status_code == 409
    assert "Run the scheduler again" in refusal.text


def test_an_organizer_pins_and_cancels_a_meeting(event, desk):
    desk.post(f"{run_from(desk, event)}/publish")
    meeting = db.session.scalars(select(Meeting)).first()
    base = f"/organize/{event.slug}/meetings/{meeting.id}"

    desk.post(f"{base}/pin", {"pinned": "1"})
    assert meeting.is_pinned

    desk.post(f"{base}/cancel")
    assert meeting.status is MeetingStatus.CANCELLED


def test_a_viewer_looks_but_does_not_run(event, browser_of):
    viewer = browser_of(make_member(event, MemberRole.VIEWER))

    assert viewer.get(address(event)).status_code == 200
    assert viewer.post(address(event, "/runs"), {"seconds": "10"}).status_code == 404


def test_another_events_organizer_sees_nothing(event, browser_of, desk):
    run = run_from(desk, event)
    stranger = browser_of(make_member(make_event()))

    assert stranger.get(address(event)).status_code == 404
    assert stranger.get(run).status_code == 404
    assert db.session.scalar(select(ScheduleRun.placed)) == 2


def test_a_run_of_another_event_is_not_published_here(event, desk, browser_of):
    run = run_from(desk, event)
    other = make_event()
    run_id = run.rsplit("/", 1)[1]

    answer = browser_of(make_member(other)).post(address(other, f"/runs/{run_id}/publish"))

    assert answer.status_code == 404


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_event_without_times_to_meet_is_told_what_to_do(app, browser_of, language):
    event = make_event()
    page = browser_of(make_member(event)).get(f"{address(event)}?lang={language}").text

    hint = {"vi": "Hãy thêm vào chương trình một phiên", "en": "Add a session with slots"}
    assert hint[language] in page
