"""How long people are known by name after an event, and letting them go when the time is over."""

from datetime import datetime, timedelta

from sqlalchemy import select

from matchmaking.core import audit, clock, jobs
from matchmaking.core.database import db
from matchmaking.core.erasures import NAME
from matchmaking.events.models import Event
from matchmaking.meetings.models import Interpreter
from matchmaking.privacy.services.erasing import erase_interpreter, erase_registration
from matchmaking.registration.models import Consent, Registration
from matchmaking.registration.purposes import NEWSLETTER

JOB = "privacy.let_go"
DAYS_A_MONTH = 30.44
LOOK_AGAIN = timedelta(days=30)


def let_go_at(event: Event) -> datetime:
    return event.ends_at + timedelta(days=round(event.people_kept_months * DAYS_A_MONTH))


def keep_for(event: Event, months: int) -> None:
    """Known by name for so many months after the event."""
    event.people_kept_months = months
    audit.record("personal_data.kept_for", event, months=months)
    see_to_letting_go(event)


def see_to_letting_go(event: Event) -> None:
    """Look when the time is over; a look too early only looks again."""
    jobs.enqueue(JOB, event_id=event.id, run_after=let_go_at(event))


def let_go(event: Event) -> int:
    """Erase everybody of the event but those who want to hear of later ones; how many.

    These are looked at again: somebody may take that back.
    """
    if clock.now() < let_go_at(event):
        see_to_letting_go(event)
        return 0
    people = _still_known(event)
    gone = [one for one in people if not _wants_news(one)]
    for registration in gone:
        erase_registration(registration, tells=False)
    for interpreter in _interpreters(event):
        erase_interpreter(interpreter)
    if gone:
        audit.record("personal_data.let_go", event, count=len(gone))
    if len(gone) < len(people):
        jobs.enqueue(JOB, event_id=event.id, run_after=clock.now() + LOOK_AGAIN)
    return len(gone)


def _still_known(event: Event) -> list[Registration]:
    query = select(Registration).where(
        Registration.event_id == event.id, Registration.full_name != NAME
    )
    return list(db.session.scalars(query))


def _wants_news(registration: Registration) -> bool:
    query = select(Consent.id).where(
        Consent.registration_id == registration.id,
        Consent.purpose == NEWSLETTER,
        Consent.withdrawn_at.is_(None),
    )
    return db.session.scalar(query.limit(1)) is not None


def _interpreters(event: Event) -> list[Interpreter]:
    query = select(Interpreter).where(
        Interpreter.event_id == event.id, Interpreter.full_name != NAME
    )
    return list(db.session.scalars(query))
