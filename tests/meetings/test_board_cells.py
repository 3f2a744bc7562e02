"""What every place of the board is for a lifted card."""

from datetime import timedelta

import pytest

from matchmaking.companies.models import Absence, Side
from matchmaking.core import clock
from matchmaking.events.models import Booth
from matchmaking.meetings.models import MeetingOrigin, MeetingTable, RequestStatus
from matchmaking.meetings.services import booking
from matchmaking.meetings.services.board.cells import Kind, lift
from matchmaking.meetings.services.board.situation import (
    card_of_meeting,
    card_of_request,
    situation_at,
)
from tests.factories import (
    make_company,
    make_event,
    make_interpreter,
    make_request,
    make_slots,
    make_tables,
)
from tests.factories.base import add


@pytest.fixture
def event(app):
    return make_event()


@pytest.fixture
def tables(event):
    return make_tables(event, 2)


@pytest.fixture
def slots(event):
    return make_slots(event, 3)


def pair(event, **foreign):
    return make_company(event), make_company(event, side=Side.FOREIGN, **foreign)


def scheduled(event, companies, slot, table):
    """A meeting the scheduler made: nobody pinned it."""
    make_request(*companies, status=RequestStatus.ACCEPTED)
    return booking.book(companies, slot, table=table, origin=MeetingOrigin.SCHEDULE)


def waiting(event, companies):
    return card_of_request(make_request(*companies, status=RequestStatus.ACCEPTED))


def verdicts(event, card, slots, table=None):
    lifted = lift(situation_at(event), card)
    return [lifted.verdict(slot, table) for slot in slots]


def kinds(event, card, slots, table=None):
    return [verdict.kind for verdict in verdicts(event, card, slots, table)]


def test_an_empty_board_is_free_everywhere(event, tables, slots):
    card = waiting(event, pair(event))

    assert kinds(event, card, slots, tables[0]) == [Kind.FREE] * 3


def test_a_meeting_is_here_where_it_stands(event, tables, slots):
    meeting = scheduled(event, pair(event), slots[1], tables[0])

    assert kinds(event, card_of_meeting(meeting), slots, tables[0]) == [
        Kind.FREE,
        Kind.HERE,
        Kind.FREE,
    ]


def test_whoever_sits_there_moves_to_another_table_if_one_is_free(event, tables, slots):
    other = scheduled(event, pair(event), slots[0], tables[0])
    card = waiting(event, pair(event))

    found = verdicts(event, card, slots, tables[0])[0]

    assert found.kind is Kind.SWAP
    assert found.other == other
    assert (found.elsewhere.slots[0], found.elsewhere.table) == (slots[0], tables[1])


def test_a_company_busy_with_another_meeting_gets_it_moved_to_another_time(event, tables, slots):
    local, foreign = pair(event)
    other = scheduled(event, (local, foreign), slots[0], tables[0])
    card = waiting(event, (local, make_company(event, side=Side.FOREIGN)))

    found = verdicts(event, card, slots)[0]

    assert (found.kind, found.other, found.elsewhere.slots) == (Kind.SWAP, other, [slots[1]])


def test_two_meetings_exchange_places_on_a_full_board(event, slots):
    (table,) = make_tables(event, 1)
    companies = [pair(event) for _ in slots]
    meetings = [
        scheduled(event, both, slot, table) for both, slot in zip(companies, slots, strict=True)
    ]

    found = verdicts(event, card_of_meeting(meetings[0]), slots, table)[2]

    assert (found.kind, found.other) == (Kind.SWAP, meetings[2])
    assert (found.elsewhere.slots, found.elsewhere.table) == ([slots[0]], table)


def test_a_pinned_meeting_does_not_make_room(event, tables, slots):
    local, foreign = pair(event)
    booking.book((local, foreign), slots[0])
    card = waiting(event, (local, make_company(event, side=Side.FOREIGN)))

    found = verdicts(event, card, slots)[0]

    assert (found.kind, found.refusal.code) == (Kind.REFUSED, "pinned_in_the_way")


def test_an_absent_company_cannot_and_is_named(event, tables, slots):
    local, foreign = pair(event)
    add(Absence(company_id=local.id, starts_at=slots[0].starts_at, ends_at=slots[0].ends_at))
    card = waiting(event, (local, foreign))

    found = verdicts(event, card, slots)

    assert [one.kind for one in found] == [Kind.REFUSED, Kind.FREE, Kind.FREE]
    assert found[0].refusal.code == "company_unavailable"


def test_a_booths_table_is_for_its_company_alone(event, tables, slots):
    booth = add(Booth(event_id=event.id, number="A-01"))
    own = add(MeetingTable(event_id=event.id, number=9, booth_id=booth.id))
    card = waiting(event, pair(event))

    assert verdicts(event, card, slots, own)[0].refusal.code == "other_table"


def test_without_an_interpreter_the_reason_says_so(event, tables, slots):
    make_interpreter(event, languages=["ja"])
    local = make_company(event, languages=["vi"])
    foreign = make_company(event, side=Side.FOREIGN, languages=["ko"], needs_interpreter=True)
    card = waiting(event, (local, foreign))

    assert verdicts(event, card, slots)[0].refusal.code == "no_interpreter"


def test_a_company_at_its_limit_fits_nowhere(app):
    event = make_event(meetings_per_company=1)
    make_tables(event, 2)
    slots = make_slots(event, 3)
    local, foreign = pair(event)
    booking.book((local, foreign), slots[0])
    card = waiting(event, (local, make_company(event, side=Side.FOREIGN)))

    assert kinds(event, card, slots) == [Kind.REFUSED] * 3


def test_what_has_begun_is_past(event, tables, slots, monkeypatch):
    begun = slots[0].starts_at + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: begun)
    card = waiting(event, pair(event))

    assert verdicts(event, card, slots)[0].refusal.code == "slot_past"


def test_what_is_called_free_can_be_booked(event, tables, slots):
    companies = [pair(event) for _ in range(3)]
    for both, slot in zip(companies, slots, strict=True):
        scheduled(event, both, slot, tables[0])
    crossing = (companies[0][0], companies[1][1])
    card = waiting(event, crossing)

    for slot, verdict in zip(slots, verdicts(event, card, slots), strict=True):
        if verdict.kind is Kind.FREE:
            assert booking.book(crossing, slot).slot == slot
            return
    raise AssertionError("nothing was free")
