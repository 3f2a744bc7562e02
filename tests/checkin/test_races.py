"""Gates as processes of their own, each with its own connection."""

import uuid
from collections import Counter

from sqlalchemy import func, select

from matchmaking.checkin.handles import walk_in_handle
from matchmaking.checkin.models import Presence, Scan, Verdict
from matchmaking.checkin.readings import Reading
from matchmaking.checkin.services import (
    Arrival,
    EnrolmentOver,
    add_device,
    check_in,
    enrol,
    offer_enrolment,
    take_in,
    take_walk_in,
    undo,
)
from matchmaking.checkin.services.undoing import CannotUndo
from matchmaking.core.database import db, transaction
from matchmaking.events.models import Event
from tests.checkin.scanning import event_today, scan, token_of
from tests.checkin.uploading import EAST, WEST, assert_in_step, offline, standing
from tests.factories.registration import make_registration, make_ticket_type
from tests.races import race


def at_a_gate(event_id, token, gate, scan_id):
    with transaction():
        event = db.session.get_one(Event, event_id)
        answer = check_in(event, token, gate=gate, scan_id=scan_id, scanned_by=None)
        return (answer.verdict.value, str(answer.id))


def take_back(scan_id):
    try:
        with transaction():
            undo(db.session.get_one(Scan, scan_id), undone_by=None)
    except CannotUndo:
        return "too late"
    return "undone"


def test_of_eight_gates_that_scan_one_badge_at_once_exactly_one_admits(app):
    delegate = make_registration(event_today())
    runs = [(delegate.event_id, token_of(delegate), str(n), uuid.uuid4()) for n in range(8)]

    answers = race(at_a_gate, runs)

    assert Counter(verdict for verdict, _id in answers) == {"admitted": 1, "duplicate": 7}
    assert db.session.scalar(select(func.count()).select_from(Presence)) == 1
    assert db.session.scalar(select(func.count()).select_from(Scan)) == 8
    first = {row.first_scan_id for row in db.session.scalars(select(Scan)) if row.first_scan_id}
    assert first == {uuid.UUID(next(i for verdict, i in answers if verdict == "admitted"))}


def claim(event_id, secret):
    try:
        with transaction():
            enrol(db.session.get_one(Event, event_id), secret)
    except EnrolmentOver:
        return "too late"
    return "enrolled"


def test_of_four_phones_that_scan_one_enrolment_code_at_once_one_is_enrolled(app):
    event = event_today()
    secret = offer_enrolment(add_device(event, name="East", gates=[], language="vi"))

    answers = race(claim, [(event.id, secret)] * 4)

    assert Counter(answers) == {"enrolled": 1, "too late": 3}


def test_one_scan_sent_six_times_at_once_is_kept_once_with_one_answer(app):
    delegate, scan_id = make_registration(event_today()), uuid.uuid4()

    for presented in (token_of(delegate), "of another system"):
        runs = [(delegate.event_id, presented, "A", scan_id)] * 6
        answers = race(at_a_gate, runs)
        assert len(answers) == 6
        assert len(set(answers)) == 1
        scan_id = uuid.uuid4()

    verdicts = Counter(db.session.scalars(select(Scan.verdict)))
    assert verdicts == {Verdict.ADMITTED: 1, Verdict.REFUSED: 1}


def arrive_or_scan(event_id, source, code, arrives):
    with transaction():
        event = db.session.get_one(Event, event_id)
        if not arrives:
            take_in(
                event, source, [Reading(uuid.uuid4(), "A", handle=walk_in_handle(event.id, code))]
            )
            return
        person = {"full_name": "Trần Thị Bưởi", "organization": "", "ticket_type": "guest"}
        take_walk_in(event, source, Arrival(uuid.uuid4(), code, "A", **person))


def test_walk_in_and_a_scan_of_their_badge_find_each_other_whichever_is_first(app):
    event = event_today()
    make_ticket_type(event, code="guest")
    codes = [f"K7QM2X9{letter}" for letter in "ABCD"]
    runs = [
        (event.id, source, code, arrives)
        for code in codes
        for source, arrives in ((EAST, True), (WEST, False))
    ]

    race(arrive_or_scan, runs)

    assert len({scan.registration_id for scan in db.session.scalars(select(Scan))} - {None}) == 4
    assert_in_step(event)


def test_one_admission_taken_back_at_once_by_four_is_taken_back_once(app):
    admitted = scan(make_registration(event_today()))

    answers = race(take_back, [(admitted.id,)] * 4)

    assert Counter(answers) == {"undone": 1, "too late": 3}


def bring(event_id, source, readings):
    with transaction():
        told = take_in(db.session.get_one(Event, event_id), source, readings)
        return [(str(answer.scan_id), answer.verdict.value) for answer in told]


def test_devices_that_bring_the_same_badges_at_once_in_opposite_orders_end_at_one_truth(app):
    event = event_today()
    delegates = [make_registration(event) for _ in range(12)]
    east = [offline(one, minutes_ago=9) for one in delegates]
    west = [offline(one, minutes_ago=8) for one in reversed(delegates)]
    runs = [(event.id, EAST, east), (event.id, WEST, west)] * 3

    answers = race(bring, runs)

    assert len(answers) == 6
    told = {(scan, verdict) for answer in answers for scan, verdict in answer}
    assert len(told) == 24
    assert Counter(verdict for _, verdict in told) == {"admitted": 12, "duplicate": 12}
    stands = standing(event)
    assert {stands[str(reading.scan_id)] for reading in east} == {("admitted", False)}
    assert {stands[str(reading.scan_id)] for reading in west} == {("duplicate", True)}
    assert_in_step(event)
