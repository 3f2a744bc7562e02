"""Fetching what belongs to an event's meetings, for those who may see it."""

import uuid

from flask import abort
from sqlalchemy import select

from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.meetings.models import Meeting, ScheduleRun


def run_at(event: Event, run_id: uuid.UUID) -> ScheduleRun:
    """A run of this event's scheduler, or 404."""
    query = select(ScheduleRun).where(ScheduleRun.id == run_id, ScheduleRun.event_id == event.id)
    return db.session.scalar(query) or abort(404)


def meeting_at(event: Event, meeting_id: uuid.UUID) -> Meeting:
    """A meeting of this event, or 404."""
    query = select(Meeting).where(Meeting.id == meeting_id, Meeting.event_id == event.id)
    return db.session.scalar(query) or abort(404)
