"""Fetching a gate or a device is being allowed to see its event."""

import uuid

from flask import abort
from sqlalchemy import select

from matchmaking.checkin.models import Device, Gate
from matchmaking.core.database import db
from matchmaking.events.models import Event


def gate_of(event: Event, gate_id: uuid.UUID) -> Gate:
    """A gate of this very event, or 404."""
    gate = db.session.get(Gate, gate_id)
    if gate is None or gate.event_id != event.id:
        abort(404)
    return gate


def device_of(event: Event, device_id: uuid.UUID) -> Device:
    """A device of this very event, or 404."""
    device = db.session.get(Device, device_id)
    if device is None or device.event_id != event.id:
        abort(404)
    return device


def event_with_gates(slug: str) -> Event:
    """The event whose gates are here, published or not: a device at the gate has no account."""
    event = db.session.scalar(select(Event).where(Event.slug == slug))
    return event or abort(404)
