"""Taking a person out of what was noted beside them: history, mails, work, kept answers."""

import json
import uuid
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import String, cast, delete, or_, select, update

from matchmaking.api.models import GivenAnswer
from matchmaking.core import jobs
from matchmaking.core.audit import AuditEntry
from matchmaking.core.database import db
from matchmaking.core.outbox import MailState, OutgoingMail

FORGET_COPIES = "privacy.forget_copies"
HARMLESS = frozenset({"status", "source", "fields", "purpose", "count", "gate", "session"})
"""Details of an entry that say nothing about who it was."""


def scrub_history(
    subject_id: uuid.UUID, *, event_id: uuid.UUID | None, words: Collection[str]
) -> None:
    """Entries stay, with their time and kind; `words` (a name, an address) go from all of them."""
    own = or_(AuditEntry.subject_id == subject_id, AuditEntry.actor_id == subject_id)
    for entry in db.session.scalars(select(AuditEntry).where(own)):
        if entry.actor_id == subject_id or entry.actor_kind == "delegate":
            entry.actor_name = ""
        if entry.subject_id == subject_id:
            entry.details = {key: kept for key, kept in entry.details.items() if key in HARMLESS}
    sought = [word for word in words if word]
    elsewhere = select(AuditEntry).where(or_(*(_mentions(word) for word in sought)))
    if event_id:
        elsewhere = elsewhere.where(AuditEntry.event_id == event_id)
    for entry in db.session.scalars(elsewhere):
        entry.details = {
            key: "…" if kept in sought else kept for key, kept in entry.details.items()
        }
    db.session.flush()


def scrub_mails(mails: Sequence[OutgoingMail]) -> None:
    """What waits is not sent; what was sent keeps its kind and time, and no file of it is left."""
    ids = [str(mail.id) for mail in mails]
    for mail in mails:
        if mail.state is MailState.QUEUED:
            mail.state = MailState.DROPPED
        if "@" in (mail.dedupe_key or ""):
            mail.dedupe_key = None
        mail.recipient, mail.subject, mail.error, mail.about = "", "", "", {}
    sending = select(jobs.Job).where(jobs.Job.kind == "send_mail", jobs.Job.error != "")
    for job in db.session.scalars(sending):
        if job.arguments.get("mail") in ids:
            job.error = ""
    if ids:
        jobs.enqueue(FORGET_COPIES, mails=ids)


def scrub_subjects(event_id: uuid.UUID, name: str) -> None:
    """Mails to others whose subject says the name, such as that a guest has arrived."""
    naming = update(OutgoingMail).where(
        OutgoingMail.event_id == event_id, OutgoingMail.subject.contains(name, autoescape=True)
    )
    db.session.execute(naming.values(subject=""))


def scrub_answers(code: str) -> None:
    """What other programs were answered about a registration, kept for a day."""
    db.session.execute(delete(GivenAnswer).where(GivenAnswer.body.contains(f'"{code}"')))


def forget_acts_of(user_id: uuid.UUID) -> None:
    """What a colleague did stays; who it was does not."""
    own = update(AuditEntry).where(AuditEntry.actor_id == user_id)
    db.session.execute(own.values(actor_name=""))


def _mentions(word: str) -> Any:
    """In JSON, as the database keeps it."""
    written = json.dumps(word)[1:-1]
    return cast(AuditEntry.details, String).contains(written, autoescape=True)
