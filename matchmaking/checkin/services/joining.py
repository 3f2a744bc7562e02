"""Scans of a walk-in's badge that were faster than the walk-in: they are found, and count."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select

from matchmaking.checkin.handles import handle_of, provisional_text, walk_in_handle
from matchmaking.checkin.models import Direction, Reason, Scan, ScanJoin
from matchmaking.checkin.readings import Reading, Source
from matchmaking.checkin.services.answering import delegate_of
from matchmaking.checkin.services.gate_rules import gates_at
from matchmaking.checkin.services.judging import Bench, reason_for
from matchmaking.checkin.services.recognition import Recognized
from matchmaking.checkin.services.standing import settle_anew
from matchmaking.core import audit, clock
from matchmaking.core.database import db
from matchmaking.events.models import ApiToken, Event
from matchmaking.registration.models import Registration

NOBODY = uuid.UUID(int=0)


def join_scans(event: Event, registration: Registration, code: str) -> None:
    """Give the new walk-in the scans that were made of their badge or `code` before they arrived.

    What was scanned and answered stays as it is; whose it was is known now, and verdicts follow.
    """
    scans = _scans_of_nobody(event, _digests(event, code))
    if not scans:
        return
    bench = Bench(event, Source(""), gates_at(event), clock.exact())
    found = Recognized(delegate_of(registration), is_provisional=True)
    allowed = _gates_of_devices(event, scans)
    for scan in scans:
        bench.source = Source(scan.device, gates=tuple(allowed.get(scan.device, ())))
        reading = Reading(scan.id, scan.gate, direction=scan.direction)
        reason = reason_for(bench, reading, found, scan.scanned_at)
        scan.registration_id, scan.reason = registration.id, reason
        db.session.add(ScanJoin(scan_id=scan.id))
    db.session.flush()
    settle_anew([registration.id])
    audit.record("registration.scans_joined", registration, count=len(scans))


def _digests(event: Event, code: str) -> set[str]:
    """Of everything that may have been read: the badge's QR, its handle, the code typed."""
    badge, typed = walk_in_handle(event.id, code), handle_of(event.id, code)
    readings = (
        Reading(NOBODY, "", handle=badge),
        Reading(NOBODY, "", handle=typed),
        Reading(NOBODY, "", provisional_text(event.id, badge)),
        Reading(NOBODY, "", code),
    )
    return {reading.digest for reading in readings}


def _scans_of_nobody(event: Event, digests: set[str]) -> Sequence[Scan]:
    """With those that take one of them back."""
    query = select(Scan).where(
        Scan.event_id == event.id, Scan.registration_id.is_(None), Scan.reason == Reason.UNKNOWN
    )
    scans = db.session.scalars(query.where(Scan.presented.in_(digests))).all()
    voids = query.where(
        Scan.direction == Direction.VOID, Scan.undoes_id.in_([scan.id for scan in scans])
    )
    return [*scans, *db.session.scalars(voids)] if scans else []


def _gates_of_devices(event: Event, scans: Sequence[Scan]) -> dict[str, list[str]]:
    """Where each device may stand."""
    query = select(ApiToken).where(ApiToken.event_id == event.id)
    devices = {scan.device for scan in scans}
    return {
        str(token.id): token.gates
        for token in db.session.scalars(query)
        if str(token.id) in devices
    }
