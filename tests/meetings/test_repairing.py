"""Mending the schedule on the day, and taking it back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from matchmaking.companies.models import Side
from matchmaking.core import clock, jobs
from matchmaking.core.database import db, transaction
from matchmaking.core.outbox import OutgoingMail
from matchmaking.meetings.models import (
    Meeting,
    MeetingOrigin,
    MeetingStatus,
    RequestStatus,
    ScheduleRun,
)
from matchmaking.meetings.queries.meetings import meetings_at, meetings_of
from matchmaking.meetings.queries.runs import runs_of
from matchmaking.meetings.services import booking
from matchmaking.meetings.services.schedule import publishing, repairing
from matchmaking.meetings.services.schedule.switching import StaleRun
from matchmaking.meetings.services.schedule.troubles import Trouble, What
from tests.factories import (
    make_company,
    make_event,
    make_interpreter,
    make_representative,
    make_request,
    make_slots,
    make_tables,
)
from tests.meetings.board import occupancy_is_whole, publish, whereabouts


@pytest.fixture
def meetings(event, slots):
    """Three local companies meet three foreign ones, and a fourth request waits for lack of room."""
    locals_ = [make_company(event) for _ in range(3)]
    foreign = [make_company(event, side=Side.FOREIGN) for _ in range(3)]
    for company in (*locals_, *foreign):
        make_representative(company)
    for both in zip(locals_, foreign, strict=True):
        make_request(*both, status=RequestStatus.ACCEPTED)
    publish(event)
    jobs.run_due()
    return list(meetings_at(event))


def propose(event, subject, what=What.ABSENT, until=None):
    trouble = Trouble(subject, what, until=until)
    with transaction():
        found = repairing.propose(event, trouble)
        repairing.keep(found)
    return trouble, found


def apply(trouble, run):
    with transaction():
        version = repairing.apply(run, trouble)
    jobs.run_due()
    return version


def everything(event):
    return {one.id: whereabouts(one) for one in meetings_at(event)}


def letters(letter):
    query = select(OutgoingMail.recipient).where(OutgoingMail.letter == letter)
    return list(db.session.scalars(query))


def test_an_absent_company_meets_nobody_and_only_its_partners_are_told(event, meetings):
    gone = meetings[0].company_a
    told_before = len(letters("schedule_published"))
    trouble, found = propose(event, gone)
    assert everything(event) == {one.id: whereabouts(one) for one in meetings}

    version = apply(trouble, found[0])

    assert (version.number, event.schedule_version) == (2, 2)
    assert list(meetings_of(gone)) == []
    assert len(meetings_at(event)) == 2
    assert len(letters("schedule_published")) == told_before + 2
    assert gone.absences


def test_proposing_changes_nothing_and_gives_three_ways_at_most(event, meetings):
    before = everything(event)

    _trouble, found = propose(event, meetings[0].company_b)

    assert 1 <= len(found) <= 3
    sizes = [len(run.plan["changes"]) for run in found]
    assert sizes == sorted(sizes)
    assert everything(event) == before


def test_a_lost_table_moves_its_meetings_and_no_others(event, meetings):
    lost = meetings[0].table
    stay = {one.id: whereabouts(one) for one in meetings if one.table_id != lost.id}

    trouble, found = propose(event, lost, What.LOST)
    apply(trouble, found[0])

    now = everything(event)
    assert len(now) == 3
    assert all(one.table_id != lost.id for one in meetings_at(event))
    assert {key: now[key] for key in stay} == stay
    assert not lost.is_usable


def test_a_late_company_meets_after_it_comes(event, slots, meetings):
    late = meetings[0].company_a

    trouble, found = propose(event, late, What.AWAY, slots[2])
    apply(trouble, found[0])

    (meeting,) = meetings_of(late)
    assert meeting.slot.number >= 2


def test_a_pinned_meeting_it_hits_is_moved_too(event, slots, meetings):
    hit = meetings[0]
    booking.pin(hit, is_pinned=True)
    db.session.commit()

    trouble, found = propose(event, hit.company_a, What.AWAY, slots[3])
    apply(trouble, found[0])

    assert whereabouts(hit)[0] == 3


def test_an_absent_interpreter_is_replaced_and_works_no_more(app):
    event = make_event()
    make_tables(event, 2)
    slots = make_slots(event, 3)
    people = [make_interpreter(event, full_name=name) for name in ("Lan", "Minh")]
    local = make_company(event, languages=["vi"])
    foreign = make_company(event, side=Side.FOREIGN, languages=["ko"], needs_interpreter=True)
    request = make_request(local, foreign, status=RequestStatus.ACCEPTED)
    meeting = booking.book(
        (local, foreign), slots[0], request=request, origin=MeetingOrigin.SCHEDULE
    )
    gone = meeting.interpreter
    db.session.commit()

    trouble, found = propose(event, gone)
    apply(trouble, found[0])

    other = next(one for one in people if one.id != gone.id)
    assert (meeting.interpreter_id, whereabouts(meeting)[0]) == (other.id, 0)
    assert gone.hours[-1].ends_at <= slots[0].starts_at
    assert occupancy_is_whole(event)

    with transaction():
        publishing.revert(event)
    assert meeting.interpreter_id == gone.id
    assert gone.hours == []


def test_taking_a_repair_back_puts_everything_where_it_was(event, meetings):
    before = everything(event)
    gone = meetings[0].company_a
    trouble, found = propose(event, gone)
    apply(trouble, found[-1])

    with transaction():
        version = publishing.revert(event)

    assert everything(event) == before
    assert (version.number, version.reverts_to) == (3, 1)
    assert gone.absences == []


def test_what_has_changed_since_is_not_taken_back(event, slots, meetings):
    trouble, found = propose(event, meetings[0].table, What.LOST)
    apply(trouble, found[0])
    moved = next(db.session.get_one(Meeting, one.id) for one in meetings if one.sequence)
    free = next(slot for slot in slots if slot.id != moved.slot_id)
    booking.move(moved, free)
    db.session.commit()
    before = everything(event)

    with pytest.raises(repairing.CannotTakeBack), transaction():
        publishing.revert(event)

    assert everything(event) == before


def test_a_way_out_found_before_a_change_is_refused_whole(event, slots, meetings):
    trouble, found = propose(event, meetings[0].company_a)
    booking.cancel(meetings[0])
    db.session.commit()
    before = everything(event)

    with pytest.raises(StaleRun), transaction():
        repairing.apply(found[0], trouble)

    assert everything(event) == before


def test_a_way_out_is_applied_once(event, meetings):
    trouble, found = propose(event, meetings[0].company_a)
    apply(trouble, found[0])

    with pytest.raises(StaleRun), transaction():
        repairing.apply(found[0], trouble)


def test_a_repair_is_never_published_as_a_draft(event, meetings):
    _trouble, found = propose(event, meetings[0].company_a)

    with pytest.raises(publishing.NotPublishable), transaction():
        publishing.publish(found[0])


def test_what_has_begun_is_not_touched(event, slots, meetings, monkeypatch):
    first = meetings[0]
    begun = first.slot.starts_at + timedelta(minutes=1)
    where = whereabouts(first)
    monkeypatch.setattr(clock, "now", lambda: begun)

    trouble, found = propose(event, first.company_a)
    apply(trouble, found[0])

    assert first.status is MeetingStatus.SCHEDULED
    assert whereabouts(first) == where


def test_what_becomes_free_is_given_to_a_request_that_waits(app):
    event = make_event()
    make_tables(event, 1)
    slots = make_slots(event, 1)
    both = make_company(event), make_company(event, side=Side.FOREIGN)
    first = make_request(*both, status=RequestStatus.ACCEPTED)
    booking.book(both, slots[0], request=first, origin=MeetingOrigin.SCHEDULE)
    waiting = make_request(
        make_company(event), make_company(event, side=Side.FOREIGN), status=RequestStatus.ACCEPTED
    )
    db.session.commit()

    trouble, found = propose(event, both[0])
    assert len(found) == 2
    apply(trouble, found[1])
    assert [one.request_id for one in meetings_at(event)] == [waiting.id]

    with transaction():
        publishing.revert(event)
    assert [one.request_id for one in meetings_at(event)] == [first.id]
    assert occupancy_is_whole(event)


def test_the_runs_of_the_desk_do_not_list_repairs(event, meetings):
    propose(event, meetings[0].company_a)

    assert len(db.session.scalars(select(ScheduleRun)).all()) > 1
    assert len(runs_of(event)) == 1
