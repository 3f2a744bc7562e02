"""Mails to the people of a company."""

import uuid

from matchmaking.companies.models import Company
from matchmaking.core import outbox
from matchmaking.core.database import db
from matchmaking.core.outbox import Letter, OutgoingMail
from matchmaking.registration.access import personal_link
from matchmaking.registration.models import Registration


@outbox.letter("company_confirmed")
def _confirmed(mail: OutgoingMail) -> Letter | None:
    company = db.session.get(Company, uuid.UUID(mail.about["company"]))
    reader = db.session.get(Registration, uuid.UUID(mail.about["registration"]))
    if company is None or reader is None or not company.is_confirmed:
        return None
    context = {"company": company, "event": company.event, "link": personal_link(reader)}
    return Letter("companies/confirmed", context)
