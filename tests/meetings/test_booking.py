from datetime import timedelta

import pytest
from sqlalchemy import func, select

from matchmaking.companies.models import Absence, CompanyStatus, Side
from matchmaking.core.database import db
from matchmaking.core.outbox import OutgoingMail
from matchmaking.meetings.models import Meeting, MeetingOrigin, MeetingStatus, Occupancy
from matchmaking.meetings.services import booking, errors
from matchmaking.meetings.services.places import free_slots
from matchmaking.registration.models import SessionSignUp
from tests.factories import (
    make_company,
    make_interpreter,
    make_representative,
    make_session,
)
from tests.factories.base import add


def pair(event, **values):
    return make_company(event), make_company(event, side=Side.FOREIGN, **values)


def rows_of(meeting):
    query = select(Occupancy.resource).where(Occupancy.meeting_id == meeting.id)
    return sorted(resource.split(":")[0] for resource in db.session.scalars(query))


def test_a_booked_meeting_holds_both_companies_and_a_table(event, slots):
    meeting = booking.book(pair(event), slots[0])

    assert rows_of(meeting) == ["company", "company", "table"]


def test_the_people_of_the_line_are_held_too(event, slots):
    local, foreign = pair(event)
    make_representative(local)

    assert rows_of(booking.book((local, foreign), slots[0])) == [
        "company", "company", "person", "table",
    ]  # fmt: skip


def test_a_company_in_a_meeting_is_refused_at_that_time_and_offered_the_others(event, slots):
    local, foreign = pair(event)
    booking.book((local, foreign), slots[0])

    with pytest.raises(errors.SlotTaken) as refusal:
        booking.book((local, make_company(event, side=Side.FOREIGN)), slots[0])

    assert list(refusal.value.alternatives) == slots[1:]


def test_a_company_with_two_lines_meets_two_partners_at_once(event, slots):
    local = make_company(event, lines=2)
    for _ in range(2):
        booking.book((local, make_company(event, side=Side.FOREIGN)), slots[0])

    with pytest.raises(errors.SlotTaken):
        booking.book((local, make_company(event, side=Side.FOREIGN)), slots[0])


def test_a_third_meeting_at_two_tables_finds_no_table(event, slots):
    for _ in range(2):
        booking.book(pair(event), slots[0])

    with pytest.raises(errors.TableTaken):
        booking.book(pair(event), slots[0])


def test_a_company_is_not_booked_while_it_is_absent(event, slots):
    local, foreign = pair(event)
    add(Absence(company_id=foreign.id, starts_at=slots[1].starts_at, ends_at=slots[1].ends_at))

    with pytest.raises(errors.CompanyUnavailable):
        booking.book((local, foreign), slots[1])


def test_a_company_is_not_booked_while_its_only_person_attends_a_session(event, slots):
    local, foreign = pair(event)
    person = make_representative(local)
    session = make_session(event, "08:20", "08:40")
    add(SessionSignUp(registration_id=person.registration_id, session_id=session.id))

    assert free_slots(local, foreign) == [slots[0], slots[2], slots[3]]


def test_companies_without_a_common_language_get_an_interpreter_or_a_refusal(event, slots):
    local = make_company(event, languages=["vi"], needs_interpreter=True)
    korean = make_company(event, side=Side.FOREIGN, languages=["ko"])
    japanese = make_company(event, side=Side.FOREIGN, languages=["ja"])
    lan = make_interpreter(event, languages=["ko"])

    assert booking.book((local, korean), slots[0]).interpreter == lan
    with pytest.raises(errors.NoInterpreter):
        booking.book((local, japanese), slots[1])


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"side": Side.LOCAL}, errors.SameSide),
        ({"status": CompanyStatus.PENDING}, errors.CompanyNotConfirmed),
        ({"max_meetings": 0}, errors.LimitReached),
    ],
)
def test_a_meeting_against_the_rules_is_refused(event, slots, change, refusal):
    local = make_company(event)
    partner = make_company(event, **{"side": Side.FOREIGN, **change})

    with pytest.raises(refusal):
        booking.book((local, partner), slots[0])


def test_a_company_cannot_meet_itself(event, slots):
    local = make_company(event)

    with pytest.raises(errors.SameCompany):
        booking.book((local, local), slots[0])


def test_a_meeting_of_two_slots_does_not_run_into_a_break(event, slots):
    slots[2].block = slots[3].block = 1
    db.session.flush()

    with pytest.raises(errors.OutsideGrid):
        booking.book(pair(event), slots[1], length=2)

    assert booking.book(pair(event), slots[2], length=2).length == 2


def test_a_slot_that_has_begun_is_not_booked(event, slots):
    for slot in slots:
        slot.starts_at -= timedelta(days=30)
        slot.ends_at -= timedelta(days=30)

    with pytest.raises(errors.SlotPast):
        booking.book(pair(event), slots[0])


def test_representatives_cannot_book_at_once_where_the_organizer_places_meetings(event, slots):
    event.instant_booking = False

    with pytest.raises(errors.InstantBookingOff):
        booking.book(pair(event), slots[0])

    assert booking.book(pair(event), slots[0], origin=MeetingOrigin.ORGANIZER).is_pinned


def test_moving_frees_the_old_time_and_takes_the_new_one(event, slots):
    companies = pair(event)
    meeting = booking.book(companies, slots[0])

    booking.move(meeting, slots[2])

    assert meeting.slot == slots[2]
    assert meeting.sequence == 1
    assert free_slots(*companies) == [slots[0], slots[1], slots[3]]


def test_a_refused_move_changes_nothing(event, slots):
    companies = pair(event)
    meeting = booking.book(companies, slots[0])
    booking.book((companies[0], make_company(event, side=Side.FOREIGN)), slots[1])

    with pytest.raises(errors.SlotTaken):
        booking.move(meeting, slots[1])

    assert meeting.slot == slots[0]
    assert rows_of(meeting) == ["company", "company", "table"]


def test_two_meetings_of_one_company_swap_their_times(event, slots):
    local, foreign = pair(event)
    early = booking.book((local, foreign), slots[0])
    late = booking.book((local, make_company(event, side=Side.FOREIGN)), slots[1])

    booking.swap(early, late)

    assert (early.slot, late.slot) == (slots[1], slots[0])


def test_cancelling_frees_everything_and_keeps_the_meeting(event, slots):
    companies = pair(event)
    meeting = booking.book(companies, slots[0])

    booking.cancel(meeting)

    assert rows_of(meeting) == []
    assert db.session.get(Meeting, meeting.id).status is MeetingStatus.CANCELLED
    assert booking.book(companies, slots[0]).id != meeting.id


def test_both_sides_are_told_once_for_each_change(event, slots):
    local, foreign = pair(event, contact_email="kim@example.com")
    make_representative(local)
    meeting = booking.book((local, foreign), slots[0])
    booking.move(meeting, slots[1])

    letters = db.session.execute(
        select(OutgoingMail.letter, func.count()).group_by(OutgoingMail.letter)
    ).all()
    assert sorted(map(tuple, letters)) == [("meeting_booked", 2), ("meeting_moved", 2)]
