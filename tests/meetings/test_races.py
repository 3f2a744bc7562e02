"""Many at once, each with a connection of its own."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import func, select

from matchmaking.companies.models import Company, Side
from matchmaking.core.database import db, transaction
from matchmaking.meetings.models import Meeting, MeetingStatus, Occupancy, Slot
from matchmaking.meetings.services import booking, errors
from tests.factories import make_company, make_event, make_slots, make_tables


def book_at_once(app: Flask, pairs: list[tuple], slot_id) -> Counter[str]:
    """Everyone books the same slot in the same moment; how often each answer was given."""

    def attempt(pair) -> str:
        with app.app_context():
            companies = tuple(db.session.get_one(Company, company_id) for company_id in pair)
            try:
                with transaction():
                    booking.book(companies, db.session.get_one(Slot, slot_id))
            except errors.MeetingError as refusal:
                return refusal.code
            return "booked"

    with ThreadPoolExecutor(max_workers=8) as pool:
        return Counter(pool.map(attempt, pairs))


def test_one_company_wanted_by_many_at_one_time_gets_one_meeting(app):
    event = make_event()
    make_tables(event, 12)
    slot = make_slots(event, 2)[0]
    wanted = make_company(event).id
    pairs = [(wanted, make_company(event, side=Side.FOREIGN).id) for _ in range(12)]
    slot_id = slot.id
    db.session.commit()

    answers = book_at_once(app, pairs, slot_id)

    assert answers == {"booked": 1, "slot_taken": 11}


def test_the_last_tables_are_given_out_once_each(app):
    event = make_event()
    make_tables(event, 3)
    slot_id = make_slots(event, 2)[0].id
    pairs = [(make_company(event).id, make_company(event, side=Side.FOREIGN).id) for _ in range(12)]
    db.session.commit()

    answers = book_at_once(app, pairs, slot_id)

    assert answers["booked"] == 3
    assert sum(answers.values()) == 12
    scheduled = select(func.count(Meeting.id)).where(Meeting.status == MeetingStatus.SCHEDULED)
    assert db.session.scalar(scheduled) == 3
    assert db.session.scalar(select(func.count()).select_from(Occupancy)) == 9


def test_a_limit_of_two_meetings_holds_when_many_book_different_times(app):
    event = make_event(meetings_per_company=2)
    make_tables(event, 12)
    slots = [slot.id for slot in make_slots(event, 8)]
    wanted = make_company(event).id
    partners = [make_company(event, side=Side.FOREIGN).id for _ in range(8)]
    db.session.commit()

    def attempt(number: int) -> str:
        return next(iter(book_at_once(app, [(wanted, partners[number])], slots[number])))

    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = Counter(pool.map(attempt, range(8)))

    assert answers == {"booked": 2, "limit_reached": 6}
