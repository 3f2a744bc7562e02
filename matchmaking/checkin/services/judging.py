"""The answer to a new scan, against the scans of its delegate that are known."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from matchmaking.checkin.models import Direction, Reason, Verdict
from matchmaking.checkin.readings import Reading, Source
from matchmaking.checkin.services.answering import Answered, First
from matchmaking.checkin.services.gate_rules import GateRule
from matchmaking.checkin.services.recognition import Recognized
from matchmaking.checkin.services.standing import EPOCH, MILLISECOND, Known, is_green, milliseconds
from matchmaking.checkin.services.validity import reason_against
from matchmaking.checkin.verdicts import EntryRule, Fact, Outcome, Result, effective_at, verdicts
from matchmaking.events.at_gate import AtGate


@dataclass
class Bench:
    """What the new scans of one upload are judged by; each joins the known ones in its turn."""

    event: AtGate
    source: Source
    gates: Mapping[str, GateRule]
    received_at: datetime
    known: dict[uuid.UUID, list[Known]] = field(default_factory=lambda: defaultdict(list))

    def place(self, reading: Reading) -> GateRule:
        return self.gates.get(reading.gate) or GateRule(reading.gate)


@dataclass(frozen=True)
class Judged:
    """A new scan: the row to keep, how it stands, and the answer."""

    row: dict[str, Any]
    known: Known
    answer: Answered


def effective_time(bench: Bench, reading: Reading, found: Recognized) -> int:
    """In milliseconds. A scan that is answered at once comes after all that were before it."""
    received = milliseconds(bench.received_at)
    if reading.scanned_at is None:
        return max([received, *(row.fact.at + 1 for row in _of(bench, found))])
    synced = milliseconds(reading.snapshot_at) if reading.snapshot_at else None
    return effective_at(milliseconds(reading.scanned_at), synced_at=synced, received_at=received)


def judge(bench: Bench, reading: Reading, found: Recognized, at: int) -> Judged:
    """`at` is the scan's effective time in milliseconds."""
    known = _of(bench, found)
    fact = _fact(bench, reading, found, at)
    outcome = _answer(fact, known)
    if reading.scanned_at is None:
        fact = replace(fact, is_green=outcome.result is Result.ADMITTED)
    row = _row(bench, reading, found, fact=fact, outcome=outcome)
    kept = Known(
        reading.scan_id, row["registration_id"], row["scanned_at"], row["gate"],
        row["device_name"], fact, outcome, outcome,
    )  # fmt: skip
    answer = _told(row, outcome, found, known)
    known.append(kept)
    return Judged(row, kept, answer)


def _of(bench: Bench, found: Recognized) -> list[Known]:
    """What is known of the delegate; of nobody, nothing."""
    return bench.known[found.delegate.id] if found.delegate else []


def _fact(bench: Bench, reading: Reading, found: Recognized, at: int) -> Fact:
    place = bench.place(reading)
    is_daily = place.rule is EntryRule.DAILY
    moment = EPOCH + at * MILLISECOND
    return Fact(
        id=str(reading.scan_id),
        at=at,
        device=bench.source.key,
        sequence=reading.sequence,
        holder=str(found.delegate.id) if found.delegate else "",
        direction=reading.direction,
        zone=place.zone,
        rule=place.rule,
        day=moment.astimezone(bench.event.zone).date().isoformat() if is_daily else "",
        reason=reason_for(bench, reading, found, moment),
        is_green=False if reading.scanned_at is None else is_green(reading.shown),
        is_held=bench.source.is_revoked,
        voids=str(reading.voids) if reading.voids else None,
    )


def reason_for(
    bench: Bench, reading: Reading, found: Recognized, moment: datetime
) -> Reason | None:
    """Whoever is inside may leave, whatever has become of the badge meanwhile."""
    if found.delegate is None:
        return found.reason
    if reading.direction is not Direction.ENTRY:
        return None
    if bench.source.gates and reading.gate not in bench.source.gates:
        return Reason.WRONG_GATE
    return reason_against(bench.event, bench.place(reading), found, moment)


def _answer(fact: Fact, known: Sequence[Known]) -> Outcome:
    """The verdict, except that no second admission is told: the first one told stays.

    A scan may arrive after a later one that was told "admitted". Then the scans come to
    another order, which the organizer sees as a conflict; at the gates one green was told.
    """
    outcomes = verdicts([*(row.fact for row in known), fact])
    outcome = outcomes[fact.id]
    if fact.direction != Direction.ENTRY or outcome.result is not Result.ADMITTED:
        return outcome
    for row in known:
        was_told = row.answered.result == row.stands.result == Result.ADMITTED
        if was_told and outcomes[row.fact.id].first == fact.id:
            return Outcome(
                Result.DUPLICATE, first=row.fact.id, is_conflict=row.fact.device != fact.device
            )
    return outcome


def _row(
    bench: Bench, reading: Reading, found: Recognized, *, fact: Fact, outcome: Outcome
) -> dict[str, Any]:
    is_live = reading.scanned_at is None
    return {
        "id": reading.scan_id,
        "event_id": bench.event.id,
        "registration_id": found.delegate.id if found.delegate else None,
        "badge_id": found.badge_id,
        "gate": reading.gate[:40],
        "zone": fact.zone,
        "rule": EntryRule(fact.rule),
        "day": fact.day,
        "direction": reading.direction,
        "presented": reading.digest,
        "verdict": Verdict(outcome.result),
        "reason": Reason(fact.reason) if fact.reason else None,
        "first_scan_id": uuid.UUID(outcome.first) if outcome.first else None,
        "is_conflict": outcome.is_conflict,
        "undoes_id": reading.voids,
        "device": bench.source.key[:80],
        "device_name": bench.source.name[:80],
        "sequence": reading.sequence,
        "scanned_by_id": bench.source.user_id,
        "scanned_at": EPOCH + fact.at * MILLISECOND,
        "received_at": bench.received_at,
        "clock_at": reading.clock_at,
        "elapsed_ms": reading.elapsed_ms,
        "snapshot_at": reading.snapshot_at,
        "shown": outcome.result.value if is_live else reading.shown,
        "app": reading.app[:40],
    }


def _told(
    row: dict[str, Any], outcome: Outcome, found: Recognized, known: Sequence[Known]
) -> Answered:
    first = next((one for one in known if one.fact.id == outcome.first), None)
    return Answered(
        scan_id=row["id"],
        direction=row["direction"],
        gate=row["gate"],
        scanned_at=row["scanned_at"],
        verdict=row["verdict"],
        reason=row["reason"] if outcome.result is Result.REFUSED else None,
        is_conflict=outcome.is_conflict,
        delegate=found.delegate,
        first=First(first.scan_id, first.scanned_at, first.gate, first.device_name)
        if first
        else None,
    )
