"""How a company stands with others: asked, answered, booked, or what is in the way of asking."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from matchmaking.companies.models import Company
from matchmaking.core.database import db
from matchmaking.meetings.models import (
    Meeting,
    MeetingRequest,
    MeetingStatus,
    RequestStatus,
)


@dataclass(frozen=True)
class Standing:
    """What there is between the reader's company and a partner. `asked` is the reader's request."""

    partner: Company
    asked: MeetingRequest | None = None
    asked_by: MeetingRequest | None = None
    meeting: Meeting | None = None

    @property
    def is_agreed(self) -> bool:
        """They will meet: one said yes, or both asked."""
        requests = [one for one in (self.asked, self.asked_by) if one]
        accepted = any(one.status is RequestStatus.ACCEPTED for one in requests)
        pending = [one for one in requests if one.status is RequestStatus.PENDING]
        return accepted or len(pending) == 2

    @property
    def waits_for_reader(self) -> bool:
        return (
            not self.is_agreed
            and self.asked_by is not None
            and self.asked_by.status is RequestStatus.PENDING
        )


def standings(company: Company, partners: Sequence[Company]) -> dict[uuid.UUID, Standing]:
    """The company's standing with each partner, in two queries however many there are."""
    requests = _requests_with(company, partners)
    meetings = {
        meeting.partner_of(company.id).id: meeting for meeting in _meetings_with(company, partners)
    }
    return {
        partner.id: Standing(
            partner,
            asked=requests.get((company.id, partner.id)),
            asked_by=requests.get((partner.id, company.id)),
            meeting=meetings.get(partner.id),
        )
        for partner in partners
    }


def _requests_with(
    company: Company, partners: Iterable[Company]
) -> dict[tuple[uuid.UUID, uuid.UUID], MeetingRequest]:
    """Requests that were not taken back, by (sender, receiver)."""
    ids = [partner.id for partner in partners]
    sent, received = MeetingRequest.from_company_id, MeetingRequest.to_company_id
    query = select(MeetingRequest).where(
        or_(
            (sent == company.id) & received.in_(ids),
            (received == company.id) & sent.in_(ids),
        ),
        MeetingRequest.status != RequestStatus.WITHDRAWN,
    )
    found = db.session.scalars(query)
    return {(one.from_company_id, one.to_company_id): one for one in found}


def _meetings_with(company: Company, partners: Iterable[Company]) -> Sequence[Meeting]:
    ids = [partner.id for partner in partners]
    a, b = Meeting.company_a_id, Meeting.company_b_id
    query = select(Meeting).where(
        or_((a == company.id) & b.in_(ids), (b == company.id) & a.in_(ids)),
        Meeting.status == MeetingStatus.SCHEDULED,
    )
    return db.session.scalars(
        query.options(
            joinedload(Meeting.slot),
            joinedload(Meeting.table),
            joinedload(Meeting.company_a),
            joinedload(Meeting.company_b),
        )
    ).all()


def waiting_for(company: Company) -> int:
    """How many requests the company has not answered."""
    query = select(func.count(MeetingRequest.id)).where(
        MeetingRequest.to_company_id == company.id,
        MeetingRequest.status == RequestStatus.PENDING,
    )
    return db.session.scalar(query) or 0
