"""Interpreters: who they are, what they speak, when they work."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from matchmaking.companies.services.absences import Interval, joined
from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.core.text import name_sort_key
from matchmaking.events.models import Event
from matchmaking.meetings.models import Interpreter, InterpreterHours, Meeting, MeetingStatus, Slot


class InterpreterBooked(DomainError):
    code = "interpreter_booked"
    message = _l(
        "%(name)s is booked for meetings this change would leave without an interpreter. "
        "Move or cancel them first."
    )


@dataclass(frozen=True, kw_only=True)
class Details:
    """An interpreter as entered. `hours`: when they work; none means the whole event."""

    full_name: str
    languages: tuple[str, ...]
    email: str = ""
    phone: str = ""
    hours: Sequence[Interval] = ()


def add(event: Event, details: Details) -> Interpreter:
    interpreter = Interpreter(event=event, full_name="", sort_name="")
    db.session.add(interpreter)
    _apply(interpreter, details)
    audit.record("interpreter.added", interpreter, name=details.full_name)
    return interpreter


def change(interpreter: Interpreter, details: Details) -> None:
    """Raises InterpreterBooked when a booked meeting would lose its language or hour."""
    hours = joined(details.hours)
    for meeting, slot in _bookings(interpreter):
        works = not hours or any(s <= slot.starts_at and slot.ends_at <= e for s, e in hours)
        if not works or meeting.language not in (None, *details.languages):
            raise InterpreterBooked(name=interpreter.full_name)
    _apply(interpreter, details)
    audit.record("interpreter.changed", interpreter, name=details.full_name)


def remove(interpreter: Interpreter) -> None:
    """Raises InterpreterBooked while meetings need them; past and cancelled ones forget them."""
    if _bookings(interpreter):
        raise InterpreterBooked(name=interpreter.full_name)
    audit.record("interpreter.removed", interpreter, name=interpreter.full_name)
    cancelled = select(Meeting).where(Meeting.interpreter_id == interpreter.id)
    for meeting in db.session.scalars(cancelled):
        meeting.interpreter = None
    db.session.delete(interpreter)
    db.session.flush()


def _apply(interpreter: Interpreter, details: Details) -> None:
    interpreter.full_name = details.full_name
    interpreter.sort_name = name_sort_key(details.full_name)
    interpreter.languages = list(dict.fromkeys(details.languages))
    interpreter.email = details.email
    interpreter.phone = details.phone
    interpreter.hours = [
        InterpreterHours(starts_at=start, ends_at=end) for start, end in joined(details.hours)
    ]
    db.session.flush()


def _bookings(interpreter: Interpreter) -> Sequence[tuple[Meeting, Slot]]:
    query = (
        select(Meeting, Slot)
        .join(Slot, Slot.id == Meeting.slot_id)
        .where(Meeting.interpreter_id == interpreter.id, Meeting.status == MeetingStatus.SCHEDULED)
    )
    return [(meeting, slot) for meeting, slot in db.session.execute(query)]
