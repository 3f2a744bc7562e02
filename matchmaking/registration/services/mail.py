"""Which letters a delegate gets, and when. `letters.py` composes them."""

from collections.abc import Sequence
from typing import Any, ClassVar

from matchmaking.core import audit, clock
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.core.jobs import Job
from matchmaking.core.outbox import OutgoingMail, job_for, new_mail, queue_all, queue_mail
from matchmaking.registration.models import Registration

MINUTES_BETWEEN_LINKS = 5


class NoAddress(DomainError):
    code: ClassVar[str] = "no_address"
    message = _l("There is no e-mail address to write to. Write one down first.")


def tell(registration: Registration, news: str, **about: str) -> None:
    """Queue the letter `registration_<news>`, once for each state of the registration."""
    queue_mail(**_letter(registration, news), **about)


def first_letter(registration: Registration) -> tuple[OutgoingMail, Job]:
    """The letter of a new registration and what sends it, not yet part of any transaction."""
    mail = new_mail(**_letter(registration, registration.status))
    return mail, job_for(mail)


def tell_all(registrations: Sequence[Registration]) -> None:
    """Queue their first letter to all of them."""
    queue_all([new_mail(**_letter(one, one.status)) for one in registrations])


def _letter(registration: Registration, news: str) -> dict[str, Any]:
    return {
        "letter_name": f"registration_{news}",
        "recipient": registration.email,
        "language": registration.language,
        "event_id": registration.event_id,
        "dedupe_key": f"registration_{news}:{registration.id}:{registration.version}",
        "registration": str(registration.id),
    }


def send_personal_link(registration: Registration) -> None:
    """Mail the personal link again; asked several times in five minutes, it goes once.

    Raises NoAddress.
    """
    if not registration.email:
        raise NoAddress
    audit.record("registration.link_sent", registration)
    window = int(clock.now().timestamp()) // (60 * MINUTES_BETWEEN_LINKS)
    queue_mail(
        "registration_link",
        registration.email,
        language=registration.language,
        event_id=registration.event_id,
        dedupe_key=f"registration_link:{registration.id}:{window}",
        registration=str(registration.id),
    )


def ask_new_address(registration: Registration) -> None:
    """Ask the owner of the new address to confirm it."""
    queue_mail(
        "registration_new_email",
        registration.new_email,
        language=registration.language,
        event_id=registration.event_id,
        registration=str(registration.id),
    )
