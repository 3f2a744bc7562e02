"""What goes wrong for a part of the day only, and sessions that go on longer."""

import pytest

from matchmaking.companies.models import Side
from matchmaking.core import jobs
from matchmaking.core.database import db, transaction
from matchmaking.events.models import Event
from matchmaking.meetings.models import RequestStatus, TableOutage
from matchmaking.meetings.queries.meetings import meetings_at, meetings_of
from matchmaking.meetings.services import booking, errors
from matchmaking.meetings.services.places import free_slots
from matchmaking.meetings.services.schedule import publishing, repairing, runs
from matchmaking.meetings.services.schedule.troubles import Trouble, What
from matchmaking.registration.models import SessionSignUp
from tests.factories import (
    make_company,
    make_interpreter,
    make_member,
    make_representative,
    make_request,
    make_session,
)
from tests.factories.base import add
from tests.meetings.board import meet, two, whereabouts


def mend(event: Event, subject, what, **times):
    """Apply the smallest way out."""
    trouble = Trouble(subject, what, **times)
    with transaction():
        found = repairing.propose(event, trouble)
        repairing.keep(found)
    with transaction():
        return repairing.apply(found[0], trouble)


def numbers(meetings):
    return [one.slot.number for one in meetings]


def test_who_is_away_for_an_hour_keeps_the_other_meetings(event, slots):
    busy = make_company(event)
    for slot in slots[:3]:
        meet((busy, make_company(event, side=Side.FOREIGN)), slot)

    mend(event, busy, What.AWAY, since=slots[1], until=slots[2])

    assert sorted(numbers(meetings_of(busy))) == [0, 2, 3]
    (absence,) = busy.absences
    assert (absence.starts_at, absence.ends_at) == (slots[1].starts_at, slots[1].ends_at)


def test_an_interpreter_who_leaves_at_a_time_works_until_then(event, slots):
    lan = make_interpreter(event)
    both = (
        make_company(event, languages=["vi"]),
        make_company(event, side=Side.FOREIGN, languages=["ko"], needs_interpreter=True),
    )
    meeting = meet(both, slots[3])

    mend(event, lan, What.AWAY, since=slots[2])

    assert numbers([meeting]) < [2]
    assert lan.hours[-1].ends_at == slots[2].starts_at


def test_a_table_out_of_use_for_a_time_is_booked_before_and_after(event, slots):
    both, others = two(event), two(event)
    meeting = meet(both, slots[1])
    lost = meeting.table

    mend(event, lost, What.AWAY, since=slots[1], until=slots[3])

    assert meeting.table != lost
    assert len(free_slots(*others)) == 3
    with pytest.raises(errors.TableTaken):
        booking.book(others, slots[2], table=lost)
    booking.book(others, slots[0], table=lost)


def test_the_next_run_leaves_a_table_alone_while_it_is_out_of_use(event, slots):
    lost = meet(two(event), slots[1]).table
    meet(two(event), slots[1])
    mend(event, lost, What.AWAY, since=slots[1], until=slots[2])
    for _ in range(4):
        make_request(*two(event), status=RequestStatus.ACCEPTED)
    with transaction():
        run = runs.start_run(event, time_limit_seconds=240)
    jobs.run(run.job_id)
    with transaction():
        publishing.publish(run)

    held = [(one.slot.number, one.table_id) for one in meetings_at(event)]
    assert (1, lost.id) not in held
    assert len(held) == 6


def test_taking_it_back_puts_the_table_into_use_again(event, slots):
    meeting = meet(two(event), slots[0])
    before = whereabouts(meeting)
    mend(event, meeting.table, What.AWAY, until=slots[1])

    with transaction():
        publishing.revert(event)

    assert whereabouts(meeting) == before
    assert db.session.scalars(db.select(TableOutage)).all() == []


def test_a_table_is_used_again_by_one_button(event, slots, browser_of):
    meeting = meet(two(event), slots[0])
    table = meeting.table
    mend(event, table, What.AWAY, until=slots[1])
    desk = browser_of(make_member(event))
    address = f"/organize/{event.slug}/tables"
    assert "not from" in desk.get(f"{address}?lang=en").text

    desk.post(f"{address}/{table.id}/use")

    assert table.outages == []


def test_a_longer_session_holds_up_who_signed_up_for_it(event, slots):
    session = make_session(event, "07:00", "08:00")
    both, others = two(event), two(event)
    person = make_representative(both[0])
    add(SessionSignUp(registration_id=person.registration_id, session_id=session.id))
    late, on_time = meet(both, slots[0]), meet(others, slots[0])

    mend(event, session, What.LONGER, until=slots[2])

    assert (session.ends_at, numbers([on_time])) == (slots[1].ends_at, [0])
    assert numbers([late]) >= [2]
    assert both[0].absences == []

    with transaction():
        publishing.revert(event)
    assert (session.ends_at, numbers([late])) == (slots[0].starts_at, [0])


def test_a_longer_opening_holds_up_everybody(event, slots):
    session = make_session(event, "07:00", "08:00")
    meetings = [meet(two(event), slots[0]) for _ in range(2)]

    mend(event, session, What.EVERYBODY, until=slots[1])

    assert min(numbers(meetings)) >= 1
    assert free_slots(*two(event))[0].number == 1


def test_a_session_that_goes_on_into_a_break_ends_when_it_does(event, slots):
    session = make_session(event, "07:00", "07:30")

    mend(event, session, What.LONGER, until=slots[0])

    assert session.ends_at == slots[0].starts_at


def test_a_session_is_found_while_it_can_go_on(event, slots, browser_of):
    opening = make_session(event, "07:00", "08:00")
    make_session(event, "13:00", "14:00")
    desk = browser_of(make_member(event))
    repair = f"/organize/{event.slug}/schedule/repair"

    page = desk.get(f"{repair}?lang=en&q=plenary").text
    step = f"{repair}/session/{opening.id}"
    answer = desk.post(step, {"what": "longer", "until": slots[1].id.hex})

    assert page.count("07:00–08:00") == 1
    assert "13:00–14:00" not in page
    assert "goes on until 08:20" in desk.get(f"{answer.location}?lang=en").text
    assert desk.post(step, {"what": "longer", "until": ""}).status_code == 422
