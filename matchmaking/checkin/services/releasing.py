"""Scans of revoked devices: kept, and counted once an organizer says so."""

from collections.abc import Sequence

from sqlalchemy import exists, select

from matchmaking.accounts.models import User
from matchmaking.checkin.models import Device, Scan, ScanRelease, Verdict
from matchmaking.checkin.services.standing import settle_anew
from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.registration.models import Registration


def held_scans(device: Device) -> Sequence[Scan]:
    """Oldest first; those that were released are no longer held."""
    is_released = exists().where(ScanRelease.scan_id == Scan.id)
    query = select(Scan).where(
        Scan.event_id == device.event_id,
        Scan.device == str(device.id),
        Scan.verdict == Verdict.HELD,
        ~is_released,
    )
    return db.session.scalars(query.order_by(Scan.scanned_at, Scan.sequence, Scan.id)).all()


def release(device: Device, *, released_by: User | None, reason: str) -> int:
    """Let the device's held scans count; how many there were. Their answers stay as they were."""
    scans = held_scans(device)
    ids = sorted({scan.registration_id for scan in scans if scan.registration_id})
    lock = select(Registration.id).where(Registration.id.in_(ids)).order_by(Registration.id)
    db.session.execute(lock.with_for_update(key_share=True))
    by = released_by.id if released_by else None
    db.session.add_all(
        ScanRelease(scan_id=scan.id, released_by_id=by, reason=reason) for scan in scans
    )
    db.session.flush()
    settle_anew(ids)
    audit.record("device.released", device, name=device.name, count=len(scans), reason=reason)
    return len(scans)
