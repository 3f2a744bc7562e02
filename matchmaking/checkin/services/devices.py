"""Phones and laptops at the gates: enrolled by a secret that works once, ended with one tap."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import update

from matchmaking.checkin.models import Device
from matchmaking.core import audit, clock
from matchmaking.core.codes import new_token
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event, TokenScope
from matchmaking.events.services.tokens import create_token, revoke_token, token_with_id

ENROL_WITHIN = timedelta(hours=24)


class EnrolmentOver(DomainError):
    code = "enrolment_over"
    message = _l("This code has been used or is too old. Ask the organizer for a new one.")


class AlreadyEnrolled(DomainError):
    code = "already_enrolled"
    message = _l("This device is at work already. For another phone, add another device.")


@dataclass(frozen=True)
class Status:
    """What a device says of itself when it calls. `battery` in percent."""

    queue: int = 0
    battery: int | None = None
    app: str = ""
    snapshot_at: datetime | None = None


def add_device(event: Event, *, name: str, gates: Sequence[str], language: str) -> Device:
    """It can do nothing until `offer_enrolment` and `enrol`. No gates named: all of them."""
    device = Device(event_id=event.id, name=name, gates=list(gates), language=language)
    db.session.add(device)
    db.session.flush()
    audit.record("device.added", device, name=name)
    return device


def offer_enrolment(device: Device) -> str:
    """The secret of the QR that enrols it, in place of an earlier one. Raises AlreadyEnrolled."""
    if device.enrolled_at or device.is_revoked:
        raise AlreadyEnrolled
    secret = new_token()
    device.enrolment_hash, device.enrol_until = _hash(secret), clock.now() + ENROL_WITHIN
    db.session.flush()
    return secret


def enrol(event: Event, secret: str) -> tuple[Device, str]:
    """The device and its key to the API. Of two that come with one secret at once, one gets it.

    Raises EnrolmentOver.
    """
    claim = (
        update(Device)
        .where(
            Device.event_id == event.id,
            Device.enrolment_hash == _hash(secret),
            Device.enrol_until > clock.now(),
            Device.revoked_at.is_(None),
        )
        .values(enrolment_hash=None, enrolled_at=clock.now())
        .returning(Device.id)
    )
    device_id = db.session.scalar(claim)
    if device_id is None:
        raise EnrolmentOver
    device = db.session.get_one(Device, device_id, populate_existing=True)
    scope = TokenScope.CHECK_IN
    _, token = create_token(
        event, scope=scope, name=device.name, token_id=device.id, gates=device.gates
    )
    audit.record("device.enrolled", device, name=device.name)
    return device, token


def revoke_device(device: Device) -> None:
    """From now on it reads nothing, and what it uploads is held. Twice is once."""
    if device.is_revoked:
        return
    device.revoked_at, device.enrolment_hash = clock.now(), None
    if key := token_with_id(device.id):
        revoke_token(key)
    audit.record("device.revoked", device, name=device.name)


def note_status(device: Device, status: Status) -> None:
    """What the device said when it called just now."""
    device.synced_at = clock.now()
    device.queue, device.battery = status.queue, status.battery
    device.app, device.snapshot_at = status.app[:40], status.snapshot_at


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
