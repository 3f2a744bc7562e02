"""Meetings: booking, moving, cancelling, and what came of them."""

import uuid

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from matchmaking.api.access import ORGANIZER, READER
from matchmaking.api.endpoint import Answer, endpoint
from matchmaking.api.etags import check_unchanged, tagged
from matchmaking.api.listing import listing
from matchmaking.api.meeting import (
    meeting_out,
    meetings_out,
    named_companies,
    named_slot,
    named_table,
    telling_alternatives,
)
from matchmaking.api.schemas.meetings import (
    Cancellation,
    MeetingList,
    MeetingMove,
    MeetingOut,
    MeetingQuery,
    NewMeeting,
    NewOutcome,
)
from matchmaking.core.database import db
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event
from matchmaking.meetings.access import meeting_at
from matchmaking.meetings.models import Meeting, MeetingOrigin, Occupancy
from matchmaking.meetings.services import booking, errors
from matchmaking.meetings.services.moving import lock_companies

PATH = "/events/<slug>/meetings"
NO_PLACE = (
    errors.SlotTaken,
    errors.TableTaken,
    errors.NoInterpreter,
    errors.CompanyUnavailable,
    errors.OutsideGrid,
    errors.SlotPast,
)


@endpoint(
    f"POST {PATH}",
    topic="meetings",
    summary=_l("Book a meeting at once"),
    access=ORGANIZER,
    body=NewMeeting,
    answer=MeetingOut,
    status=201,
    refusals=(
        *NO_PLACE,
        errors.AlreadyMeeting,
        errors.SameSide,
        errors.SameCompany,
        errors.LimitReached,
        errors.CompanyNotConfirmed,
    ),
)
def book_meeting(event: Event, body: NewMeeting) -> Answer:
    """A refusal names the times at which the two could still meet."""
    first, second = body.companies
    if first == second:
        raise errors.SameCompany
    a, b = named_companies(event, first=first, second=second)
    slot, table = named_slot(event, body.slot), named_table(event, body.table)
    with telling_alternatives():
        made = booking.book((a, b), slot, table=table, origin=MeetingOrigin.ORGANIZER)
    return tagged(meeting_out(made))


@endpoint(
    f"GET {PATH}",
    topic="meetings",
    summary=_l("List meetings, the first to be booked first"),
    access=READER,
    query=MeetingQuery,
    answer=MeetingList,
)
def meetings(event: Event, query: MeetingQuery) -> MeetingList:
    found = select(Meeting).join(Meeting.slot).options(contains_eager(Meeting.slot))
    found = found.where(Meeting.event_id == event.id, Meeting.status == query.status)
    if query.company:
        first = Meeting.company_a_id == query.company
        found = found.where(or_(first, Meeting.company_b_id == query.company))
    if query.slot:
        taken = select(Occupancy.meeting_id).where(Occupancy.slot_id == query.slot)
        found = found.where(or_(Meeting.slot_id == query.slot, Meeting.id.in_(taken)))
    return listing(found, (Meeting.id,), query, meetings_out)


@endpoint(
    f"GET {PATH}/<uuid:meeting_id>",
    topic="meetings",
    summary=_l("Read one meeting"),
    access=READER,
    answer=MeetingOut,
)
def meeting(event: Event, meeting_id: uuid.UUID) -> Answer:
    return tagged(meeting_out(meeting_at(event, meeting_id)))


@endpoint(
    f"PATCH {PATH}/<uuid:meeting_id>",
    topic="meetings",
    summary=_l("Move a meeting"),
    access=ORGANIZER,
    body=MeetingMove,
    answer=MeetingOut,
    edits=True,
    refusals=(*NO_PLACE, errors.AlreadyCancelled),
)
def move_meeting(event: Event, meeting_id: uuid.UUID, body: MeetingMove) -> Answer:
    found = meeting_at(event, meeting_id)
    lock_companies((found.company_a, found.company_b))
    db.session.refresh(found)
    check_unchanged(meeting_out(found))
    slot = named_slot(event, body.slot) if body.slot else found.slot
    table = named_table(event, body.table)
    with telling_alternatives():
        return tagged(meeting_out(booking.move(found, slot, table=table)))


@endpoint(
    f"POST {PATH}/<uuid:meeting_id>/cancel",
    topic="meetings",
    summary=_l("Cancel a meeting; both companies are told"),
    access=ORGANIZER,
    body=Cancellation,
    answer=MeetingOut,
    refusals=(errors.AlreadyCancelled,),
)
def cancel_meeting(event: Event, meeting_id: uuid.UUID, body: Cancellation) -> Answer:
    return tagged(meeting_out(booking.cancel(meeting_at(event, meeting_id), reason=body.reason)))


@endpoint(
    f"POST {PATH}/<uuid:meeting_id>/outcome",
    topic="meetings",
    summary=_l("Record what came of a meeting"),
    access=ORGANIZER,
    body=NewOutcome,
    answer=MeetingOut,
    refusals=(errors.AlreadyCancelled,),
)
def record_outcome(event: Event, meeting_id: uuid.UUID, body: NewOutcome) -> Answer:
    found = meeting_at(event, meeting_id)
    booking.record_outcome(found, body.outcome, note=body.note)
    return tagged(meeting_out(found))
