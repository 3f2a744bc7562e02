import uuid
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from matchmaking.checkin.models import Direction, Presence, Reason, Scan, Verdict
from matchmaking.checkin.services import CannotUndo, ScanIdReused, undo
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.registration.models import RegistrationStatus
from matchmaking.registration.services import reissue_badge
from tests.checkin.scanning import event_today, scan, token_of
from tests.factories.accounts import make_user
from tests.factories.events import make_event
from tests.factories.registration import make_registration


@pytest.fixture
def delegate(app):
    return make_registration(event_today())


def kept_scans():
    return db.session.scalar(select(func.count()).select_from(Scan))


def is_inside(registration):
    return db.session.get(Presence, (registration.id, "")) is not None


def refusal(answer):
    return (answer.verdict, answer.reason)


def test_badge_of_a_confirmed_delegate_is_admitted(delegate):
    staff = make_user()

    answer = scan(delegate, gate="B", scanned_by=staff, device="K7QM")

    assert (answer.verdict, answer.reason, answer.registration) == (
        Verdict.ADMITTED,
        None,
        delegate,
    )
    assert (answer.gate, answer.device, answer.scanned_by_id) == ("B", "K7QM", staff.id)
    assert is_inside(delegate)


def test_second_scan_is_a_duplicate_that_names_the_first(delegate):
    first = scan(delegate, gate="A")

    second = scan(delegate, gate="B")

    assert (second.verdict, second.first_scan) == (Verdict.DUPLICATE, first)
    assert kept_scans() == 2


def test_registration_code_may_stand_in_place_of_the_badge_however_it_is_typed(delegate):
    typed = f" {delegate.code[:4].lower()}-{delegate.code[4:]} "

    assert scan(delegate, typed).verdict is Verdict.ADMITTED
    assert scan(delegate).verdict is Verdict.DUPLICATE


def test_scanner_that_adds_a_line_break_or_writes_small_letters_is_understood(delegate):
    assert scan(delegate, token_of(delegate).lower() + "\r\n").verdict is Verdict.ADMITTED


@pytest.mark.parametrize(
    "presented",
    ["", "hello", "https://example.com/?q=1", "WIFI:S:Hotel;T:WPA;P:12345678;;", "🌾" * 9, "A" * 128,
     "%" * 128, "x" * 5000, "BCDFGHJK", "Nguyễn Thị Ánh"],
)  # fmt: skip
def test_code_of_another_system_is_unknown_and_kept(delegate, presented):
    assert refusal(scan(delegate, presented or " ")) == (Verdict.REFUSED, Reason.UNKNOWN)
    assert kept_scans() == 1


def test_badge_with_one_letter_changed_anywhere_is_never_admitted(delegate):
    token = token_of(delegate)

    for position in range(0, len(token), 3):
        changed = "B" if token[position] == "A" else "A"
        answer = scan(delegate, token[:position] + changed + token[position + 1 :])
        assert answer.verdict is Verdict.REFUSED
        assert answer.reason in (Reason.BAD_SIGNATURE, Reason.UNKNOWN)
    assert not is_inside(delegate)


def test_badge_and_code_of_another_event_are_refused_as_such(delegate):
    other = make_registration(event_today())

    for presented in (token_of(other), other.code):
        answer = scan(other, presented, event=delegate.event)
        assert refusal(answer) == (Verdict.REFUSED, Reason.OTHER_EVENT)
        assert answer.registration is None


def test_genuine_badge_that_is_no_longer_known_is_refused(delegate):
    token = token_of(delegate)
    db.session.delete(delegate.badges[0])
    db.session.flush()

    assert refusal(scan(delegate, token)) == (Verdict.REFUSED, Reason.UNKNOWN)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (RegistrationStatus.CANCELLED, Reason.CANCELLED),
        (RegistrationStatus.REJECTED, Reason.CANCELLED),
        (RegistrationStatus.PENDING, Reason.NOT_CONFIRMED),
        (RegistrationStatus.WAITLISTED, Reason.NOT_CONFIRMED),
    ],
)
def test_delegate_without_a_place_is_refused_with_the_reason(delegate, status, reason):
    token = token_of(delegate)
    delegate.status = status

    assert refusal(scan(delegate, token)) == (Verdict.REFUSED, reason)
    assert refusal(scan(delegate, delegate.code)) == (Verdict.REFUSED, reason)


def test_reissued_badge_replaces_the_old_one_at_the_gate(delegate):
    old = token_of(delegate)
    reissue_badge(delegate)

    assert refusal(scan(delegate, old)) == (Verdict.REFUSED, Reason.REVOKED)
    assert scan(delegate).verdict is Verdict.ADMITTED


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        (lambda event: event.starts_at - timedelta(days=1, seconds=1), Reason.NOT_YET_VALID),
        (lambda event: event.starts_at - timedelta(days=1), None),
        (lambda event: event.ends_at - timedelta(seconds=1), None),
        (lambda event: event.ends_at, Reason.NO_LONGER_VALID),
    ],
)
def test_badge_counts_from_the_day_before_to_the_end_of_the_last_day(
    app, monkeypatch, moment, reason
):
    delegate = make_registration(make_event(timezone="Asia/Seoul"))
    now = moment(delegate.event)
    monkeypatch.setattr(clock, "exact", lambda: now)

    assert scan(delegate).reason is reason


def test_opening_the_organizer_set_counts_instead(app, monkeypatch):
    delegate = make_registration(make_event())
    opening = delegate.event.starts_at + timedelta(hours=7)
    delegate.event.check_in_opens_at = opening

    monkeypatch.setattr(clock, "exact", lambda: opening - timedelta(seconds=1))
    assert scan(delegate).reason is Reason.NOT_YET_VALID
    monkeypatch.setattr(clock, "exact", lambda: opening)
    assert scan(delegate).verdict is Verdict.ADMITTED


def test_scan_sent_again_gets_its_first_answer_even_after_a_cancellation(delegate):
    scan_id, token = uuid.uuid4(), token_of(delegate)
    first = scan(delegate, token, scan_id=scan_id)
    delegate.status = RegistrationStatus.CANCELLED

    again = scan(delegate, token, scan_id=scan_id)

    assert again is first
    assert again.verdict is Verdict.ADMITTED
    assert kept_scans() == 1


def test_scan_id_with_another_content_is_refused_and_the_first_stays(delegate):
    other = make_registration(ticket_type=delegate.ticket_type)
    first = scan(delegate)

    for change in ({"presented": token_of(other)}, {"gate": "B"}, {"direction": Direction.EXIT}):
        with pytest.raises(ScanIdReused) as reused:
            scan(delegate, scan_id=first.id, **change)
        assert reused.value.earlier is first
    assert kept_scans() == 1
    assert not is_inside(other)


def test_scan_is_never_in_the_future(delegate):
    answer = scan(delegate, scanned_at=clock.now() + timedelta(days=3650))

    assert answer.scanned_at <= clock.exact()


def test_delegate_who_left_may_come_in_again(delegate):
    scan(delegate)
    assert scan(delegate, direction=Direction.EXIT).verdict is Verdict.ADMITTED
    assert not is_inside(delegate)

    assert scan(delegate).verdict is Verdict.ADMITTED


def test_exit_of_somebody_outside_is_a_duplicate(delegate):
    assert scan(delegate, direction=Direction.EXIT).first_scan is None
    scan(delegate)
    left = scan(delegate, direction=Direction.EXIT)

    again = scan(delegate, direction=Direction.EXIT)

    assert (again.verdict, again.first_scan) == (Verdict.DUPLICATE, left)


def test_delegate_cancelled_while_inside_may_still_leave(delegate):
    scan(delegate)
    token = token_of(delegate)
    delegate.status = RegistrationStatus.CANCELLED

    assert scan(delegate, token, direction=Direction.EXIT).verdict is Verdict.ADMITTED


def test_undone_admission_stays_on_record_and_the_delegate_is_outside(delegate):
    admitted, staff = scan(delegate), make_user()

    void = undo(admitted, undone_by=staff)

    assert (void.direction, void.undoes_id, void.scanned_by_id) == (
        Direction.VOID,
        admitted.id,
        staff.id,
    )
    assert admitted.verdict is Verdict.ADMITTED
    assert not is_inside(delegate)
    assert scan(delegate).verdict is Verdict.ADMITTED


def test_undone_exit_puts_the_delegate_back_inside(delegate):
    entered = scan(delegate)
    undo(scan(delegate, direction=Direction.EXIT), undone_by=None)

    assert db.session.get(Presence, (delegate.id, "")).scan_id == entered.id
    assert scan(delegate).verdict is Verdict.DUPLICATE


def test_only_the_latest_movement_can_be_undone_and_once(delegate):
    entered = scan(delegate)
    refused = scan(delegate, "hello")
    duplicate = scan(delegate)
    scan(delegate, direction=Direction.EXIT)

    for old in (entered, refused, duplicate):
        with pytest.raises(CannotUndo):
            undo(old, undone_by=None)

    again = scan(delegate)
    void = undo(again, undone_by=None)
    for gone in (again, void):
        with pytest.raises(CannotUndo):
            undo(gone, undone_by=None)
