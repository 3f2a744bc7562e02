"""What goes with a mail: the badge as a PDF, the agenda as a calendar."""

import uuid

from matchmaking.core import outbox
from matchmaking.core.database import db
from matchmaking.core.outbox import Attachment
from matchmaking.documents.badges import A6, badge_pdf
from matchmaking.documents.feeds import personal_calendar
from matchmaking.registration.models import Registration
from matchmaking.registration.queries import current_badge

NAMES = {"vi": ("the-dai-bieu", "lich-trinh"), "en": ("badge", "agenda")}


@outbox.attachment("badge")
def _badge(registration_id: uuid.UUID, language: str) -> Attachment:
    registration = db.session.get_one(Registration, registration_id)
    badge = current_badge(registration)
    if badge is None:
        raise LookupError(f"registration {registration_id} has no badge")
    name = f"{NAMES[language][0]}-{registration.code}.pdf"
    return Attachment(name, "application/pdf", badge_pdf([badge], A6))


@outbox.attachment("calendar")
def _calendar(registration_id: uuid.UUID, language: str) -> Attachment:
    registration = db.session.get_one(Registration, registration_id)
    name = f"{NAMES[language][1]}-{registration.code}.ics"
    content = personal_calendar(registration)
    return Attachment(name, "text/calendar; method=PUBLISH", content)
