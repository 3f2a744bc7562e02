"""What happens in the features, as news for other programs."""

from typing import Any

from matchmaking.api.idempotency import forget_old_answers
from matchmaking.api.services.webhooks import forget_old_deliveries, tell
from matchmaking.checkin.models import Direction, Verdict
from matchmaking.checkin.services.answering import Answered
from matchmaking.checkin.signals import scans_kept
from matchmaking.core.audit import AuditEntry, recorded
from matchmaking.core.database import db
from matchmaking.core.upkeep import upkeep
from matchmaking.events.at_gate import AtGate
from matchmaking.events.models import Event

NEWS = {
    "registration.created": "registration.created",
    "registration.changed": "registration.changed",
    "registration.approved": "registration.changed",
    "registration.moved_up": "registration.changed",
    "registration.reinstated": "registration.changed",
    "registration.erased": "registration.changed",
    "registration.rejected": "registration.cancelled",
    "registration.cancelled": "registration.cancelled",
    "meeting.booked": "meeting.booked",
    "meeting.moved": "meeting.moved",
    "meeting.cancelled": "meeting.cancelled",
    "schedule.published": "schedule.published",
    "schedule.repaired": "schedule.published",
}
"""Acts of the audit log that are news, and the kind of news each is."""


@recorded.connect
def _tell_of_act(entry: AuditEntry, *, subject: Any) -> None:
    kind = NEWS.get(entry.action)
    event = db.session.get(Event, entry.event_id) if kind and entry.event_id else None
    if kind and event and event.tells_programs:
        tell(event, kind, subject=str(subject.id))


@upkeep.connect
def _clean_up(_sender: None) -> None:
    forget_old_answers()
    forget_old_deliveries()


@scans_kept.connect
def _tell_of_scans(event: AtGate, *, answers: list[Answered]) -> None:
    if not event.tells_programs:
        return
    for answer in answers:
        is_entry = answer.direction is Direction.ENTRY
        if is_entry and answer.verdict is Verdict.ADMITTED and answer.delegate:
            code = answer.delegate.code
            tell(event, "check_in.admitted", scan_id=str(answer.scan_id), registration=code)
