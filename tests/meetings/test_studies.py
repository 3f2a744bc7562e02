"""What if, bottlenecks, the nightly run, and runs that leave meetings where they are."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from matchmaking.companies.models import Side
from matchmaking.core import clock, jobs
from matchmaking.core.database import db, transaction
from matchmaking.core.outbox import OutgoingMail
from matchmaking.events.models import MemberRole
from matchmaking.meetings.models import (
    Meeting,
    NightlyRun,
    RequestStatus,
    RunMode,
    RunState,
    ScheduleRun,
)
from matchmaking.meetings.queries.grid import slots_of
from matchmaking.meetings.queries.meetings import meetings_at
from matchmaking.meetings.queries.problem import problem_for
from matchmaking.meetings.services.schedule import nightly, publishing, runs
from matchmaking.meetings.services.schedule.supposing import (
    Shape,
    Supposition,
    shape_of,
    supposed,
)
from matchmaking.scheduling.whatif import with_slot_minutes
from tests.factories import make_company, make_event, make_member, make_request, make_slots
from tests.factories import make_tables as make_tables_at
from tests.meetings.board import occupancy_is_whole, whereabouts


@pytest.fixture
def event(app):
    event = make_event()
    make_tables_at(event, 1)
    make_slots(event, 2)
    for _ in range(3):
        ask(event)
    db.session.commit()
    return event


def ask(event):
    both = make_company(event), make_company(event, side=Side.FOREIGN)
    return make_request(*both, status=RequestStatus.ACCEPTED)


def study(event, mode, **values):
    with transaction():
        run = runs.start_run(event, time_limit_seconds=240, mode=mode, **values)
    jobs.run(run.job_id)
    return db.session.get_one(ScheduleRun, run.id, populate_existing=True)


def what_if(event, **supposed_values):
    return study(event, RunMode.WHAT_IF, plan=Supposition(**supposed_values).as_json())


def test_one_more_table_places_what_would_not_fit_and_changes_nothing(event):
    run = what_if(event, tables=1)

    assert (run.state, run.placed, run.requested) == (RunState.DONE, 3, 3)
    assert list(run.assignments) == []
    assert list(meetings_at(event)) == []


def test_a_supposition_is_never_published(event):
    run = what_if(event, tables=1)

    with pytest.raises(publishing.NotPublishable), transaction():
        publishing.publish(run)

    assert event.schedule_version == 0


def test_shorter_meetings_make_more_slots_of_the_same_hours(event):
    problem = problem_for(event).problem

    shorter = with_slot_minutes(problem, 20, 10)

    assert (shorter.slots, shorter.blocks) == (4, ((0, 3),))
    assert what_if(event, minutes=10).placed == 3


def test_who_is_away_in_a_part_of_a_new_slot_is_away_in_all_of_it(event):
    problem = problem_for(event).problem
    away = problem.participants[0].__class__("L", "10", 5)
    changed = problem.__class__(**{**vars_of(problem), "participants": (away,)})

    assert with_slot_minutes(changed, 20, 15).participants[0].available == "10"


def vars_of(problem):
    return {name: getattr(problem, name) for name in problem.__dataclass_fields__}


def test_no_breaks_fills_the_break_but_not_the_night(event):
    problem = problem_for(event).problem
    shape = Shape(20, (2,))

    assert supposed(problem, Supposition(no_breaks=True), shape).slots == 4
    assert shape_of(slots_of(event)) == Shape(20, (0,))


def test_the_bottleneck_is_the_table_and_it_is_tried(event):
    run = study(event, RunMode.BOTTLENECKS)

    best = run.plan["rows"][0]
    assert run.state is RunState.DONE
    assert best["placed"] == 1
    assert {row["action"] for row in run.plan["rows"]} >= {"add_table", "add_slot"}


def test_a_run_that_stays_close_moves_nobody_without_gain(event):
    first = study(event, RunMode.FULL)
    with transaction():
        publishing.publish(first)
    before = {one.id: whereabouts(one) for one in meetings_at(event)}

    for seed in range(3):
        with transaction():
            run = runs.start_run(
                event, time_limit_seconds=240, seed=seed, mode=RunMode.FULL, plan={"keeps": True}
            )
        jobs.run(run.job_id)
    with transaction():
        publishing.publish(db.session.get_one(ScheduleRun, run.id))

    assert {one.id: whereabouts(one) for one in meetings_at(event)} == before
    assert occupancy_is_whole(event)


def at_night(event, monkeypatch):
    """Let the nightly run come due, and everything it starts."""
    row = db.session.get_one(NightlyRun, event.id)
    due = row.due_at
    monkeypatch.setattr(clock, "now", lambda: due)
    jobs.run_due()
    return due


def test_the_nightly_run_makes_a_draft_mails_figures_once_and_publishes_nothing(event, monkeypatch):
    owner = make_member(event, MemberRole.OWNER)
    make_member(event, MemberRole.VIEWER)
    event.starts_on = event.ends_on = (clock.now() + timedelta(days=9)).date()
    with transaction():
        nightly.switch_on(event, time(2, 30), time_limit_seconds=240)

    at_night(event, monkeypatch)

    (run,) = db.session.scalars(select(ScheduleRun)).all()
    letters = select(OutgoingMail.recipient).where(OutgoingMail.letter == "schedule_nightly")
    assert (run.mode, run.state, run.placed) == (RunMode.NIGHTLY, RunState.DONE, 2)
    assert list(db.session.scalars(letters)) == [owner.email]
    assert (event.schedule_version, list(db.session.scalars(select(Meeting)))) == (0, [])


def test_a_night_that_finds_nothing_better_mails_nobody(event, monkeypatch):
    make_member(event, MemberRole.OWNER)
    event.starts_on = event.ends_on = (clock.now() + timedelta(days=9)).date()
    slots = slots_of(event)
    assert slots
    with transaction():
        publishing.publish(study(event, RunMode.FULL))
    with transaction():
        nightly.switch_on(event, time(2, 30), time_limit_seconds=240)

    at_night(event, monkeypatch)

    letters = select(OutgoingMail.id).where(OutgoingMail.letter == "schedule_nightly")
    assert list(db.session.scalars(letters)) == []


def test_a_nightly_run_that_was_switched_off_or_moved_does_not_run(event, monkeypatch):
    event.starts_on = event.ends_on = (clock.now() + timedelta(days=9)).date()
    with transaction():
        nightly.switch_on(event, time(2, 30))
    due = db.session.get_one(NightlyRun, event.id).due_at
    with transaction():
        nightly.switch_off(event)
    monkeypatch.setattr(clock, "now", lambda: due)

    jobs.run_due()

    assert db.session.scalars(select(ScheduleRun)).all() == []


def test_the_time_is_the_events_own(event, monkeypatch):
    event.timezone = "Asia/Ho_Chi_Minh"
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 1, 20, 0, tzinfo=UTC))

    assert nightly.next_time(event, time(2)) == datetime(2026, 3, 2, 19, 0, tzinfo=UTC)
    assert nightly.next_time(event, time(4)) == datetime(2026, 3, 1, 21, 0, tzinfo=UTC)


def test_the_pages_show_what_was_found(event, browser_of):
    desk = browser_of(make_member(event))
    base = f"/organize/{event.slug}/schedule"

    answer = desk.post(f"{base}/what-if", {"tables": "1", "interpreters": ""})
    assert 'data-module="refresh"' in desk.get(answer.location).text
    jobs.run_due()
    page = desk.get(f"{base}/what-if?lang=en").text
    assert "1 more table" in page
    assert desk.get(answer.location).location == f"{base}/what-if"

    answer = desk.post(f"{base}/bottlenecks")
    assert desk.get(answer.location).status_code == 200
    jobs.run_due()
    assert "One more table" in desk.get(f"{base}/bottlenecks?lang=en").text

    desk.post(f"{base}/nightly", {"at": "03:15"})
    assert "Every night at 03:15" in desk.get(f"{base}?lang=en").text
    desk.post(f"{base}/nightly/off")
    assert "Every night at 03:15" not in desk.get(f"{base}?lang=en").text


@pytest.mark.parametrize("form", [{}, {"tables": "x"}, {"tables": "-1"}, {"minutes": "7"}])
def test_a_supposition_must_be_one(event, browser_of, form):
    desk = browser_of(make_member(event))

    assert desk.post(f"/organize/{event.slug}/schedule/what-if", form).status_code == 422


def test_a_viewer_reads_studies_and_starts_none(event, browser_of):
    viewer = browser_of(make_member(event, MemberRole.VIEWER))
    base = f"/organize/{event.slug}/schedule"

    assert viewer.get(f"{base}/what-if").status_code == 200
    assert viewer.get(f"{base}/bottlenecks").status_code == 200
    for path in ("what-if", "bottlenecks", "nightly"):
        assert viewer.post(f"{base}/{path}", {"tables": "1"}).status_code == 404
