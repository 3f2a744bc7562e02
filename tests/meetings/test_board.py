"""Putting cards on the board, taking them off, undoing it, and telling the companies."""

import pytest
from sqlalchemy import select

from matchmaking.companies.models import Side
from matchmaking.core import audit, jobs
from matchmaking.core.database import db, transaction
from matchmaking.core.outbox import OutgoingMail
from matchmaking.meetings.models import (
    BoardChange,
    Meeting,
    MeetingOrigin,
    MeetingStatus,
    RequestStatus,
)
from matchmaking.meetings.queries.board import untold
from matchmaking.meetings.queries.grid import slots_of
from matchmaking.meetings.services import booking, errors
from matchmaking.meetings.services.board import acting, refusals
from matchmaking.meetings.services.board.acting import Drop
from matchmaking.meetings.services.board.situation import card_of_meeting, card_of_request
from matchmaking.meetings.services.schedule import publishing, runs
from tests.factories import (
    make_company,
    make_event,
    make_representative,
    make_request,
    make_slots,
    make_tables,
)
from tests.meetings.board import occupancy_is_whole, whereabouts
from tests.races import race


@pytest.fixture
def event(app):
    event = make_event()
    yield event
    assert occupancy_is_whole(event)


@pytest.fixture
def tables(event):
    return make_tables(event, 2)


@pytest.fixture
def slots(event):
    return make_slots(event, 3)


def pair(event):
    companies = make_company(event), make_company(event, side=Side.FOREIGN)
    for company in companies:
        make_representative(company)
    return companies


def scheduled(event, slot, table, companies=None):
    companies = companies or pair(event)
    request = make_request(*companies, status=RequestStatus.ACCEPTED)
    meeting = booking.book(
        companies, slot, table=table, request=request, origin=MeetingOrigin.SCHEDULE
    )
    db.session.commit()
    return meeting


def waiting(companies):
    return card_of_request(make_request(*companies, status=RequestStatus.ACCEPTED))


def mails():
    return db.session.scalars(select(OutgoingMail.letter).order_by(OutgoingMail.id)).all()


def put(card, drop, **known):
    db.session.commit()
    with transaction():
        return acting.put(card, drop, **known)


def test_a_waiting_request_is_booked_where_it_is_put(event, tables, slots):
    change = put(waiting(pair(event)), Drop(slots[1], tables[1]))

    meeting = db.session.scalars(select(Meeting)).one()
    assert whereabouts(meeting) == (1, 2)
    assert (change.kind, meeting.request_id is not None) == ("booked", True)


def test_a_move_frees_the_old_place_and_takes_the_new(event, tables, slots):
    meeting = scheduled(event, slots[0], tables[0])

    put(card_of_meeting(meeting), Drop(slots[2], tables[1]))

    assert whereabouts(meeting) == (2, 2)


def test_a_refused_move_changes_nothing(event, tables, slots):
    meeting = scheduled(event, slots[0], tables[0])
    scheduled(event, slots[2], tables[0])

    with pytest.raises(errors.TableTaken) as refusal:
        put(card_of_meeting(meeting), Drop(slots[2], tables[0]))

    assert whereabouts(meeting) == (0, 1)
    assert slots[1] in refusal.value.alternatives


def test_two_meetings_change_places(event, slots):
    (table,) = make_tables(event, 1)
    first, second = (scheduled(event, slot, table) for slot in slots[:2])

    put(
        card_of_meeting(first),
        Drop(slots[1], table, second, second.sequence, (slots[0], table)),
    )

    assert (whereabouts(first), whereabouts(second)) == ((1, 1), (0, 1))


def test_whoever_makes_room_moves_only_together_with_the_booking(event, slots):
    (table,) = make_tables(event, 1)
    other = scheduled(event, slots[0], table)
    blocked = scheduled(event, slots[1], table)
    card = waiting(pair(event))

    with pytest.raises(errors.TableTaken):
        put(card, Drop(slots[0], table, other, other.sequence, (slots[1], table)))

    assert (whereabouts(other), whereabouts(blocked)) == ((0, 1), (1, 1))
    put(card, Drop(slots[0], table, other, other.sequence, (slots[2], table)))
    assert whereabouts(other) == (2, 1)


def test_room_is_not_made_by_a_meeting_that_has_moved_meanwhile(event, tables, slots):
    other = scheduled(event, slots[0], tables[0])
    known = other.sequence
    put(card_of_meeting(other), Drop(slots[1], tables[0]))

    with pytest.raises(refusals.BoardChanged):
        put(
            waiting(pair(event)),
            Drop(slots[0], tables[0], other, known, (slots[2], tables[0])),
        )


def test_nobody_is_mailed_before_the_organizer_says_so_and_then_only_those_touched(
    event, tables, slots
):
    meeting = scheduled(event, slots[0], tables[0])
    scheduled(event, slots[1], tables[0])
    before = len(mails())

    put(card_of_meeting(meeting), Drop(slots[2], tables[1]))
    assert len(mails()) == before

    with transaction():
        told = acting.tell(event)

    assert {company.id for company in told} == {meeting.company_a_id, meeting.company_b_id}
    assert mails()[before:] == ["meetings_changed"] * 2
    assert untold(event) == []
    with transaction():
        assert acting.tell(event) == []


def test_a_move_that_is_undone_is_no_news(event, tables, slots):
    meeting = scheduled(event, slots[0], tables[0])
    change = put(card_of_meeting(meeting), Drop(slots[2], tables[1]))

    with transaction():
        acting.undo(change)

    assert whereabouts(meeting) == (0, 1)
    assert not meeting.is_pinned
    assert untold(event) == []


def test_a_booking_and_a_taking_off_are_undone(event, tables, slots):
    booked = put(waiting(pair(event)), Drop(slots[0], tables[0]))
    meeting = db.session.scalars(select(Meeting)).one()
    with transaction():
        acting.undo(booked)
    assert meeting.status is MeetingStatus.CANCELLED

    kept = scheduled(event, slots[1], tables[1])
    with transaction():
        off = acting.take_off(kept, sequence=kept.sequence)
    assert kept.status is MeetingStatus.CANCELLED
    with transaction():
        acting.undo(off)
    assert whereabouts(kept) == (1, 2)


def test_a_swap_is_undone_whole(event, slots):
    (table,) = make_tables(event, 1)
    first, second = (scheduled(event, slot, table) for slot in slots[:2])
    drop = Drop(slots[1], table, second, second.sequence, (slots[0], table))
    change = put(card_of_meeting(first), drop)

    with transaction():
        acting.undo(change)

    assert (whereabouts(first), whereabouts(second)) == ((0, 1), (1, 1))


def test_what_has_changed_since_is_not_undone(event, tables, slots):
    meeting = scheduled(event, slots[0], tables[0])
    change = put(card_of_meeting(meeting), Drop(slots[1], tables[0]))
    put(card_of_meeting(meeting), Drop(slots[2], tables[0]))

    with pytest.raises(refusals.CannotUndo), transaction():
        acting.undo(change)

    assert whereabouts(meeting) == (2, 1)


def test_of_two_organizers_who_move_one_meeting_at_once_one_wins(event, tables, slots):
    meeting = scheduled(event, slots[0], tables[0])
    known = meeting.sequence

    def move(number: int) -> str:
        held = db.session.get_one(Meeting, meeting_id)
        slot = slots_of(held.event)[number]
        try:
            with transaction():
                acting.put(card_of_meeting(held), Drop(slot), sequence=known)
        except refusals.MeetingChanged as refusal:
            return refusal.code
        return "moved"

    meeting_id = meeting.id

    assert sorted(race(move, [(1,), (2,)])) == ["meeting_changed", "moved"]


def test_a_draft_made_before_a_move_by_hand_is_not_published_over_it(event, tables, slots):
    companies = pair(event)
    make_request(*companies, status=RequestStatus.ACCEPTED)
    for _ in range(2):
        with transaction():
            run = runs.start_run(event, time_limit_seconds=240)
        jobs.run(run.job_id)
        if event.schedule_version == 0:
            with transaction():
                publishing.publish(run)
    meeting = db.session.scalars(select(Meeting)).one()
    free = next(slot for slot in slots if slot.id != meeting.slot_id)
    put(card_of_meeting(meeting), Drop(free, tables[0]))
    db.session.refresh(run)

    with pytest.raises(publishing.StaleRun), transaction():
        publishing.publish(run)

    assert whereabouts(meeting) == (free.number, 1)


def test_the_last_change_is_remembered_with_who_made_it(event, tables, slots):
    with audit.acting_as(audit.SYSTEM):
        put(waiting(pair(event)), Drop(slots[0]))

    assert db.session.scalars(select(BoardChange.kind)).all() == ["booked"]
