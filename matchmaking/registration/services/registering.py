"""A delegate registers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from sqlalchemy.orm.attributes import set_committed_value

from matchmaking.core import audit, clock
from matchmaking.core.codes import new_code, new_id
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import DEFAULT_LANGUAGE, LANGUAGES, _l
from matchmaking.core.jobs import note_new
from matchmaking.core.text import clean, fold, name_sort_key
from matchmaking.core.together import insert_together, keep_in_session
from matchmaking.events.models import Event, RegistrationWindow
from matchmaking.registration import person
from matchmaking.registration.models import (
    ONE_LIVING,
    Attendance,
    Consent,
    Registration,
    RegistrationStatus,
    TicketType,
)
from matchmaking.registration.purposes import PROCESSING
from matchmaking.registration.queries import living_registration
from matchmaking.registration.services.badges import new_badge
from matchmaking.registration.services.consents import GIVEN, first_consents
from matchmaking.registration.services.forgetting import see_to_forgetting
from matchmaking.registration.services.mail import first_letter
from matchmaking.registration.services.places import (
    SoldOut,
    give_back_place,
    lock_ticket_types,
    take_place,
)


class RegistrationClosed(DomainError):
    code: ClassVar[str] = "registration_closed"
    message = _l("Registration for this event is closed.")


class NotYetOpen(RegistrationClosed):
    message = _l("Registration for this event has not opened yet.")


class EventOver(RegistrationClosed):
    message = _l("This event is over.")


_CLOSED = {
    RegistrationWindow.NOT_YET: NotYetOpen,
    RegistrationWindow.CLOSED: RegistrationClosed,
    RegistrationWindow.OVER: EventOver,
}


class AlreadyRegistered(DomainError):
    """Carries the living registration, for a mail to its owner; never shown to the asker."""

    code: ClassVar[str] = "already_registered"
    message = _l("This e-mail address is already registered for the event.")

    def __init__(self, earlier: Registration) -> None:
        super().__init__(earlier.id)
        self.earlier = earlier


class ConsentMissing(DomainError):
    code: ClassVar[str] = "consent_missing"
    status: ClassVar[int] = 422
    field: ClassVar[str] = "consents"
    message = _l("Tick this box to register: without it we may not keep your name.")


class AttendanceNotOffered(DomainError):
    code: ClassVar[str] = "attendance_not_offered"
    message = _l("This kind of place is not offered for that way of attending.")


@dataclass(frozen=True, kw_only=True)
class RegistrationInput:
    """What a delegate says of themself. `consents` holds the codes of the purposes agreed to."""

    full_name: str
    ticket_type: TicketType
    email: str = ""
    organization: str = ""
    job_title: str = ""
    salutation: str = ""
    delegation: str = ""
    country: str = "VN"
    phone: str = ""
    language: str = DEFAULT_LANGUAGE
    attendance: Attendance | None = None
    note: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    consents: frozenset[str] = frozenset()


def register(
    event: Event,
    wanted: RegistrationInput,
    *,
    source: str = "public",
    by_organizer: bool = False,
    by_mail: bool = True,
) -> Registration:
    """Give the delegate a place, or a place in the queue for one.

    Confirmed at once where a place is left; pending where the ticket type asks for
    approval; else waitlisted, or SoldOut when there is no waiting list. An organizer
    registers people outside the opening times, without approval, and answers for
    their consent. Two people who want the last place are told apart by one UPDATE.
    """
    if not by_organizer:
        check_open(event)
        if PROCESSING not in wanted.consents:
            raise ConsentMissing
    email = person.email_address(wanted.email)
    if earlier := living_registration(event, email):
        raise AlreadyRegistered(earlier)
    registration = new_registration(event, wanted, email=email, source=source)
    consents = first_consents(registration, wanted.consents)
    give_status(registration, _status_for(wanted.ticket_type, by_organizer=by_organizer))
    if not _write(registration, consents, by_mail=by_mail):
        if registration.is_confirmed:
            give_back_place(wanted.ticket_type)
        if earlier := living_registration(event, email):
            raise AlreadyRegistered(earlier)
        return register(event, wanted, source=source, by_organizer=by_organizer, by_mail=by_mail)
    see_to_forgetting(event, wanted.answers)
    return registration


def _write(registration: Registration, consents: Sequence[Consent], *, by_mail: bool) -> bool:
    """With badge, consents, letter and audit log; False when the address has registered meanwhile."""
    said = {"status": registration.status, "source": registration.source}
    acts = [
        audit.new_entry("registration.created", registration, **said),
        *(audit.new_entry(GIVEN, registration, purpose=one.purpose) for one in consents),
    ]
    badges = [new_badge(registration)] if registration.is_confirmed else []
    mail, sending = first_letter(registration)
    letter = (mail, sending) if by_mail and mail.recipient else ()
    others = (*badges, *consents, *acts, *letter)
    if not insert_together(registration, others, unless=ONE_LIVING):
        return False
    set_committed_value(registration, "badges", badges)
    keep_in_session(*badges, registration)
    if letter:
        note_new(sending)
    for act in acts:
        audit.recorded.send(act, subject=registration)
    return True


def check_open(event: Event) -> None:
    """Raises the RegistrationClosed that says why people cannot register now."""
    window = event.registration_window(clock.now())
    if window is not RegistrationWindow.OPEN:
        raise _CLOSED[window]


def searchable(registration: Registration) -> str:
    """Everything a delegate is looked up by, without diacritics."""
    parts = (
        registration.full_name,
        registration.organization,
        registration.email,
        registration.code,
        registration.phone,
        person.shown_phone(registration.phone).replace(" ", ""),
        registration.delegation,
        registration.job_title,
    )
    return fold(" ".join(parts))[:800]


def put_in_order(registration: Registration) -> None:
    """Bring what lists search and sort by up to date with the registration."""
    registration.sort_name = name_sort_key(registration.full_name)
    registration.search_text = searchable(registration)


def new_registration(
    event: Event, wanted: RegistrationInput, *, email: str, **values: Any
) -> Registration:
    """A row that is not yet part of any transaction, without its status."""
    registration = Registration(
        event_id=event.id,
        ticket_type_id=wanted.ticket_type.id,
        attendance=offered_attendance(wanted.ticket_type, wanted.attendance),
        full_name=person.full_name(wanted.full_name),
        email=email,
        phone=person.phone_number(wanted.phone, wanted.country),
        salutation=clean(wanted.salutation),
        organization=clean(wanted.organization),
        job_title=clean(wanted.job_title),
        delegation=clean(wanted.delegation),
        country=wanted.country,
        language=wanted.language if wanted.language in LANGUAGES else DEFAULT_LANGUAGE,
        answers=wanted.answers,
        note=wanted.note,
        version=1,
        **{"id": new_id(), "code": new_code(), **values},
    )
    put_in_order(registration)
    return registration


def give_status(registration: Registration, status: RegistrationStatus) -> None:
    """Its first one."""
    is_confirmed = status is RegistrationStatus.CONFIRMED
    is_waiting = status is RegistrationStatus.WAITLISTED
    registration.status = status
    registration.confirmed_at = clock.now() if is_confirmed else None
    registration.waitlisted_at = clock.now() if is_waiting else None


def _status_for(ticket_type: TicketType, *, by_organizer: bool) -> RegistrationStatus:
    """Takes the place where one is given at once."""
    if ticket_type.needs_approval and not by_organizer:
        return RegistrationStatus.PENDING
    if take_place(ticket_type):
        return RegistrationStatus.CONFIRMED
    if not ticket_type.has_waiting_list:
        raise SoldOut
    return place_or_queue(ticket_type)


def place_or_queue(ticket_type: TicketType) -> RegistrationStatus:
    """Look again with the row held, so that nobody queues while a place is being given back."""
    lock_ticket_types(ticket_type)
    taken = take_place(ticket_type)
    return RegistrationStatus.CONFIRMED if taken else RegistrationStatus.WAITLISTED


def offered_attendance(ticket_type: TicketType, wanted: Attendance | None) -> Attendance:
    """The way of attending, where None means the first the ticket type offers."""
    if wanted is None:
        return Attendance(ticket_type.attendances[0])
    if wanted not in ticket_type.attendances:
        raise AttendanceNotOffered
    return wanted
