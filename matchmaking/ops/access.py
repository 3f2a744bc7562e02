"""Fetching mails and jobs is being allowed to: strangers get 404."""

import uuid
from collections.abc import Sequence

from flask import abort
from sqlalchemy import select

from matchmaking.core.database import db
from matchmaking.core.jobs import Job, JobState
from matchmaking.core.outbox import MailState, OutgoingMail
from matchmaking.events.models import Event


def mail_of(event: Event, mail_id: uuid.UUID) -> OutgoingMail:
    query = select(OutgoingMail).where(
        OutgoingMail.id == mail_id, OutgoingMail.event_id == event.id
    )
    return db.session.scalar(query) or abort(404)


def failed_job(job_id: uuid.UUID) -> Job:
    query = select(Job).where(Job.id == job_id, Job.state == JobState.FAILED)
    return db.session.scalar(query) or abort(404)


def failed_jobs(limit: int = 500) -> Sequence[Job]:
    query = select(Job).where(Job.state == JobState.FAILED).order_by(Job.id).limit(limit)
    return db.session.scalars(query).all()


def failed_mail(mail_id: uuid.UUID) -> OutgoingMail:
    query = select(OutgoingMail).where(
        OutgoingMail.id == mail_id, OutgoingMail.state == MailState.FAILED
    )
    return db.session.scalar(query) or abort(404)
