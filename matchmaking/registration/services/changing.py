"""Changing what is known of a delegate."""

import hmac
from collections.abc import Callable
from typing import Any, ClassVar

from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.core.text import clean
from matchmaking.registration import person
from matchmaking.registration.models import Attendance, Registration, TicketType
from matchmaking.registration.queries import living_registration
from matchmaking.registration.services.deciding import NotPossibleNow, fill_places
from matchmaking.registration.services.forgetting import see_to_forgetting
from matchmaking.registration.services.mail import ask_new_address, tell
from matchmaking.registration.services.places import (
    SoldOut,
    give_back_place,
    lock_registration,
    lock_ticket_types,
    take_place,
)
from matchmaking.registration.services.registering import (
    AlreadyRegistered,
    AttendanceNotOffered,
    put_in_order,
)
from matchmaking.registration.signals import registration_changed

ON_THE_BADGE = frozenset({"full_name", "organization", "job_title", "ticket_type", "attendance"})


class ChangedMeanwhile(DomainError):
    """Carries the registration as it is now, to show both versions."""

    code: ClassVar[str] = "changed_meanwhile"
    message = _l("Someone else changed this meanwhile. Compare, then save again.")

    def __init__(self, current: Any) -> None:
        super().__init__(current.id)
        self.current = current


class NoSuchAddress(DomainError):
    code: ClassVar[str] = "no_new_email"
    message = _l("This link no longer confirms an address. Ask for the change again.")


def change(
    registration: Registration, *, version: int | None = None, **values: Any
) -> Registration:
    """Change what `values` name: columns of the registration, or `ticket_type`.

    With `version`, only if nobody changed it since that version was read. A changed
    badge is mailed.
    """
    target: TicketType = values.pop("ticket_type", registration.ticket_type)
    lock_ticket_types(registration.ticket_type, target)
    lock_registration(registration)
    if version is not None and version != registration.version:
        raise ChangedMeanwhile(registration)
    cleaned = _cleaned(registration, values)
    changed = {name for name, value in cleaned.items() if getattr(registration, name) != value}
    if target.id != registration.ticket_type_id:
        _move(registration, target)
        changed.add("ticket_type")
    for name in changed - {"ticket_type"}:
        setattr(registration, name, cleaned[name])
    see_to_forgetting(registration.event, registration.answers)
    if registration.attendance not in registration.ticket_type.attendances:
        raise AttendanceNotOffered
    if changed:
        _note(registration, changed)
    return registration


def ask_for_new_email(registration: Registration, email: str) -> None:
    """Keep the address aside and write to it; it counts once its owner has confirmed.

    Who came as a walk-in may go on without one.
    """
    if not email and not registration.needs_email:
        return
    address = person.email_address(email)
    if address == registration.email:
        registration.new_email = ""
        return
    registration.new_email = address
    db.session.flush()
    if living_registration(registration.event, address) is None:
        ask_new_address(registration)
    audit.record("registration.email_asked", registration)


def confirm_new_email(registration: Registration, email: str) -> Registration:
    """The owner of `email` followed the link sent there. Ends every earlier personal link."""
    lock_registration(registration)
    if not registration.new_email or not hmac.compare_digest(registration.new_email, email):
        raise NoSuchAddress
    registration.link_version += 1
    registration.new_email = ""
    return change(registration, email=email)


def _cleaned(registration: Registration, values: dict[str, Any]) -> dict[str, Any]:
    if values.get("email") == "" and not registration.needs_email:
        del values["email"]
    cleaned = {name: _CLEANERS.get(name, _as_it_is)(value) for name, value in values.items()}
    if "phone" in values:
        country = cleaned.get("country", registration.country)
        cleaned["phone"] = person.phone_number(values["phone"], country)
    if "email" in cleaned and cleaned["email"] != registration.email:
        other = living_registration(registration.event, cleaned["email"])
        if other is not None and not registration.is_cancelled:
            raise AlreadyRegistered(other)
    return cleaned


def _move(registration: Registration, target: TicketType) -> None:
    """Swap the place for one of another kind; the place left behind goes to who waits for it."""
    if registration.is_cancelled:
        raise NotPossibleNow
    left = registration.ticket_type
    if registration.is_confirmed and not take_place(target):
        raise SoldOut
    registration.ticket_type = target
    registration.attendance = _kept_attendance(registration, target)
    db.session.flush()
    if registration.is_confirmed:
        give_back_place(left)
        fill_places(left)


def _kept_attendance(registration: Registration, target: TicketType) -> Attendance:
    if registration.attendance in target.attendances:
        return registration.attendance
    return Attendance(target.attendances[0])


def _note(registration: Registration, changed: set[str]) -> None:
    registration.version += 1
    put_in_order(registration)
    db.session.flush()
    audit.record("registration.changed", registration, fields=",".join(sorted(changed)))
    registration_changed.send(registration)
    if changed & ON_THE_BADGE and registration.is_confirmed:
        tell(registration, "changed")


def _as_it_is(value: Any) -> Any:
    return value


_CLEANERS: dict[str, Callable[[Any], Any]] = {
    "full_name": person.full_name,
    "email": person.email_address,
    "organization": clean,
    "job_title": clean,
    "delegation": clean,
    "salutation": clean,
    "attendance": Attendance,
}
