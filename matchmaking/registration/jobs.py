"""What registration does in the background."""

from matchmaking.core import jobs
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.registration.services import forgetting


@jobs.job(forgetting.JOB)
def forget(job: jobs.Job) -> dict[str, int]:
    """Delete what was asked for an event only; nothing, if the event itself is gone."""
    event = db.session.get(Event, job.event_id)
    return {"registrations": forgetting.forget(event) if event else 0}
