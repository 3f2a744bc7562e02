"""Fetching a gate is being allowed to see its event."""

import uuid

from flask import abort

from matchmaking.checkin.models import Gate
from matchmaking.core.database import db
from matchmaking.events.models import Event


def gate_of(event: Event, gate_id: uuid.UUID) -> Gate:
    """A gate of this very event, or 404."""
    gate = db.session.get(Gate, gate_id)
    if gate is None or gate.event_id != event.id:
        abort(404)
    return gate
