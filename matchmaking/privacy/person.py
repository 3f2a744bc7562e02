"""Everything a person is on this platform, found by what they can show: a link, or an address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, false, or_, select

from matchmaking.accounts.models import User
from matchmaking.accounts.queries import user_with_email
from matchmaking.core.database import db
from matchmaking.core.outbox import OutgoingMail
from matchmaking.meetings.models import Interpreter
from matchmaking.registration.models import Registration


@dataclass(frozen=True)
class Person:
    """`is_asking`: the person is there, and not the office on their behalf."""

    registrations: Sequence[Registration] = ()
    interpreters: Sequence[Interpreter] = ()
    account: User | None = None
    is_asking: bool = False

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def at_events(self) -> list[Registration | Interpreter]:
        return [*self.registrations, *self.interpreters]

    @property
    def parts(self) -> list[Registration | Interpreter | User]:
        return [*self.at_events, *([self.account] if self.account else [])]

    @property
    def name(self) -> str:
        return self.parts[0].full_name if self.parts else ""


def person_of(registration: Registration, *, is_asking: bool = False) -> Person:
    """What somebody is at one event: whoever has the link of one sees nothing of another."""
    is_linked = Interpreter.registration_id == registration.id
    is_same = Interpreter.email == registration.email
    query = select(Interpreter).where(
        Interpreter.event_id == registration.event_id, or_(is_linked, is_same)
    )
    return Person([registration], db.session.scalars(query).all(), is_asking=is_asking)


def person_with_email(email: str) -> Person:
    """What somebody is at every event, and their account."""
    address = email.strip().lower()
    registrations = (
        select(Registration)
        .where(or_(Registration.email == address, Registration.new_email == address))
        .order_by(Registration.registered_at, Registration.id)
    )
    found = db.session.scalars(registrations).all()
    linked = Interpreter.registration_id.in_([one.id for one in found])
    interpreters = select(Interpreter).where(or_(Interpreter.email == address, linked))
    return Person(found, db.session.scalars(interpreters).all(), user_with_email(address))


def mails_to(person: Person) -> Select[OutgoingMail]:
    """At an event its own mails; an account's, wherever they come from."""
    theirs: list[Any] = [
        (OutgoingMail.recipient.in_(filter(None, {one.email, getattr(one, "new_email", "")})))
        & (OutgoingMail.event_id == one.event_id)
        for one in person.at_events
        if one.email
    ]
    if person.account:
        theirs.append(OutgoingMail.recipient == person.account.email)
    return select(OutgoingMail).where(or_(false(), *theirs))
