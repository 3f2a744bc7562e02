"""Mail to organizers who want to know that a VIP has come."""

import uuid

from flask import url_for
from sqlalchemy import select

from matchmaking.accounts.models import User
from matchmaking.checkin.models import Scan
from matchmaking.core import outbox
from matchmaking.core.database import db
from matchmaking.core.outbox import Letter, OutgoingMail
from matchmaking.events.access import may
from matchmaking.events.models import Event, MemberRole


@outbox.letter("vip_arrived")
def _vip_arrived(mail: OutgoingMail) -> Letter | None:
    """Only to who still works on the event."""
    scan = db.session.get(Scan, uuid.UUID(mail.about["scan"]))
    user = db.session.scalar(select(User).where(User.email == mail.recipient))
    if scan is None or scan.registration is None:
        return None
    event = db.session.get_one(Event, scan.event_id)
    if not may(user, event, MemberRole.VIEWER):
        return None
    context = {
        "event": event,
        "registration": scan.registration,
        "scan": scan,
        "link": url_for("checkin_desk.show", slug=event.slug, _external=True),
    }
    return Letter("checkin/vip_arrived", context)
