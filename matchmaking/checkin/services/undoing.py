"""Taking an admission back: a new fact, the old one stays."""

import hashlib
import uuid

from sqlalchemy import select

from matchmaking.accounts.models import User
from matchmaking.checkin.models import Direction, Presence, Scan, Verdict
from matchmaking.core import audit, clock
from matchmaking.core.codes import new_id
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.registration.models import Registration


class CannotUndo(DomainError):
    code = "cannot_undo"
    message = _l("This can no longer be undone: something has happened since.")


def undo(scan: Scan, *, undone_by: User | None) -> Scan:
    """Void the delegate's latest entry or exit. Raises CannotUndo for anything else."""
    lock = select(Registration).where(Registration.id == scan.registration_id).with_for_update()
    registration = db.session.scalar(lock)
    if registration is None or not _is_latest(scan):
        raise CannotUndo(scan)
    void = Scan(
        id=new_id(),
        event_id=scan.event_id,
        registration=registration,
        badge_id=scan.badge_id,
        gate=scan.gate,
        direction=Direction.VOID,
        presented=hashlib.sha256(str(scan.id).encode()).hexdigest(),
        verdict=Verdict.ADMITTED,
        undoes_id=scan.id,
        scanned_by_id=undone_by.id if undone_by else None,
        scanned_at=clock.now(),
    )
    db.session.add(void)
    db.session.flush()
    _move_back(scan)
    audit.record("registration.check_in_undone", registration, gate=scan.gate)
    return void


def _is_latest(scan: Scan) -> bool:
    """Whoever is inside came in last by the scan their presence names; others went out last."""
    presence = db.session.get(Presence, scan.registration_id, populate_existing=True)
    if presence:
        return presence.scan_id == scan.id
    return _latest(scan.registration_id, Direction.EXIT) is scan


def _move_back(scan: Scan) -> None:
    if presence := db.session.get(Presence, scan.registration_id):
        db.session.delete(presence)
    elif entry := _latest(scan.registration_id, Direction.ENTRY):
        db.session.add(Presence(registration_id=entry.registration_id, scan_id=entry.id))
    db.session.flush()


def _latest(registration_id: uuid.UUID | None, direction: Direction) -> Scan | None:
    """The last entry or exit that counts."""
    voided = select(Scan.undoes_id).where(Scan.undoes_id.is_not(None))
    query = (
        select(Scan)
        .where(
            Scan.registration_id == registration_id,
            Scan.direction == direction,
            Scan.verdict == Verdict.ADMITTED,
            Scan.id.not_in(voided.where(Scan.registration_id == registration_id)),
        )
        .order_by(Scan.received_at.desc(), Scan.id.desc())
    )
    return db.session.scalars(query.limit(1)).first()
