"""A run beside the schedule in force: what would change, and who would be told."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from matchmaking.companies.models import Company
from matchmaking.companies.queries import shown_order
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.meetings.models import Assignment, Meeting, MeetingRequest
from matchmaking.meetings.queries.meetings import agreed_requests, meetings_at, pairs_asked
from matchmaking.meetings.queries.problem import staying


@dataclass(frozen=True)
class Move:
    """A meeting that is to be held elsewhere, or with another interpreter."""

    meeting: Meeting
    to: Assignment


@dataclass(frozen=True)
class Comparison:
    """A run beside the schedule in force."""

    kept: list[Meeting]
    moved: list[Move]
    gone: list[Meeting]
    new: list[Assignment]

    @property
    def is_empty(self) -> bool:
        return not (self.moved or self.gone or self.new)


def compare(event: Event, assignments: Sequence[Assignment]) -> Comparison:
    """What publishing these assignments would change, meeting by meeting."""
    meetings = meetings_at(event)
    stay = {one.id for one in staying(meetings, agreed_requests(event))}
    current = {one.pair: one for one in meetings if one.id not in stay}
    pairs = pairs_asked(event)
    comparison = Comparison([], [], [], [])
    for assignment in sorted(assignments, key=lambda row: row.request_id):
        meeting = current.pop(pairs.get(assignment.request_id, frozenset()), None)
        if meeting is None:
            comparison.new.append(assignment)
        elif _is_same(meeting, assignment):
            comparison.kept.append(meeting)
        else:
            comparison.moved.append(Move(meeting, assignment))
    comparison.gone.extend(current.values())
    return comparison


def companies_told(comparison: Comparison) -> list[Company]:
    """The companies with a meeting that is new, moved or gone: they are mailed, others are not."""
    touched = [move.meeting for move in comparison.moved] + comparison.gone
    ids = {c for m in touched for c in (m.company_a_id, m.company_b_id)}
    requests = requests_of(comparison.new)
    ids |= {c for r in requests.values() for c in (r.from_company_id, r.to_company_id)}
    query = select(Company).where(Company.id.in_(ids))
    return sorted(db.session.scalars(query), key=shown_order)


def _is_same(meeting: Meeting, assignment: Assignment) -> bool:
    return (meeting.slot_id, meeting.table_id, meeting.interpreter_id) == (
        assignment.slot_id,
        assignment.table_id,
        assignment.interpreter_id,
    )


def requests_of(assignments: Sequence[Assignment]) -> dict[uuid.UUID, MeetingRequest]:
    ids = [assignment.request_id for assignment in assignments]
    query = select(MeetingRequest).where(MeetingRequest.id.in_(ids))
    return {request.id: request for request in db.session.scalars(query)}
