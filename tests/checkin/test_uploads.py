import random
import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from matchmaking.checkin.models import Direction, Reason, Scan, Verdict
from matchmaking.checkin.readings import Reading
from matchmaking.checkin.services import undo
from matchmaking.core.audit import AuditEntry
from matchmaking.core.database import db
from matchmaking.registration.models import RegistrationStatus
from matchmaking.registration.services import reissue_badge
from tests.checkin.scanning import event_today, scan, token_of
from tests.checkin.uploading import (
    EAST,
    WEST,
    ago,
    assert_in_step,
    exit_of,
    handle,
    offline,
    standing,
    upload,
    words,
)
from tests.factories.registration import make_registration


@pytest.fixture
def event(app):
    return event_today()


@pytest.fixture
def delegate(event):
    """Registered yesterday, as people are."""
    made = make_registration(event, confirmed_at=ago(2000))
    made.badges[0].issued_at = ago(2000)
    return made


def kept(event):
    return db.session.scalar(select(func.count()).where(Scan.event_id == event.id))


@pytest.mark.parametrize("east_first", [True, False])
def test_one_badge_at_two_gates_without_a_network_is_one_admission_and_one_conflict(
    event, delegate, east_first
):
    east = offline(delegate, minutes_ago=9, gate="E")
    west = offline(delegate, minutes_ago=8, gate="W")
    uploads = [(EAST, east), (WEST, west)]

    told = [
        upload(event, source, [reading])[0]
        for source, reading in (uploads if east_first else reversed(uploads))
    ]

    assert words(told) == ["admitted", "duplicate!"]
    assert (told[1].first.gate, told[1].first.device_name) == (
        ("E", "Cổng Đông 1") if east_first else ("W", "Cổng Tây 1")
    )
    assert standing(event) == {
        str(east.scan_id): ("admitted", False),
        str(west.scan_id): ("duplicate", True),
    }
    assert_in_step(event)


def test_uploads_in_any_order_split_and_repeated_end_at_one_truth_and_keep_their_answers(event):
    delegates = [make_registration(event) for _ in range(3)]
    made = []
    for number in range(24):
        dice = random.Random(number)
        source = dice.choice([EAST, WEST])
        values = {"minutes_ago": 60 - number, "sequence": number}
        values["direction"] = dice.choice([Direction.ENTRY, Direction.ENTRY, Direction.EXIT])
        made.append((source, offline(dice.choice(delegates), **values)))
    truths = set()
    for seed in range(4):
        dice, first_answers = random.Random(seed), {}
        queue = [*made, *dice.sample(made, 9)]
        dice.shuffle(queue)
        while queue:
            count = dice.randrange(1, 7)
            part, queue = queue[:count], queue[count:]
            for source in (EAST, WEST):
                readings = [reading for owner, reading in part if owner is source]
                for reading, told in zip(readings, upload(event, source, readings), strict=True):
                    assert told == first_answers.setdefault(reading.scan_id, told)
        assert_in_step(event)
        assert kept(event) == len(made)
        truths.add(str(sorted(standing(event).items())))
        db.session.execute(db.text("DELETE FROM scan_revisions"))
        db.session.execute(db.text("DELETE FROM presences"))
        db.session.execute(db.text("DELETE FROM scans"))
        db.session.commit()

    assert len(truths) == 1


def test_one_bad_scan_among_many_blocks_none(event, delegate):
    other = make_registration(event)
    stranger = make_registration(event_today())
    first = offline(delegate, minutes_ago=30)
    upload(event, EAST, [first])

    told = upload(
        event,
        EAST,
        [
            replace(first, handle=handle(other)),
            Reading(uuid.uuid4(), "A", "garbage", scanned_at=ago(5)),
            Reading(uuid.uuid4(), "A", token_of(stranger), scanned_at=ago(5)),
            offline(other, handle="0" * 24, claimed=Reason.BAD_SIGNATURE, shown="refused"),
            offline(other),
            first,
        ],
    )

    assert words(told) == [
        "scan_id_reused", "refused", "refused", "refused", "admitted", "admitted",
    ]  # fmt: skip
    assert [answer.reason for answer in told[1:4]] == ["unknown", "other_event", "bad_signature"]
    assert kept(event) == 5
    assert_in_step(event)


def test_same_id_twice_in_one_upload_is_one_scan_or_a_mistake_that_is_told(event, delegate):
    other = make_registration(event)
    one = offline(delegate)

    told = upload(event, EAST, [one, one, replace(one, handle=handle(other))])

    assert words(told) == ["admitted", "admitted", "scan_id_reused"]
    assert kept(event) == 1


def test_scan_ids_of_another_device_are_refused(event, delegate):
    one = offline(delegate)
    upload(event, EAST, [one])

    assert words(upload(event, WEST, [one])) == ["other_device"]


def test_reused_id_is_written_down(event, delegate, app):
    other, one = make_registration(event), offline(delegate)
    upload(event, EAST, [one, replace(one, handle=handle(other))])

    assert "scan.id_reused" in set(db.session.scalars(select(AuditEntry.action)))


def test_badge_revoked_before_the_scan_is_refused_and_flagged_as_a_green_was_shown(event, delegate):
    old = handle(delegate)
    delegate.badges[0].revoked_at = ago(20)

    late, early = (offline(delegate, minutes_ago=m, handle=old) for m in (10, 30))

    assert words(upload(event, EAST, [late])) == ["refused!"]
    assert words(upload(event, EAST, [early])) == ["admitted"]
    assert_in_step(event)


def test_delegate_cancelled_after_coming_in_is_inside_and_later_scans_are_refused(event, delegate):
    delegate.status, delegate.cancelled_at = RegistrationStatus.CANCELLED, ago(20)

    badge = handle_before(delegate)
    late, early = (offline(delegate, minutes_ago=m, handle=badge) for m in (10, 30))

    told = upload(event, EAST, [late, early])
    assert words(told) == ["refused!", "admitted"]
    assert told[0].reason is Reason.CANCELLED


def handle_before(delegate):
    delegate.status = RegistrationStatus.CONFIRMED
    badge = handle(delegate)
    delegate.status = RegistrationStatus.CANCELLED
    return badge


def test_reissued_badge_is_refused_at_once_whatever_the_clock_says(event):
    delegate = make_registration(event)
    old = handle(delegate)
    reissue_badge(delegate)

    told = upload(event, EAST, [offline(delegate, handle=old, minutes_ago=10)])

    assert (told[0].verdict, told[0].reason) == (Verdict.REFUSED, Reason.REVOKED)


@pytest.mark.parametrize(
    "clock_at", [datetime(1970, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)]
)
def test_clock_that_is_years_wrong_puts_no_scan_before_the_last_sync_or_into_the_future(
    event, delegate, clock_at
):
    synced_at = ago(15)
    scans = [
        offline(
            delegate, scanned_at=clock_at, clock_at=clock_at, snapshot_at=synced_at, sequence=1
        ),
        exit_of(
            delegate, scanned_at=clock_at, clock_at=clock_at, snapshot_at=synced_at, sequence=2
        ),
    ]

    told = upload(event, EAST, scans[::-1])

    assert words(told) == ["admitted", "admitted"]
    rows = db.session.scalars(select(Scan).order_by(Scan.sequence)).all()
    assert all(synced_at <= row.scanned_at <= row.received_at for row in rows)
    assert [row.clock_at for row in rows] == [clock_at, clock_at]


def test_live_scan_comes_after_what_is_known_and_a_late_upload_takes_no_green_back(event, delegate):
    live = scan(delegate, gate="W", device="west")
    db.session.commit()
    early = offline(delegate, minutes_ago=5, gate="E")

    told = upload(event, EAST, [early])

    assert live.verdict is Verdict.ADMITTED
    assert words(told) == ["duplicate!"]
    assert standing(event) == {
        str(early.scan_id): ("admitted", False),
        str(live.id): ("duplicate", True),
    }
    assert_in_step(event)


def test_exit_that_comes_late_lets_the_second_entry_count(event, delegate):
    upload(event, EAST, [offline(delegate, minutes_ago=30)])
    again = offline(delegate, minutes_ago=10)
    assert words(upload(event, WEST, [again])) == ["duplicate!"]

    upload(event, EAST, [exit_of(delegate, minutes_ago=20)])

    assert standing(event)[str(again.scan_id)] == ("admitted", False)
    assert_in_step(event)


def test_device_takes_its_own_scan_back_before_or_after_it_arrives(event, delegate):
    entered = offline(delegate, minutes_ago=9)
    void = offline(delegate, minutes_ago=8, direction=Direction.VOID, voids=entered.scan_id)

    upload(event, EAST, [void])
    upload(event, EAST, [entered])

    assert standing(event)[str(entered.scan_id)] == ("voided", False)
    assert words(upload(event, WEST, [offline(delegate, minutes_ago=7)])) == ["admitted"]
    assert_in_step(event)


def test_uploads_of_a_revoked_device_are_held_and_count_for_nothing(event, delegate):
    lost = replace(EAST, is_revoked=True)
    one = offline(delegate, minutes_ago=9)

    assert words(upload(event, lost, [one])) == ["held"]
    assert words(upload(event, WEST, [offline(delegate, minutes_ago=8)])) == ["admitted"]
    assert words(upload(event, lost, [one])) == ["held"]
    assert_in_step(event)


def test_organizer_takes_back_an_offline_admission_and_the_duplicate_counts(event, delegate):
    first, second = offline(delegate, minutes_ago=9), offline(delegate, minutes_ago=8)
    upload(event, EAST, [first])
    upload(event, WEST, [second])

    undo(db.session.get_one(Scan, first.scan_id), undone_by=None)
    db.session.commit()

    assert standing(event)[str(second.scan_id)] == ("admitted", False)
    assert_in_step(event)


def test_a_long_upload_asks_the_database_as_often_as_a_short_one(event, count_queries):
    scans = [offline(make_registration(event)) for _ in range(12)]
    upload(event, EAST, scans[:1])
    with count_queries() as few:
        upload(event, EAST, scans[1:3])
    with count_queries() as many:
        upload(event, WEST, scans[3:])

    assert many.total == few.total
