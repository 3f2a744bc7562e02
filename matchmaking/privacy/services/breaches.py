"""The list of breaches: what happened, whom it concerns, when it was reported."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Select, select

from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.core.erasures import NAME
from matchmaking.events.models import Event
from matchmaking.meetings.models import Interpreter
from matchmaking.privacy.models import Breach
from matchmaking.registration.models import Registration


@dataclass(frozen=True, kw_only=True)
class BreachInput:
    """What the office knows so far."""

    event: Event | None
    found_at: datetime
    what: str
    which: str
    people: int | None
    measures: str
    reported_at: datetime | None
    people_told_at: datetime | None


def breaches() -> Select[Breach]:
    """What is not reported yet first, then the newest."""
    is_reported = Breach.reported_at.is_not(None)
    return select(Breach).order_by(is_reported, Breach.found_at.desc(), Breach.id.desc())


def note(known: BreachInput, *, breach: Breach | None = None) -> Breach:
    """Add to the list, or write down what is known by now."""
    noted = breach or Breach()
    for field in fields(known):
        setattr(noted, field.name, getattr(known, field.name))
    db.session.add(noted)
    db.session.flush()
    audit.record("breach.changed" if breach else "breach.noted", noted)
    return noted


def concerned(breach: Breach) -> Sequence[Registration | Interpreter]:
    """Everybody known by name at the event, to be told; the history says who took the list."""
    people: list[Registration | Interpreter] = []
    for table in (Registration, Interpreter):
        query = select(table).where(table.event_id == breach.event_id, table.full_name != NAME)
        people += db.session.scalars(query.order_by(table.sort_name, table.id))
    audit.record("breach.list_taken_out", breach, count=len(people))
    return people
