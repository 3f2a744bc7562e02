"""From requests to a published schedule, on the real scheduler."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from matchmaking.companies.models import Absence, Side
from matchmaking.companies.services.standing import withdraw
from matchmaking.core import jobs
from matchmaking.core.database import db, transaction
from matchmaking.core.outbox import OutgoingMail
from matchmaking.meetings.models import (
    MeetingOrigin,
    MeetingStatus,
    RequestStatus,
    RunState,
)
from matchmaking.meetings.queries.meetings import meetings_at, meetings_of
from matchmaking.meetings.services import booking, errors, requests
from matchmaking.meetings.services.schedule import publishing, runs
from tests.factories import (
    make_company,
    make_event,
    make_interpreter,
    make_representative,
    make_request,
)
from tests.factories.base import add
from tests.meetings.board import publish, run_scheduler


def agreed(event, sender=None, receiver=None, **values):
    """An accepted request between two companies."""
    sender = sender or make_company(event)
    receiver = receiver or make_company(event, side=Side.FOREIGN)
    return make_request(sender, receiver, status=RequestStatus.ACCEPTED, **values)


def whereabouts(event):
    return {m.request_id: (m.slot.number, m.table.number) for m in meetings_at(event)}


def test_accepted_and_mutual_requests_are_placed_and_others_are_not(event, slots):
    accepted = agreed(event)
    local, foreign = make_company(event), make_company(event, side=Side.FOREIGN)
    mutual = make_request(local, foreign)
    make_request(foreign, local)
    make_request(make_company(event), make_company(event, side=Side.FOREIGN))

    run = run_scheduler(event)

    assert run.state is RunState.DONE
    assert {row.request_id for row in run.assignments} == {accepted.id, mutual.id}
    assert (run.placed, run.requested, run.violations) == (2, 2, [])
    assert run.proved


def test_no_transaction_is_open_while_reasons_are_looked_for(event, slots, monkeypatch):
    agreed(event)
    is_open = []

    def looked_for(asked, seats):
        is_open.append(db.session().in_transaction())
        return []

    monkeypatch.setattr(runs, "relief_rows", looked_for)

    assert run_scheduler(event).state is RunState.DONE
    assert is_open == [False]


def test_a_run_changes_nothing_until_it_is_published(event, slots):
    agreed(event)

    run = run_scheduler(event)
    assert list(meetings_at(event)) == []

    with transaction():
        version = publishing.publish(run)
    assert version.number == event.schedule_version == 1
    assert len(meetings_at(event)) == 1


def test_nothing_to_place_gives_an_empty_schedule_that_is_proved(event, slots):
    run = run_scheduler(event)

    assert (run.state, run.placed, run.proved) == (RunState.DONE, 0, True)


def test_an_event_without_slots_leaves_every_request_out_with_a_reason(event):
    agreed(event)

    run = run_scheduler(event)

    assert (run.state, run.placed) == (RunState.DONE, 0)
    assert len(run.unplaced) == 1


def test_more_than_can_fit_is_placed_up_to_the_bound_and_the_rest_is_explained(event, slots):
    popular = make_company(event)
    for _ in range(6):
        agreed(event, sender=popular)

    run = run_scheduler(event)

    assert (run.placed, run.requested) == (4, 6)
    assert run.value == run.bound
    assert len(run.unplaced) == 2
    assert all(row["reason"] for row in run.unplaced)


def test_absences_and_interpreters_are_respected(event, slots):
    local = make_company(event, languages=["vi"], needs_interpreter=True)
    korean = make_company(event, side=Side.FOREIGN, languages=["ko"])
    for slot in slots[:3]:
        add(Absence(company_id=local.id, starts_at=slot.starts_at, ends_at=slot.ends_at))
    lan = make_interpreter(event, languages=["ko"])
    agreed(event, local, korean)

    publish(event)

    meeting = meetings_at(event)[0]
    assert (meeting.slot, meeting.interpreter) == (slots[3], lan)


def test_a_meeting_booked_at_once_stays_where_it_is(event, slots):
    local, foreign = make_company(event), make_company(event, side=Side.FOREIGN)
    booked = booking.book((local, foreign), slots[0])
    before = (booked.slot_id, booked.table_id)
    for _ in range(3):
        agreed(event, sender=local)

    publish(event)

    assert (booked.slot_id, booked.table_id) == before
    assert sorted(m.slot.number for m in meetings_of(local)) == [0, 1, 2, 3]
    assert len({(m.slot_id, m.table_id) for m in meetings_at(event)}) == 4


def test_publishing_tells_only_companies_whose_meetings_changed(event, slots):
    early = agreed(event, make_company(event, contact_email="early@example.com"))
    publish(event)
    jobs.run_due()
    late = agreed(event, make_company(event, contact_email="late@example.com"))
    told_before = set(db.session.scalars(select(OutgoingMail.id)))

    publish(event)
    jobs.run_due()

    told = select(OutgoingMail.recipient).where(OutgoingMail.id.not_in(told_before))
    recipients = set(db.session.scalars(told))
    kept = whereabouts(event)
    assert set(kept) == {early.id, late.id}
    assert "late@example.com" in recipients


def test_publishing_twice_from_the_same_state_is_refused_and_changes_nothing(event, slots):
    agreed(event)
    first, second = run_scheduler(event), run_scheduler(event)
    with transaction():
        publishing.publish(first)
    before = whereabouts(event)

    with pytest.raises(publishing.StaleRun), transaction():
        publishing.publish(second)

    assert whereabouts(event) == before
    assert event.schedule_version == 1


def test_a_run_that_no_longer_fits_the_event_is_refused_whole(event, slots):
    kept, gone = agreed(event), agreed(event)
    run = run_scheduler(event)
    with transaction():
        requests.decline(gone)

    with pytest.raises(publishing.StaleRun), transaction():
        publishing.publish(run)

    assert list(meetings_at(event)) == []
    assert kept.status is RequestStatus.ACCEPTED


def test_a_time_taken_since_the_run_makes_it_stale(event, slots):
    request = agreed(event)
    run = run_scheduler(event)
    taken = next(slot for slot in slots if slot.id == run.assignments[0].slot_id)
    other = make_company(event, side=Side.FOREIGN)
    with transaction():
        booking.book((request.from_company, other), taken)

    with pytest.raises(publishing.StaleRun), transaction():
        publishing.publish(run)


def test_a_second_version_moves_what_it_must_and_counts_the_sequence(event, slots):
    request = agreed(event)
    publish(event)
    meeting = meetings_at(event)[0]
    add(
        Absence(
            company_id=request.from_company_id,
            starts_at=meeting.slot.starts_at,
            ends_at=meeting.slot.ends_at,
        )
    )
    was = meeting.slot_id

    version = publish(event)

    assert meeting.slot_id != was
    assert meeting.sequence == 1
    assert version.changes == {"new": [], "moved": [str(meeting.id)], "gone": []}


def test_reverting_puts_the_schedule_before_in_force_again(event, slots):
    first = agreed(event)
    publish(event)
    before = whereabouts(event)
    second = agreed(event)
    publish(event)
    assert set(whereabouts(event)) == {first.id, second.id}

    with transaction():
        version = publishing.revert(event)

    assert version.number == event.schedule_version == 3
    assert version.reverts_to == 1
    assert whereabouts(event) == before


def test_reverting_the_first_version_leaves_no_meeting(event, slots):
    agreed(event)
    publish(event)

    with transaction():
        publishing.revert(event)

    assert list(meetings_at(event)) == []
    with pytest.raises(publishing.NothingToRevert):
        publishing.revert(make_event())


def test_a_company_that_leaves_frees_its_meetings(event, slots):
    request = agreed(event)
    publish(event)
    meeting = meetings_at(event)[0]

    with transaction():
        withdraw(request.from_company)

    assert meeting.status is MeetingStatus.CANCELLED
    assert request.status is RequestStatus.WITHDRAWN


def test_two_runs_at_once_are_refused(event, slots):
    with transaction():
        runs.start_run(event)

    with pytest.raises(runs.AlreadyRunning):
        runs.start_run(event)


def test_what_has_begun_is_not_moved(event, slots):
    for slot in slots[:2]:
        slot.starts_at -= timedelta(days=30)
        slot.ends_at -= timedelta(days=30)
    agreed(event)

    publish(event)

    assert meetings_at(event)[0].slot in slots[2:]


def test_people_of_a_line_are_held_by_a_published_meeting(event, slots):
    request = agreed(event)
    make_representative(request.from_company)
    publish(event)

    meeting = meetings_at(event)[0]

    assert meeting.origin is MeetingOrigin.SCHEDULE
    with pytest.raises(errors.AlreadyMeeting):
        booking.book((request.from_company, request.to_company), slots[0])
