"""Taking an admission back: a new fact, the old one stays."""

import hashlib

from sqlalchemy import select

from matchmaking.accounts.models import User
from matchmaking.checkin.models import Direction, Scan, Verdict
from matchmaking.checkin.services.standing import Known, known_scans, settle_anew
from matchmaking.checkin.verdicts import EntryRule, Result
from matchmaking.core import audit, clock
from matchmaking.core.codes import new_id
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.registration.models import Registration


class CannotUndo(DomainError):
    code = "cannot_undo"
    message = _l("This can no longer be undone: something has happened since.")


def undo(scan: Scan, *, undone_by: User | None, reason: str = "") -> Scan:
    """Void the delegate's latest entry or exit there. Raises CannotUndo for anything else."""
    lock = select(Registration).where(Registration.id == scan.registration_id).with_for_update()
    registration = db.session.scalar(lock)
    if registration is None or not _is_latest(scan):
        raise CannotUndo(scan)
    void = _void_of(scan, undone_by)
    db.session.add(void)
    db.session.flush()
    settle_anew([registration.id])
    audit.record("registration.check_in_undone", registration, gate=scan.gate, reason=reason)
    return void


def _void_of(scan: Scan, undone_by: User | None) -> Scan:
    """It names no device, so it reaches the scan of any."""
    return Scan(
        id=new_id(),
        event_id=scan.event_id,
        registration_id=scan.registration_id,
        badge_id=scan.badge_id,
        gate=scan.gate,
        zone=scan.zone,
        rule=scan.rule,
        direction=Direction.VOID,
        presented=hashlib.sha256(str(scan.id).encode()).hexdigest(),
        verdict=Verdict.ADMITTED,
        undoes_id=scan.id,
        scanned_by_id=undone_by.id if undone_by else None,
        scanned_at=clock.exact(),
        received_at=clock.exact(),
    )


def _is_latest(scan: Scan) -> bool:
    """Whether it stands, and nothing since then builds upon it."""
    known = known_scans([scan.registration_id] if scan.registration_id else [])
    movements = [row for row in known if _is_movement(row, scan.zone)]
    if scan.rule not in (EntryRule.VENUE, EntryRule.ROOM):
        return scan.id in {row.scan_id for row in movements}
    latest = max(movements, key=lambda row: row.fact.order, default=None)
    return latest is not None and latest.scan_id == scan.id


def _is_movement(row: Known, zone: str) -> bool:
    return (
        row.fact.zone == zone
        and row.fact.direction != Direction.VOID
        and row.stands.result is Result.ADMITTED
    )
