"""Whose document it is: the delegate's own, or for those who work on the event."""

import uuid

from flask import abort
from sqlalchemy import select

from matchmaking.accounts.access import require_user, signed_in_user
from matchmaking.core import clock
from matchmaking.core.database import db
from matchmaking.core.files import StoredFile
from matchmaking.core.jobs import Job
from matchmaking.documents.queries import PRINTING
from matchmaking.events.access import may
from matchmaking.events.models import Event, MemberRole
from matchmaking.registration.access import require_own
from matchmaking.registration.models import Registration


def registration_to_print(code: str) -> Registration:
    """A registration whose papers this visitor may have."""
    registration = db.session.scalar(select(Registration).where(Registration.code == code))
    user = signed_in_user()
    if user and registration and may(user, registration.event, MemberRole.VIEWER):
        return registration
    return require_own(registration)


def registration_to_hand_out(code: str) -> Registration:
    """A registration whose badge this member of the staff may print and hand out."""
    user = require_user()
    registration = db.session.scalar(select(Registration).where(Registration.code == code))
    if registration is None or not may(user, registration.event, MemberRole.GATE):
        abort(404)
    return registration


def file_of_batch(event: Event, job_id: uuid.UUID) -> StoredFile:
    """What a printing job of this event made, until it is taken away."""
    query = select(Job).where(Job.id == job_id, Job.event_id == event.id, Job.kind == PRINTING)
    job = db.session.scalar(query)
    file_id = job.result.get("file") if job else None
    file = db.session.get(StoredFile, uuid.UUID(file_id)) if file_id else None
    if file is None or (file.expires_at and file.expires_at < clock.now()):
        abort(404)
    return file
