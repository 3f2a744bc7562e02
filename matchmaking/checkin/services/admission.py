"""Admitting a delegate, once. `check_in` is the only way in, at the gate and through the API."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from matchmaking.accounts.models import User
from matchmaking.checkin.models import Direction, Presence, Reason, Scan, Verdict
from matchmaking.checkin.services.recognition import Recognized, normalized, recognize
from matchmaking.checkin.services.validity import reason_of_time
from matchmaking.core import audit, clock
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event


class ScanIdReused(DomainError):
    """The device used one id for two scans; the first is kept as it was."""

    code = "scan_id_reused"
    message = _l("This scan was mixed up with an earlier one. Scan the badge again.")

    def __init__(self, earlier: Scan) -> None:
        super().__init__(earlier)
        self.earlier = earlier


@dataclass(frozen=True)
class _Decision:
    verdict: Verdict
    reason: Reason | None = None
    first: Scan | None = None


def check_in(
    event: Event,
    presented: str,
    *,
    gate: str,
    scan_id: uuid.UUID,
    scanned_by: User | None,
    direction: Direction = Direction.ENTRY,
    scanned_at: datetime | None = None,
    device: str = "",
) -> Scan:
    """The answer to one scan: admitted, duplicate or refused. Every scan is kept.

    `presented` is what the badge's QR carries, or a registration's code. A scan sent
    again keeps its `scan_id` and gets its first answer before any rule is asked. Two
    gates may scan one badge in the same second: the locked registration lets one of
    them through, and the other then finds the first one's presence. Raises ScanIdReused.
    """
    text = normalized(presented)
    scan = Scan(
        id=scan_id,
        event_id=event.id,
        gate=gate[:40],
        direction=direction,
        presented=hashlib.sha256(text.encode()).hexdigest(),
        device=device[:80],
        scanned_by_id=scanned_by.id if scanned_by else None,
        scanned_at=min(scanned_at or clock.now(), clock.now()),
    )
    if earlier := _answered(scan):
        return earlier
    found = recognize(event, text)
    if earlier := _answered(scan):
        return earlier
    return _keep(scan, found, _decide(event, scan, found))


def note_reused_id(event: Event, error: ScanIdReused) -> None:
    """Write down that a device used an id twice; what the other scan was is not known."""
    audit.record("scan.id_reused", event, scan=str(error.earlier.id), gate=error.earlier.gate)


def _answered(scan: Scan) -> Scan | None:
    """The scan that came before with this id. Raises ScanIdReused when it is another one."""
    query = select(Scan).where(Scan.id == scan.id).execution_options(populate_existing=True)
    earlier = db.session.scalar(query)
    if earlier is None:
        return None
    if _content(earlier) != _content(scan):
        raise ScanIdReused(earlier)
    return earlier


def _content(scan: Scan) -> tuple[object, ...]:
    return (scan.event_id, scan.presented, scan.gate, scan.direction)


def _decide(event: Event, scan: Scan, found: Recognized) -> _Decision:
    if found.registration is None:
        return _Decision(Verdict.REFUSED, found.reason)
    presence = db.session.get(Presence, found.registration.id, populate_existing=True)
    if scan.direction is Direction.EXIT:
        return _decide_exit(scan, found, presence)
    if reason := _reason_against(event, scan, found):
        return _Decision(Verdict.REFUSED, reason)
    if presence:
        return _Decision(Verdict.DUPLICATE, first=presence.scan)
    return _Decision(Verdict.ADMITTED)


def _reason_against(event: Event, scan: Scan, found: Recognized) -> Reason | None:
    registration, badge = found.registration, found.badge
    if registration is None or registration.is_cancelled:
        return Reason.CANCELLED
    if badge is not None and badge.is_revoked:
        return Reason.REVOKED
    if not registration.is_confirmed:
        return Reason.NOT_CONFIRMED
    return reason_of_time(event, scan.scanned_at)


def _decide_exit(scan: Scan, found: Recognized, presence: Presence | None) -> _Decision:
    """Whoever is inside may leave, whatever has become of the badge meanwhile."""
    if presence:
        return _Decision(Verdict.ADMITTED)
    left = (
        select(Scan)
        .where(
            Scan.registration_id == (found.registration.id if found.registration else None),
            Scan.direction == Direction.EXIT,
            Scan.verdict == Verdict.ADMITTED,
        )
        .order_by(Scan.scanned_at.desc(), Scan.id.desc())
    )
    return _Decision(Verdict.DUPLICATE, first=db.session.scalars(left.limit(1)).first())


def _keep(scan: Scan, found: Recognized, decision: _Decision) -> Scan:
    """Of two requests that bring the same new scan at once, the second gets the first's answer."""
    scan.registration, scan.badge_id = found.registration, found.badge.id if found.badge else None
    scan.verdict, scan.reason, scan.first_scan = decision.verdict, decision.reason, decision.first
    try:
        with db.session.begin_nested():
            db.session.add(scan)
            db.session.flush()
            if decision.verdict is Verdict.ADMITTED:
                _move(scan)
    except IntegrityError:
        earlier = _answered(scan)
        if earlier is None:
            raise
        return earlier
    return scan


def _move(scan: Scan) -> None:
    """In or out. The key of `Presence` is what makes a second admission impossible."""
    if scan.direction is Direction.ENTRY:
        db.session.add(Presence(registration_id=scan.registration_id, scan_id=scan.id))
    else:
        db.session.delete(db.session.get_one(Presence, scan.registration_id))
    db.session.flush()
