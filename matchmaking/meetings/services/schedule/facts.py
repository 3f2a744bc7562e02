"""A trouble written down as a fact of the event, for every later run, and taken back."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from matchmaking.companies.models import Company
from matchmaking.companies.services.absences import set_absences
from matchmaking.core import audit
from matchmaking.core.database import db
from matchmaking.events.models import AgendaSession, Event
from matchmaking.events.services.programme import prolong
from matchmaking.meetings.models import Interpreter, InterpreterHours, MeetingTable, TableOutage
from matchmaking.meetings.queries.whole import Whole
from matchmaking.meetings.services.schedule.troubles import Trouble, What, lost_slots

Times = tuple[datetime, datetime]


def note(whole: Whole, trouble: Trouble) -> dict[str, Any]:
    """Write the trouble down; what `forget` needs to take it back."""
    slots, subject = lost_slots(whole, trouble), trouble.subject
    if isinstance(subject, AgendaSession):
        return _note_longer(whole, trouble, subject)
    if not slots or isinstance(subject, Event):
        return {}
    span = whole.slots[slots[0]].starts_at, whole.slots[slots[-1]].ends_at
    if isinstance(subject, Company):
        return _note_absence(subject, span)
    if isinstance(subject, Interpreter):
        return _note_hours(whole, subject, span, is_for_good=trouble.until is None)
    if trouble.what is What.LOST:
        subject.is_usable = False
        audit.record("table.put_away", subject, number=subject.number)
        return {"table": str(subject.id)}
    return {"outages": _note_outages([subject], span)}


def forget(fact: dict[str, Any]) -> None:
    """Take the fact back: who was absent is expected again."""
    company = _row(Company, fact.get("company"))
    if company:
        set_absences(company, _as_times(fact["absences"]))
    interpreter = _row(Interpreter, fact.get("interpreter"))
    if interpreter:
        _set_hours(interpreter, _as_times(fact["hours"]))
    session = _row(AgendaSession, fact.get("session"))
    if session:
        prolong(session, datetime.fromisoformat(fact["ends_at"]))
    table = _row(MeetingTable, fact.get("table"))
    if table:
        table.is_usable = True
        audit.record("table.used", table, number=table.number)
    for key in fact.get("outages", []):
        outage = _row(TableOutage, key)
        if outage:
            db.session.delete(outage)
    db.session.flush()


def _row(model: Any, key: str | None) -> Any:
    return db.session.get(model, uuid.UUID(key)) if key else None


def _note_absence(company: Company, span: Times) -> dict[str, Any]:
    before = [(row.starts_at, row.ends_at) for row in company.absences]
    set_absences(company, [*before, span])
    return {"company": str(company.id), "absences": _as_text(before)}


def _note_hours(
    whole: Whole, interpreter: Interpreter, span: Times, *, is_for_good: bool
) -> dict[str, Any]:
    before = [(row.starts_at, row.ends_at) for row in interpreter.hours]
    whole_event = _whole_event(whole.event)
    lost = (span[0], whole_event[1]) if is_for_good else span
    _set_hours(interpreter, _without(before or [whole_event], lost))
    return {"interpreter": str(interpreter.id), "hours": _as_text(before)}


def _note_longer(whole: Whole, trouble: Trouble, session: AgendaSession) -> dict[str, Any]:
    """It may go on into a break, too, in which no slot is lost."""
    slots, before = lost_slots(whole, trouble), session.ends_at
    lost = [whole.slots[n] for n in slots]
    outages = []
    if lost and trouble.what is What.EVERYBODY:
        outages = _note_outages(whole.tables, (lost[0].starts_at, lost[-1].ends_at))
    prolong(session, trouble.until.starts_at if trouble.until else whole.slots[-1].ends_at)
    return {"session": str(session.id), "ends_at": before.isoformat(), "outages": outages}


def _note_outages(tables: Any, span: Times) -> list[str]:
    rows = [TableOutage(table=table, starts_at=span[0], ends_at=span[1]) for table in tables]
    db.session.add_all(rows)
    db.session.flush()
    for table in tables:
        audit.record("table.put_away", table, number=table.number)
    return [str(row.id) for row in rows]


def _whole_event(event: Event) -> Times:
    return event.starts_at - timedelta(hours=1), event.ends_at + timedelta(hours=1)


def _without(spans: list[Times], lost: Times) -> list[Times]:
    """What is left of the spans; never nothing, which would mean the whole event."""
    parts = [
        part
        for start, end in spans
        for part in ((start, min(end, lost[0])), (max(start, lost[1]), end))
        if part[0] < part[1]
    ]
    return parts or [(lost[0] - timedelta(minutes=1), lost[0])]


def _set_hours(interpreter: Interpreter, spans: list[Times]) -> None:
    interpreter.hours = [InterpreterHours(starts_at=start, ends_at=end) for start, end in spans]
    audit.record("interpreter.changed", interpreter, name=interpreter.full_name)
    db.session.flush()


def _as_text(spans: list[Times]) -> list[list[str]]:
    return [[start.isoformat(), end.isoformat()] for start, end in spans]


def _as_times(texts: list[list[str]]) -> list[Times]:
    return [(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in texts]
