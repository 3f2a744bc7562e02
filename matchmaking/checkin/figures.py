"""Totals of an event's scans as they stand now."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, joinedload

from matchmaking.checkin.models import ConflictDecision, Direction, Scan, ScanRevision, Verdict
from matchmaking.checkin.queries import STANDS, arrivals
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.registration.models import Registration

QUARTER = timedelta(minutes=15)
IS_CONFLICT = func.coalesce(ScanRevision.is_conflict, Scan.is_conflict)
FIRST = func.coalesce(ScanRevision.first_scan_id, Scan.first_scan_id)


@dataclass(frozen=True)
class AtGate:
    """Entries by verdict and counted exits at one gate."""

    gate: str
    admitted: int = 0
    duplicate: int = 0
    refused: int = 0
    held: int = 0
    exits: int = 0


@dataclass(frozen=True)
class Conflict:
    """A green that is contradicted, by `first` where it is a second admission."""

    scan: Scan
    verdict: Verdict
    first: Scan | None
    is_settled: bool


def by_gate(event: Event) -> list[AtGate]:
    query = (
        select(Scan.gate, Scan.direction, STANDS, func.count())
        .outerjoin(ScanRevision, ScanRevision.scan_id == Scan.id)
        .where(Scan.event_id == event.id, Scan.direction != Direction.VOID)
        .group_by(Scan.gate, Scan.direction, STANDS)
    )
    counted: dict[str, Counter[str]] = {}
    for gate, direction, verdict, count in db.session.execute(query):
        kinds = counted.setdefault(gate, Counter())
        if direction is Direction.ENTRY:
            kinds[verdict] += count
        elif verdict == Verdict.ADMITTED:
            kinds["exits"] += count
    names = ("admitted", "duplicate", "refused", "held", "exits")
    return [AtGate(gate, *(counted[gate][name] for name in names)) for gate in sorted(counted)]


def by_quarter_hour(event: Event) -> list[tuple[datetime, int]]:
    """(beginning of the quarter in UTC, how many came first in it), quarters without any left out."""
    moments = (row.first_at for row in db.session.execute(arrivals(event)))
    quarters = Counter(
        moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
        for moment in moments
    )
    return sorted(quarters.items())


def conflicts_query(event: Event) -> Select[Scan, Verdict, Scan, uuid.UUID]:
    """The parts of a `Conflict`, open ones first, then the latest first."""
    first = aliased(Scan)
    return (
        select(Scan, STANDS, first, ConflictDecision.scan_id)
        .outerjoin(ScanRevision, ScanRevision.scan_id == Scan.id)
        .outerjoin(first, first.id == FIRST)
        .outerjoin(ConflictDecision, ConflictDecision.scan_id == Scan.id)
        .where(Scan.event_id == event.id, IS_CONFLICT)
        .order_by(ConflictDecision.scan_id.is_not(None), Scan.scanned_at.desc(), Scan.id)
        .options(joinedload(Scan.registration).joinedload(Registration.ticket_type))
    )


def conflict_of(row: Any) -> Conflict:
    scan, verdict, contradicted, settled = row
    return Conflict(scan, Verdict(verdict), contradicted, settled is not None)


def conflicts(event: Event) -> list[Conflict]:
    return [conflict_of(row) for row in db.session.execute(conflicts_query(event))]


def conflict_at(event: Event, scan_id: uuid.UUID) -> Conflict | None:
    row = db.session.execute(conflicts_query(event).where(Scan.id == scan_id)).one_or_none()
    return conflict_of(row) if row else None


def count_open_conflicts(event: Event) -> int:
    query = (
        select(func.count())
        .select_from(Scan)
        .outerjoin(ScanRevision, ScanRevision.scan_id == Scan.id)
        .outerjoin(ConflictDecision, ConflictDecision.scan_id == Scan.id)
        .where(Scan.event_id == event.id, IS_CONFLICT, ConflictDecision.scan_id.is_(None))
    )
    return db.session.scalar(query) or 0
