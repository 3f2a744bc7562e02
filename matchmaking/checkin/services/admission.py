"""Admitting delegates, once. `take_in` is the only way in, at the gate and through the API."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from matchmaking.accounts.models import User
from matchmaking.checkin.models import Direction, Scan
from matchmaking.checkin.readings import Reading, Source
from matchmaking.checkin.services.answering import (
    Answered,
    ScanMixUp,
    Told,
    told_before,
)
from matchmaking.checkin.services.gate_rules import GateRule, gates_at
from matchmaking.checkin.services.judging import Bench, Judged, effective_time, judge
from matchmaking.checkin.services.recognition import Recognized, recognize
from matchmaking.checkin.services.standing import Known, keep_arrival, known_scans, settle
from matchmaking.checkin.signals import scans_kept
from matchmaking.checkin.verdicts import inside
from matchmaking.core import clock
from matchmaking.core.database import db, insert_new
from matchmaking.events.at_gate import AtGate


def take_in(event: AtGate, source: Source, readings: Sequence[Reading]) -> list[Told]:
    """The answer to each reading, in order. Every scan is kept, refused ones too.

    A scan that was seen before gets its first answer before any rule is asked. Two gates may
    scan one badge in the same second: the locked registration lets one of them through, and
    the other then finds the first one's scan. Of one upload the scans are judged in the order
    of their times, whatever order they came in.
    """
    db.session.flush()
    recognition = recognize(event, readings)
    found = recognition.found
    owners = {one.delegate.id for one in found if one.delegate}
    known = known_scans(owners, also={reading.scan_id for reading in readings})
    seen = {row.scan_id for row in known}
    new = {
        reading.scan_id: (reading, one)
        for reading, one in zip(reversed(readings), reversed(found), strict=True)
        if reading.scan_id not in seen
    }
    theirs = [row for row in known if row.registration_id in owners]
    answers = (
        _keep(event, source, list(new.values()), theirs, gates=recognition.gates) if new else {}
    )
    if answers is None:
        return take_in(event, source, readings)
    told: list[Told | None] = [
        answers[reading.scan_id] if _is_first(reading, new) else None for reading in readings
    ]
    if None in told:
        again = [r for r, answer in zip(readings, told, strict=True) if answer is None]
        earlier = iter(told_before(event, source, again))
        told = [answer or next(earlier) for answer in told]
    return [answer for answer in told if answer]


def check_in(
    event: AtGate,
    presented: str,
    *,
    gate: str,
    scan_id: uuid.UUID,
    scanned_by: User | None,
    direction: Direction = Direction.ENTRY,
    scanned_at: datetime | None = None,
    device: str = "",
) -> Scan:
    """One scan at the signed-in gate, as it was kept. Raises ScanIdReused or OtherDevice."""
    source = Source(device, device, user_id=scanned_by.id if scanned_by else None)
    reading = Reading(scan_id, gate, presented, direction=direction, scanned_at=scanned_at)
    [told] = take_in(event, source, [reading])
    if isinstance(told, ScanMixUp):
        raise told
    return db.session.get_one(Scan, told.scan_id)


def _is_first(reading: Reading, new: Mapping[uuid.UUID, tuple[Reading, Recognized]]) -> bool:
    """Whether it was judged just now, and does not merely carry the id of one that was."""
    return reading.scan_id in new and new[reading.scan_id][0] is reading


def _keep(
    event: AtGate,
    source: Source,
    scans: Sequence[tuple[Reading, Recognized]],
    known: Sequence[Known],
    *,
    gates: Mapping[str, GateRule] | None,
) -> dict[uuid.UUID, Answered] | None:
    """Judge and keep new scans. None when another request brought one of them just now."""
    bench = Bench(event, source, gates_at(event) if gates is None else gates, clock.exact())
    for row in known:
        if row.registration_id:
            bench.known[row.registration_id].append(row)
    judged = _judge_in_order(bench, scans)
    if not known and len(judged) == 1 and inside([judged[0].known.fact]):
        kept = keep_arrival(judged[0].row)
    else:
        kept = insert_new(Scan, [one.row for one in judged])
        settle(known, fresh=[one.known for one in judged if one.known.scan_id in kept])
    answers = {one.known.scan_id: one.answer for one in judged}
    scans_kept.send(event, answers=[answers[scan_id] for scan_id in kept])
    return answers if kept == answers.keys() else None


def _judge_in_order(bench: Bench, scans: Sequence[tuple[Reading, Recognized]]) -> list[Judged]:
    timed = [(effective_time(bench, reading, found), reading, found) for reading, found in scans]
    timed.sort(key=lambda scan: (scan[0], scan[1].sequence, scan[1].scan_id))
    return [judge(bench, reading, found, at) for at, reading, found in timed]
