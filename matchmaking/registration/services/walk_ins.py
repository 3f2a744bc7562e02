"""Somebody who stands at the gate without a registration."""

import uuid
from dataclasses import replace

from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.core.i18n import _
from matchmaking.events.models import Event
from matchmaking.registration import person
from matchmaking.registration.models import WALK_IN, Registration, RegistrationStatus, TicketType
from matchmaking.registration.purposes import PROCESSING
from matchmaking.registration.queries import living_registration
from matchmaking.registration.services.badges import new_badge
from matchmaking.registration.services.consents import give_consent
from matchmaking.registration.services.forgetting import see_to_forgetting
from matchmaking.registration.services.mail import tell
from matchmaking.registration.services.places import take_place
from matchmaking.registration.services.registering import (
    RegistrationInput,
    give_status,
    new_registration,
    place_or_queue,
)


def register_walk_in(
    event: Event,
    wanted: RegistrationInput,
    *,
    registration_id: uuid.UUID,
    code: str,
    is_held: bool = False,
) -> Registration:
    """Keep them, whatever speaks against it: they may have been let in already.

    Confirmed where a place is left. Waitlisted where it is full, also without a waiting list, and
    pending where somebody has to approve, or the device that sent them `is_held`: then the
    organizers decide. An address that cannot be written to, or is another delegate's, stands in the note.
    """
    email, note = _address_and_note(event, wanted.email)
    registration = new_registration(
        event,
        replace(wanted, full_name=person.without_pictures(wanted.full_name), note=note),
        email=email,
        source=WALK_IN,
        id=registration_id,
        code=code,
    )
    give_status(registration, _status_for(wanted.ticket_type, is_held=is_held))
    if registration.is_confirmed:
        registration.badges = [new_badge(registration)]
    db.session.add(registration)
    see_to_forgetting(event, wanted.answers)
    give_consent(registration, PROCESSING)
    audit.record("registration.created", registration, status=registration.status, source=WALK_IN)
    tell(registration, registration.status)
    return registration


def _status_for(ticket_type: TicketType, *, is_held: bool) -> RegistrationStatus:
    if is_held or ticket_type.needs_approval:
        return RegistrationStatus.PENDING
    if take_place(ticket_type):
        return RegistrationStatus.CONFIRMED
    return place_or_queue(ticket_type)


def _address_and_note(event: Event, email: str) -> tuple[str, str]:
    """The address to write to, or why there is none."""
    if not email:
        return "", ""
    try:
        address = person.email_address(email)
    except person.BadEmail:
        return "", _("At the gate this was given as e-mail: %(email)s", email=email[:254])
    if earlier := living_registration(event, address):
        return "", _(
            "At the gate the e-mail %(email)s was given, which belongs to registration %(code)s.",
            email=address,
            code=earlier.code,
        )
    return address, ""
