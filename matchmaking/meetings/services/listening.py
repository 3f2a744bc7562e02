"""What news of events and companies means for slots and meetings, in the same transaction."""

from typing import Any

from sqlalchemy import or_, select

from matchmaking.companies.models import Company
from matchmaking.companies.signals import company_withdrawn
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.events.signals import b2b_session_changed, event_cloned
from matchmaking.meetings.models import MeetingRequest
from matchmaking.meetings.queries.meetings import meetings_of
from matchmaking.meetings.services import booking, requests
from matchmaking.meetings.services.grid import rebuild_slots


@b2b_session_changed.connect
@event_cloned.connect
def _cut_slots_again(event: Event, **_news: Any) -> None:
    rebuild_slots(event)


@company_withdrawn.connect
def _free_its_partners(company: Company, **_news: Any) -> None:
    """A company that left meets nobody: its partners are told and their times are free again."""
    for meeting in meetings_of(company):
        booking.cancel(meeting, reason="company_withdrawn")
    concerned = or_(
        MeetingRequest.from_company_id == company.id, MeetingRequest.to_company_id == company.id
    )
    query = select(MeetingRequest).where(concerned, MeetingRequest.status.in_(requests.LIVING))
    for request in db.session.scalars(query):
        requests.withdraw(request)
