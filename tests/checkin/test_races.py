"""Gates as processes of their own, each with its own connection."""

import uuid
from collections import Counter

from sqlalchemy import func, select

from matchmaking.checkin.models import Presence, Scan, Verdict
from matchmaking.checkin.services import check_in, undo
from matchmaking.checkin.services.undoing import CannotUndo
from matchmaking.core.database import db, transaction
from matchmaking.events.models import Event
from tests.checkin.scanning import event_today, scan, token_of
from tests.factories.registration import make_registration
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


def test_one_admission_taken_back_at_once_by_four_is_taken_back_once(app):
    admitted = scan(make_registration(event_today()))

    answers = race(take_back, [(admitted.id,)] * 4)

    assert Counter(answers) == {"undone": 1, "too late": 3}
