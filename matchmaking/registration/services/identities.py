"""Identity numbers, for events that must hand in a security list: sealed, and deleted after the event."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, undefer

from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.core.sealing import CannotUnseal, Secret, keeps_sealed, seal, unseal
from matchmaking.events.models import Event
from matchmaking.registration.models import Attendance, Registration, RegistrationStatus
from matchmaking.registration.person import BadDetail
from matchmaking.registration.purposes import SECURITY_LIST
from matchmaking.registration.services.consents import give_consent, withdraw_consent
from matchmaking.registration.services.forgetting import queue_forgetting

SEALED_AS = "identity"
SHOWN = 3
keeps_sealed(Registration.identity, purpose=SEALED_AS)


class IdentityKind(StrEnum):
    CITIZEN_ID = "citizen_id"
    PASSPORT = "passport"


FORMS = {
    IdentityKind.CITIZEN_ID: re.compile(r"\d{12}"),
    IdentityKind.PASSPORT: re.compile(r"(?=.*\d)[A-Z0-9]{5,15}"),
}


@dataclass(frozen=True)
class Identity:
    kind: IdentityKind
    number: str

    @property
    def masked(self) -> str:
        """The last characters alone: enough to know one's own by."""
        return "•" * (len(self.number) - SHOWN) + self.number[-SHOWN:]


class NoSecurityList(DomainError):
    code: ClassVar[str] = "no_security_list"
    message = _l("This event asks for no identity numbers.")


class BadIdentity(BadDetail):
    code: ClassVar[str] = "invalid_identity"
    field: ClassVar[str] = "number"


class BadCitizenId(BadIdentity):
    message = _l("The number of a Vietnamese citizen identity card has 12 digits.")


class BadPassport(BadIdentity):
    message = _l("The number of a passport has 5 to 15 letters and digits, like C1234567.")


def identity(kind: IdentityKind, text: str) -> Identity:
    """The number as the paper has it, without what people put between. Raises BadIdentity."""
    number = re.sub(r"[\s.\-]", "", text).upper()
    if not FORMS[kind].fullmatch(number):
        raise BadCitizenId if kind is IdentityKind.CITIZEN_ID else BadPassport
    return Identity(kind, number)


def give_identity(registration: Registration, given: Identity, *, secret: Secret) -> None:
    """Keep the number sealed, with the delegate's consent, until some time after the event."""
    if not registration.event.security_list:
        raise NoSecurityList
    text = f"{given.kind}:{given.number}"
    registration.identity = seal(text, secret=secret, purpose=SEALED_AS)
    give_consent(registration, SECURITY_LIST)
    queue_forgetting(registration.event)
    audit.record("registration.identity_given", registration)
    db.session.flush()


def remove_identity(registration: Registration) -> None:
    if registration.identity:
        registration.identity = ""
        audit.record("registration.identity_removed", registration)
    withdraw_consent(registration, SECURITY_LIST)


def identity_of(registration: Registration, *, secret: Secret) -> Identity | None:
    """What was given; None too when it was sealed with a key that is lost: it is asked again."""
    if not registration.identity:
        return None
    try:
        kind, _colon, number = unseal(
            registration.identity, secret=secret, purpose=SEALED_AS
        ).partition(":")
    except CannotUnseal:
        return None
    return Identity(IdentityKind(kind), number)


def on_the_list(event: Event) -> Select[Registration]:
    """Whom the security staff will meet: confirmed and in person, by given name."""
    return (
        select(Registration)
        .where(
            Registration.event_id == event.id,
            Registration.status == RegistrationStatus.CONFIRMED,
            Registration.attendance == Attendance.IN_PERSON,
        )
        .options(undefer(Registration.identity), joinedload(Registration.ticket_type))
        .order_by(Registration.sort_name, Registration.id)
    )


def still_missing(event: Event) -> int:
    """How many of them have given no number."""
    without = on_the_list(event).where(Registration.identity == "").subquery()
    return db.session.scalar(select(func.count()).select_from(without)) or 0


def note_taken_out(event: Event, count: int) -> None:
    """Write down that somebody took the whole list with them."""
    audit.record("registration.list_taken_out", event, count=count)
