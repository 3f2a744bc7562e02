"""Erasing: what names a person goes, what figures need stays without a name. There is no way back."""

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from sqlalchemy import delete, func, inspect, select, update

from matchmaking.accounts.models import (
    OneTimeLink,
    Passkey,
    RecoveryCode,
    User,
    UserSession,
)
from matchmaking.companies.models import Company, Representative
from matchmaking.companies.services.representatives import remove_representative
from matchmaking.core import audit, clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.core.erasures import NAME, Erasure, note_erased, stand_in
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.core.outbox import queue_mail
from matchmaking.core.text import name_sort_key
from matchmaking.events.models import EventMember, Speaker
from matchmaking.events.services.trash import forget_removed
from matchmaking.meetings.models import Interpreter
from matchmaking.privacy.models import DataRequest, RequestState
from matchmaking.privacy.person import Person, mails_to, person_of
from matchmaking.privacy.services.scrubbing import (
    scrub_answers,
    scrub_history,
    scrub_mails,
    scrub_subjects,
)
from matchmaking.registration.models import Consent, Registration
from matchmaking.registration.services import cancel
from matchmaking.registration.services.places import hold

Row = TypeVar("Row", Registration, Interpreter, Speaker, User)

EMPTIED = ("phone", "salutation", "organization", "job_title", "delegation", "note", "identity")


class StillWorksHere(DomainError):
    code: ClassVar[str] = "still_works_here"
    message = _l(
        "This account still runs events or the platform. Take those roles away first, then erase it."
    )


def nothing_obliges(registration: Registration) -> bool:
    """Whether it may go at once: without a place nobody has to account for it."""
    return registration.confirmed_at is None or registration.is_cancelled


def erase(person: Person) -> None:
    """Everything the person is, at every event. Raises StillWorksHere and then changes nothing."""
    if person.account:
        _refuse_who_works(person.account)
    for registration in person.registrations:
        if not registration.is_erased:
            erase_registration(registration)
    for interpreter in person.interpreters:
        erase_interpreter(interpreter)
    if person.account:
        erase_account(person.account)


def erase_registration(registration: Registration, *, tells: bool = True) -> None:
    """A delegate, with what they are for a company or as interpreter. `tells`: one last letter."""
    hold(registration)
    person = person_of(registration)
    event, address, language = registration.event, registration.email, registration.language
    words = {registration.full_name, address, registration.new_email, registration.phone}
    _leave(registration)
    scrub_mails(db.session.scalars(mails_to(person)).all())
    scrub_subjects(event.id, registration.full_name)
    for interpreter in person.interpreters:
        erase_interpreter(interpreter)
    _empty(registration)
    audit.record("registration.erased", registration)
    db.session.flush()
    scrub_history(registration.id, event_id=registration.event_id, words=words)
    scrub_answers(registration.code)
    note_erased(registration)
    if tells:
        _say_so(address, language, event.name)


def erase_interpreter(interpreter: Interpreter) -> None:
    """The meetings keep an interpreter of these languages, and no name."""
    words = {interpreter.full_name, interpreter.email, interpreter.phone}
    interpreter.full_name, interpreter.sort_name = NAME, name_sort_key(NAME)
    interpreter.email = interpreter.phone = ""
    interpreter.registration_id = None
    audit.record("interpreter.erased", interpreter)
    db.session.flush()
    scrub_history(interpreter.id, event_id=interpreter.event_id, words=words)
    note_erased(interpreter)


def erase_speaker(speaker: Speaker) -> None:
    """Out of every session of the event that names them alike; who edits one now is told of it."""
    alike = select(Speaker).where(
        Speaker.event_id == speaker.event_id, Speaker.full_name == speaker.full_name
    )
    words = {speaker.full_name}
    forget_removed(speaker.event_id, speaker.full_name)
    for one in db.session.scalars(alike).all():
        one.session.version += 1
        audit.record("session.speaker_erased", one.session)
        note_erased(one)
        one.session.speakers.remove(one)
    db.session.flush()
    scrub_history(speaker.id, event_id=speaker.event_id, words=words)


def erase_account(user: User) -> None:
    """Nobody signs in with it any more. Raises StillWorksHere."""
    _refuse_who_works(user)
    scrub_mails(db.session.scalars(mails_to(Person(account=user))).all())
    words = {user.full_name, user.email}
    for table in (UserSession, OneTimeLink, Passkey, RecoveryCode):
        db.session.execute(delete(table).where(table.user_id == user.id))
    user.full_name, user.email = NAME, stand_in(user.id)
    user.password_hash, user.app_secret, user.is_active = None, "", False
    audit.record("user.erased", user)
    db.session.flush()
    scrub_history(user.id, event_id=None, words=words)
    note_erased(user)


def erase_again() -> int:
    """Those whom a restored backup brought back; how many."""
    delegates, interpreters, accounts = _back(Registration), _back(Interpreter), _back(User)
    speakers = _back(Speaker)
    for speaker in speakers:
        if inspect(speaker).persistent:  # the first of a name takes the others with it
            erase_speaker(speaker)
    for registration in delegates:
        erase_registration(registration, tells=False)
    for interpreter in interpreters:
        erase_interpreter(interpreter)
    for user in accounts:
        db.session.execute(delete(EventMember).where(EventMember.user_id == user.id))
        user.is_administrator = False
        erase_account(user)
    return len(delegates) + len(interpreters) + len(accounts) + len(speakers)


def _back(table: type[Row]) -> Sequence[Row]:
    query = select(table).join(Erasure, Erasure.subject_id == table.id)
    return db.session.scalars(query.where(table.full_name != NAME)).all()


def _leave(registration: Registration) -> None:
    """Before the event ends the place is given up; afterwards it stays in the figures."""
    if not registration.is_cancelled and clock.now() < registration.event.ends_at:
        cancel(registration)
    role = select(Representative).where(Representative.registration_id == registration.id)
    if representative := db.session.scalar(role):
        remove_representative(representative)
    contacts = update(Company).where(
        Company.event_id == registration.event_id,
        func.lower(Company.contact_email) == registration.email,
    )
    db.session.execute(contacts.values(contact_email=""))


def _empty(registration: Registration) -> None:
    """Ticket type, country, way of attending and times stay: nobody is known by them."""
    registration.full_name, registration.sort_name = NAME, name_sort_key(NAME)
    registration.email, registration.new_email = stand_in(registration.id), ""
    for column in EMPTIED:
        setattr(registration, column, "")
    registration.answers, registration.search_text = {}, ""
    registration.link_version += 1
    registration.version += 1
    now = clock.now()
    held = update(Consent).where(
        Consent.registration_id == registration.id, Consent.withdrawn_at.is_(None)
    )
    db.session.execute(held.values(withdrawn_at=now))
    asked = select(DataRequest).where(DataRequest.registration_id == registration.id)
    for request in db.session.scalars(asked):
        request.said = request.answer = ""
        if request.is_open:
            request.status, request.answered_at = RequestState.DONE, now


def _say_so(address: str, language: str, event: Bilingual) -> None:
    queue_mail("privacy.erased", address, language=language, event=event.as_json())


def _refuse_who_works(user: User) -> None:
    works = select(EventMember.id).where(EventMember.user_id == user.id)
    if user.is_administrator or db.session.scalar(works.limit(1)):
        raise StillWorksHere(user)
