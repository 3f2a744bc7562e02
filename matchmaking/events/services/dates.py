"""Days of the event and times of its programme: they belong together."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import AgendaSession, Event
from matchmaking.events.signals import b2b_session_changed

NAMED_AT_MOST = 3


class ProgrammeOutsideDays(DomainError):
    """`sessions` are those that would not be on a day of the event."""

    code = "programme_outside_days"
    message = _l(
        "These sessions would fall outside the event's days: %(titles)s. "
        "Move them first, or let the whole programme move along."
    )
    about = "starts_on"

    def __init__(self, sessions: Sequence[AgendaSession], zone: ZoneInfo) -> None:
        named = [_name(session, zone) for session in sessions[:NAMED_AT_MOST]]
        more = ["…"] if len(sessions) > NAMED_AT_MOST else []
        super().__init__(titles=", ".join(named + more))
        self.sessions = sessions


def _name(session: AgendaSession, zone: ZoneInfo) -> str:
    title = session.title.vi or session.title.en
    return f"{title} ({session.starts_at.astimezone(zone):%d/%m/%Y})"


def _sessions(event: Event) -> Sequence[AgendaSession]:
    query = select(AgendaSession).where(AgendaSession.event_id == event.id)
    return db.session.scalars(query.order_by(AgendaSession.starts_at, AgendaSession.id)).all()


def move_programme(event: Event, starts_on: date, timezone: str, *, by_days: bool) -> None:
    """After the event's days or zone changed from these, keep the sessions' clock times.

    With `by_days` every session moves by as many days as the first day of the event did.
    """
    shift = event.starts_on - starts_on if by_days else timedelta(0)
    if not shift and timezone == event.timezone:
        return
    sessions = _sessions(event)
    for session in sessions:
        session.starts_at = shifted(session.starts_at, shift, ZoneInfo(timezone), event.zone)
        session.ends_at = shifted(session.ends_at, shift, ZoneInfo(timezone), event.zone)
    db.session.flush()
    if any(session.has_slots for session in sessions):
        b2b_session_changed.send(event)


def shifted(moment: datetime, by: timedelta, zone: ZoneInfo, to_zone: ZoneInfo) -> datetime:
    """The same clock time, some days later, in another zone."""
    return (moment.astimezone(zone).replace(tzinfo=None) + by).replace(tzinfo=to_zone)


def require_programme_within(event: Event) -> None:
    """Every session is on the event's days."""
    outside = [session for session in _sessions(event) if not is_within(event, session)]
    if outside:
        raise ProgrammeOutsideDays(outside, event.zone)


def is_within(event: Event, times: Any) -> bool:
    """Whether `times.starts_at` and `times.ends_at` lie on the event's days."""
    return bool(event.starts_at <= times.starts_at and times.ends_at <= event.ends_at)
