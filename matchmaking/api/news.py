"""What a piece of news says: what it is about and how that stands, no personal data.

Whoever wants more asks the API for it, with a token.
"""

import uuid
from typing import Any

from matchmaking.api.meeting import meeting_out
from matchmaking.api.models import Delivery
from matchmaking.core.database import db
from matchmaking.meetings.models import Meeting, ScheduleVersion
from matchmaking.registration.models import Registration


def data_of(delivery: Delivery) -> dict[str, Any]:
    """Empty when what it was about is gone."""
    about = delivery.about
    if delivery.kind == "check_in.admitted":
        return about
    subject = uuid.UUID(about["subject"])
    if delivery.kind.startswith("registration."):
        return _registration(db.session.get(Registration, subject))
    if delivery.kind.startswith("meeting."):
        return _meeting(db.session.get(Meeting, subject))
    version = db.session.get(ScheduleVersion, subject)
    return {"version": version.number} if version else {}


def _registration(one: Registration | None) -> dict[str, Any]:
    if one is None:
        return {}
    return {"code": one.code, "status": one.status.value, "ticket_type": one.ticket_type.code}


def _meeting(one: Meeting | None) -> dict[str, Any]:
    if one is None:
        return {}
    shown = meeting_out(one).model_dump(mode="json")
    shown.pop("outcome_note")
    return shown
