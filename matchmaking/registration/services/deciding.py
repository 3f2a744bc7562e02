"""Approving, rejecting, cancelling, and taking a cancellation back."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from matchmaking.core import audit, clock
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.registration.models import Registration, RegistrationStatus, TicketType
from matchmaking.registration.queries import living_registration
from matchmaking.registration.services.badges import issue_badge
from matchmaking.registration.services.mail import tell
from matchmaking.registration.services.places import (
    SoldOut,
    first_waiting,
    give_back_place,
    lock_registration,
    take_place,
)
from matchmaking.registration.services.registering import AlreadyRegistered, check_open
from matchmaking.registration.services.sign_ups import drop_sign_ups_that_no_longer_fit
from matchmaking.registration.signals import registration_cancelled

UNDECIDED = (RegistrationStatus.PENDING, RegistrationStatus.WAITLISTED)


class NotPossibleNow(DomainError):
    code: ClassVar[str] = "wrong_status"
    message = _l("Someone has decided about this registration meanwhile. Look at it again.")


def approve(registration: Registration) -> Registration:
    """Give an undecided delegate a place, or queue them where the ticket type is full."""
    lock_registration(registration)
    if registration.status not in UNDECIDED:
        raise NotPossibleNow
    audit.record("registration.approved", registration)
    _place(registration)
    return registration


def approve_all(registrations: Iterable[Registration]) -> list[Registration]:
    """Approve in the order given; those who found no place come back, untouched."""
    left_over = []
    for registration in registrations:
        try:
            with db.session.begin_nested():
                approve(registration)
        except (SoldOut, NotPossibleNow):
            left_over.append(registration)
    return left_over


def reject(registration: Registration, reason: str = "") -> Registration:
    """Turn an undecided delegate away; the reason goes into their letter."""
    lock_registration(registration)
    if registration.status not in UNDECIDED:
        raise NotPossibleNow
    _end(registration, RegistrationStatus.REJECTED)
    audit.record("registration.rejected", registration, reason=reason)
    tell(registration, "rejected", reason=reason)
    return registration


def cancel(registration: Registration, reason: str = "") -> Registration:
    """Give the place up; who has waited longest gets it in the same transaction."""
    lock_registration(registration)
    if registration.is_cancelled:
        raise NotPossibleNow
    held_a_place = registration.is_confirmed
    _end(registration, RegistrationStatus.CANCELLED)
    audit.record("registration.cancelled", registration, reason=reason)
    tell(registration, "cancelled", reason=reason)
    if held_a_place:
        give_back_place(registration.ticket_type)
        fill_places(registration.ticket_type)
    return registration


def reinstate(registration: Registration, *, by_organizer: bool = False) -> Registration:
    """Take a cancellation back while places last; the badge of before is good again.

    Who never had a place goes back to where they were: before approval, or in the queue.
    """
    lock_registration(registration)
    if not registration.is_cancelled:
        raise NotPossibleNow
    if registration.status is RegistrationStatus.REJECTED and not by_organizer:
        raise NotPossibleNow
    if not by_organizer:
        check_open(registration.event)
    if other := living_registration(registration.event, registration.email):
        raise AlreadyRegistered(other)
    audit.record("registration.reinstated", registration)
    registration.cancelled_at = None
    if registration.ticket_type.needs_approval and not registration.confirmed_at:
        _put(registration, RegistrationStatus.PENDING)
        tell(registration, "pending")
        return registration
    _place(registration)
    return registration


def fill_places(ticket_type: TicketType) -> Sequence[Registration]:
    """Give free places to those who wait, longest first. Call it with the ticket type held."""
    filled = []
    while (waiting := first_waiting(ticket_type)) and take_place(ticket_type):
        audit.record("registration.moved_up", waiting)
        _confirm(waiting)
        filled.append(waiting)
    return filled


def _place(registration: Registration) -> None:
    """Confirmed, or waitlisted, or SoldOut. The ticket type's row is held."""
    ticket_type = registration.ticket_type
    if take_place(ticket_type):
        _confirm(registration)
        return
    if not ticket_type.has_waiting_list:
        raise SoldOut
    if registration.status is not RegistrationStatus.WAITLISTED:
        registration.waitlisted_at = clock.now()
        _put(registration, RegistrationStatus.WAITLISTED)
        tell(registration, "waitlisted")


def _confirm(registration: Registration) -> None:
    """The place is taken already."""
    came_from = registration.status
    registration.confirmed_at = clock.now()
    _put(registration, RegistrationStatus.CONFIRMED)
    drop_sign_ups_that_no_longer_fit(registration)
    issue_badge(registration)
    tell(registration, "confirmed", came_from=came_from)


def _end(registration: Registration, status: RegistrationStatus) -> None:
    registration.cancelled_at = clock.now()
    _put(registration, status)
    registration_cancelled.send(registration)


def _put(registration: Registration, status: RegistrationStatus) -> None:
    registration.status = status
    registration.version += 1
    db.session.flush()
