"""The mail after a night: a draft is better than the schedule in force."""

import uuid

from flask import url_for

from matchmaking.core import outbox
from matchmaking.core.database import db
from matchmaking.core.outbox import Letter, OutgoingMail
from matchmaking.meetings.models import ScheduleRun


@outbox.letter("schedule_nightly")
def _better_draft(mail: OutgoingMail) -> Letter | None:
    """Only while the draft could still be published."""
    run = db.session.get(ScheduleRun, uuid.UUID(mail.about["run"]))
    if run is None or run.based_on != run.event.schedule_version:
        return None
    context = {
        "event": run.event,
        "run": run,
        "before": mail.about["before"],
        "link": url_for("meetings.run", slug=run.event.slug, run_id=run.id, _external=True),
    }
    return Letter("meetings/nightly", context)
