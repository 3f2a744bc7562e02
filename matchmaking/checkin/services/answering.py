"""What a scan was answered: told once, and told again the same."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from matchmaking.checkin.models import Direction, Reason, Scan, Verdict
from matchmaking.checkin.readings import Reading, Source
from matchmaking.checkin.services.recognition import Delegate
from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.at_gate import AtGate
from matchmaking.registration.models import Registration


class ScanMixUp(DomainError):
    """The id of a scan belongs to another one, which is kept as it was."""

    def __init__(self, earlier: Scan) -> None:
        super().__init__(earlier)
        self.earlier = earlier


class ScanIdReused(ScanMixUp):
    """The device used one id for two scans."""

    code = "scan_id_reused"
    message = _l("This scan was mixed up with an earlier one. Scan the badge again.")


class OtherDevice(ScanMixUp):
    """Another device made the scan of this id."""

    code = "other_device"
    status = 403
    message = _l("Another device has made this scan.")


@dataclass(frozen=True)
class First:
    """The scan that a duplicate repeats."""

    scan_id: uuid.UUID
    scanned_at: datetime
    gate: str
    device_name: str


@dataclass(frozen=True)
class Answered:
    """The answer to one scan."""

    scan_id: uuid.UUID
    direction: Direction
    gate: str
    scanned_at: datetime
    verdict: Verdict
    reason: Reason | None = None
    is_conflict: bool = False
    delegate: Delegate | None = None
    first: First | None = None


Told = Answered | ScanMixUp


def told_before(event: AtGate, source: Source, readings: Sequence[Reading]) -> list[Told]:
    """The first answer to each of these scans, all of which were seen before.

    That an id was used for another scan is written down.
    """
    query = (
        select(Scan)
        .where(Scan.id.in_({reading.scan_id for reading in readings}))
        .options(
            joinedload(Scan.registration).joinedload(Registration.ticket_type),
            joinedload(Scan.first_scan),
            joinedload(Scan.join),
        )
    )
    found = db.session.scalars(query.execution_options(populate_existing=True))
    earlier = {scan.id: scan for scan in found}
    told = [_told(event, source, reading, earlier[reading.scan_id]) for reading in readings]
    for answer in told:
        if isinstance(answer, ScanIdReused):
            note_reused_id(event, answer)
    return told


def note_reused_id(event: AtGate, error: ScanIdReused) -> None:
    """Write down that a device used an id twice; what the other scan was is not known."""
    audit.record("scan.id_reused", event, scan=str(error.earlier.id), gate=error.earlier.gate)


def delegate_of(registration: Registration) -> Delegate:
    """Without the badges."""
    return Delegate(
        id=registration.id,
        event_id=registration.event_id,
        code=registration.code,
        status=registration.status,
        confirmed_at=registration.confirmed_at,
        cancelled_at=registration.cancelled_at,
        full_name=registration.full_name,
        organization=registration.organization,
        delegation=registration.delegation,
        ticket_type=registration.ticket_type.code,
        badge_type=registration.ticket_type.badge_type,
    )


def _told(event: AtGate, source: Source, reading: Reading, earlier: Scan) -> Told:
    if earlier.device and source.key and earlier.device != source.key:
        return OtherDevice(earlier)
    same = (event.id, reading.digest, reading.gate[:40], reading.direction)
    if (earlier.event_id, earlier.presented, earlier.gate, earlier.direction) != same:
        return ScanIdReused(earlier)
    return _answer_of(earlier)


def _answer_of(scan: Scan) -> Answered:
    """A scan that found its holder later was answered as nobody's."""
    first = scan.first_scan
    reason = Reason.UNKNOWN if scan.join else scan.reason
    holder = None if scan.join else scan.registration
    return Answered(
        scan_id=scan.id,
        direction=scan.direction,
        gate=scan.gate,
        scanned_at=scan.scanned_at,
        verdict=scan.verdict,
        reason=reason if scan.verdict is Verdict.REFUSED else None,
        is_conflict=scan.is_conflict,
        delegate=delegate_of(holder) if holder else None,
        first=First(first.id, first.scanned_at, first.gate, first.device_name) if first else None,
    )
