"""Fetching what belongs to an event's meetings, for those who may see it."""

import uuid
from typing import Any

from flask import abort
from sqlalchemy import select

from matchmaking.companies.models import Company
from matchmaking.core.database import db
from matchmaking.events.models import AgendaSession, Event
from matchmaking.meetings.models import (
    BoardChange,
    Interpreter,
    Meeting,
    MeetingTable,
    ScheduleRun,
)
from matchmaking.meetings.own_access import slot_at
from matchmaking.meetings.services.schedule.troubles import Subject, Trouble, What


def run_at(event: Event, run_id: uuid.UUID) -> ScheduleRun:
    """A run of this event's scheduler, or 404."""
    query = select(ScheduleRun).where(ScheduleRun.id == run_id, ScheduleRun.event_id == event.id)
    return db.session.scalar(query) or abort(404)


def meeting_at(event: Event, meeting_id: uuid.UUID) -> Meeting:
    """A meeting of this event, or 404."""
    query = select(Meeting).where(Meeting.id == meeting_id, Meeting.event_id == event.id)
    return db.session.scalar(query) or abort(404)


def change_at(event: Event, change_id: uuid.UUID) -> BoardChange:
    """A change made by hand on this event's board, or 404."""
    query = select(BoardChange).where(BoardChange.id == change_id, BoardChange.event_id == event.id)
    return db.session.scalar(query) or abort(404)


SUBJECTS: dict[str, Any] = {
    "company": Company,
    "interpreter": Interpreter,
    "table": MeetingTable,
    "session": AgendaSession,
}


def trouble_subject(event: Event, kind: str, subject_id: uuid.UUID) -> Subject:
    """A company, interpreter, table or session of this event, or 404."""
    row = db.session.get(SUBJECTS[kind], subject_id)
    if row is None or row.event_id != event.id:
        abort(404)
    subject: Subject = row
    return subject


def trouble_of(event: Event, run: ScheduleRun) -> Trouble:
    """What a proposed repair is for, or 404 when that has gone."""
    written = run.plan["trouble"]
    kinds = {model.__tablename__: kind for kind, model in SUBJECTS.items()}
    subject: Subject = event
    if written["kind"] in kinds:
        subject = trouble_subject(event, kinds[written["kind"]], uuid.UUID(written["subject"]))
    since, until = (
        slot_at(event, uuid.UUID(written[key])) if written[key] else None
        for key in ("since", "until")
    )
    return Trouble(subject, What(written["what"]), since, until)
