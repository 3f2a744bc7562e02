from datetime import timedelta

import pytest

from matchmaking.companies.models import Side
from matchmaking.core.database import db
from matchmaking.meetings.queries.grid import tables_of
from matchmaking.meetings.services import booking
from matchmaking.meetings.services.grid import (
    SessionsOverlap,
    SlotsInUse,
    TablesInUse,
    rebuild_slots,
)
from tests.factories import make_company, make_event, make_session


@pytest.fixture
def event(app):
    return make_event()


def b2b(event, start="08:00", end="11:30", **values):
    return make_session(
        event, start, end, kind="b2b", **{"slot_minutes": 20, "tables": 3, **values}
    )


def times(event, slots):
    return [slot.starts_at.astimezone(event.zone).strftime("%H:%M") for slot in slots]


def test_a_session_is_cut_into_slots_around_its_break(event):
    b2b(event, breaks=[["09:40", "10:00"]])

    slots = rebuild_slots(event)

    assert times(event, slots) == [
        "08:00", "08:20", "08:40", "09:00", "09:20", "10:00", "10:20", "10:40", "11:00",
    ]  # fmt: skip
    assert [slot.block for slot in slots] == [0] * 5 + [1] * 4
    assert [slot.number for slot in slots] == list(range(9))
    assert [table.number for table in tables_of(event)] == [1, 2, 3]


def test_a_slot_that_would_run_into_the_break_starts_after_it(event):
    b2b(event, end="09:30", breaks=[["08:30", "08:45"]])

    assert times(event, rebuild_slots(event)) == ["08:00", "08:45", "09:05"]


def test_slots_that_stay_keep_their_meetings(event):
    session = b2b(event)
    kept = rebuild_slots(event)[0]
    booking.book((make_company(event), make_company(event, side=Side.FOREIGN)), kept)
    session.ends_at -= timedelta(hours=1)

    assert rebuild_slots(event)[0] is kept


def test_a_change_that_would_remove_a_booked_slot_is_refused_whole(event):
    session = b2b(event)
    last = rebuild_slots(event)[-1]
    booking.book((make_company(event), make_company(event, side=Side.FOREIGN)), last)
    session.ends_at -= timedelta(hours=1)
    db.session.flush()

    with pytest.raises(SlotsInUse):
        rebuild_slots(event)


def test_a_table_with_meetings_is_not_taken_away(event):
    session = b2b(event, tables=1)
    slots = rebuild_slots(event)
    booking.book((make_company(event), make_company(event, side=Side.FOREIGN)), slots[0])
    session.tables = 0

    with pytest.raises(TablesInUse):
        rebuild_slots(event)


def test_two_meeting_sessions_at_one_time_are_refused(event):
    b2b(event)
    b2b(event, start="09:00")

    with pytest.raises(SessionsOverlap):
        rebuild_slots(event)


def test_an_event_without_meeting_sessions_has_no_slots(event):
    make_session(event)

    assert rebuild_slots(event) == []
