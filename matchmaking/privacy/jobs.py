"""What this feature does in the background."""

from matchmaking.core import jobs
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.ops import mail
from matchmaking.privacy.services import retention
from matchmaking.privacy.services.scrubbing import FORGET_COPIES


@jobs.job(FORGET_COPIES)
def forget_copies(job: jobs.Job) -> None:
    """Mails that were written to a folder go with whom they were for."""
    mail.forget_copies(job.arguments["mails"])


@jobs.job(retention.JOB, is_long=True)
def let_go(job: jobs.Job) -> dict[str, int]:
    """Erase the people of an event when their time is over; nothing, if the event itself is gone."""
    event = db.session.get(Event, job.event_id)
    return {"registrations": retention.let_go(event) if event else 0}
