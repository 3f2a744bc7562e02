"""When a badge opens the gate."""

from datetime import datetime, timedelta

from matchmaking.checkin.models import Reason
from matchmaking.events.models import Event


def opens_at(event: Event) -> datetime:
    """As the organizer set it, or the beginning of the day before the first."""
    return event.check_in_opens_at or event.starts_at - timedelta(days=1)


def reason_of_time(event: Event, moment: datetime) -> Reason | None:
    """Why a badge does not count at this moment; the last day counts to its end in the event's zone."""
    if moment < opens_at(event):
        return Reason.NOT_YET_VALID
    if moment >= event.ends_at:
        return Reason.NO_LONGER_VALID
    return None
