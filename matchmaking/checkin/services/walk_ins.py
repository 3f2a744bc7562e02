"""Registering at the gate who stands there without a registration."""

import hashlib
import uuid
from dataclasses import astuple, dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from matchmaking.checkin.arrivals import hold_arrivals
from matchmaking.checkin.models import WalkIn
from matchmaking.checkin.readings import Source
from matchmaking.checkin.services.joining import join_scans
from matchmaking.core import audit, clock
from matchmaking.core.codes import new_code
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event
from matchmaking.registration.models import Registration, TicketType
from matchmaking.registration.queries import ticket_types_of
from matchmaking.registration.services import RegistrationInput, register_walk_in


class WalkInIdReused(DomainError):
    """The id belongs to another registration, which is kept as it was."""

    code = "walk_in_id_reused"
    message = _l("This registration was mixed up with an earlier one. Register the person again.")


class NoTicketType(DomainError):
    code = "no_ticket_type"
    message = _l("This event has no ticket type yet, so nobody can be registered.")


@dataclass(frozen=True)
class Arrival:
    """Somebody whom a gate registers. `id` and `code` are the device's own.

    `code` is what the provisional badge says and becomes the registration's; `made_at` is the
    device's corrected time, None for now.
    """

    id: uuid.UUID
    code: str
    gate: str
    full_name: str
    organization: str
    ticket_type: str
    email: str = ""
    language: str = "vi"
    made_at: datetime | None = None

    @property
    def digest(self) -> str:
        told = "\n".join(map(str, astuple(replace(self, made_at=None))))
        return hashlib.sha256(told.encode()).hexdigest()


def take_walk_in(event: Event, source: Source, arrival: Arrival) -> Registration | WalkInIdReused:
    """Register them once, however often the device sends them.

    Nothing is lost: where there is no place, no such ticket type any more, or the device was
    revoked, the registration is kept and the organizers decide. That an id was used for
    another one is written down. Scans of their badge that came earlier are theirs from now on.
    """
    hold_arrivals(event.id)
    try:
        with db.session.begin_nested():
            return _known(event, source, arrival) or _new(event, source, arrival)
    except IntegrityError:
        if known := _known(event, source, arrival):
            return known
        return take_walk_in(event, source, replace(arrival, code=new_code()))


def _known(event: Event, source: Source, arrival: Arrival) -> Registration | WalkInIdReused | None:
    registration = db.session.get(Registration, arrival.id)
    if registration is None:
        return None
    kept = db.session.get(WalkIn, arrival.id)
    same = (event.id, source.key, arrival.digest)
    if kept and (kept.event_id, kept.device, kept.digest) == same:
        return registration
    audit.record("walk_in.id_reused", event, gate=arrival.gate)
    return WalkInIdReused(arrival.id)


def _new(event: Event, source: Source, arrival: Arrival) -> Registration:
    ticket_type, is_offered = _ticket_type(event, arrival.ticket_type)
    is_taken = db.session.scalar(select(Registration.id).where(Registration.code == arrival.code))
    registration = register_walk_in(
        event,
        RegistrationInput(
            full_name=arrival.full_name,
            organization=arrival.organization,
            email=arrival.email,
            language=arrival.language,
            ticket_type=ticket_type,
        ),
        registration_id=arrival.id,
        code=new_code() if is_taken else arrival.code,
        is_held=source.is_revoked or not is_offered,
    )
    received_at = clock.exact()
    walk_in = WalkIn(
        id=arrival.id,
        event_id=event.id,
        gate=arrival.gate[:40],
        digest=arrival.digest,
        device=source.key[:80],
        device_name=source.name[:80],
        made_at=min(arrival.made_at or received_at, received_at),
        received_at=received_at,
    )
    db.session.add(walk_in)
    db.session.flush()
    join_scans(event, registration, arrival.code)
    return registration


def _ticket_type(event: Event, code: str) -> tuple[TicketType, bool]:
    """The one named, or the event's first when that is gone, and whether it is the one named."""
    offered = ticket_types_of(event)
    named = next((one for one in offered if one.code == code), None)
    if named:
        return named, True
    if not offered:
        raise NoTicketType
    return offered[0], False
