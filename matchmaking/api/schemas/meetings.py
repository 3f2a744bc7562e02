"""Slots, tables, interpreters, requests and meetings."""

import uuid
from typing import Annotated

from pydantic import Field

from matchmaking.api.schemas.base import (
    Bilingual,
    Input,
    Line,
    Lines,
    Listing,
    ListQuery,
    Moment,
    Output,
    Whole,
)
from matchmaking.meetings.models import MeetingOutcome, MeetingStatus, RequestStatus


class SlotOut(Output):
    """A time to meet. Slots of one `block` follow each other without a break."""

    id: uuid.UUID
    number: int
    block: int
    session: uuid.UUID
    starts_at: Moment
    ends_at: Moment


class TableOut(Output):
    id: uuid.UUID
    number: int
    room: Bilingual | None
    is_usable: bool


class Hours(Output):
    starts_at: Moment
    ends_at: Moment


class InterpreterOut(Output):
    """Someone who interprets. Without `hours` they work the whole event."""

    id: uuid.UUID
    full_name: str
    languages: list[str]
    hours: list[Hours]


SlotList = Listing[SlotOut]
TableList = Listing[TableOut]
InterpreterList = Listing[InterpreterOut]


class NewRequest(Input):
    """One company asks another to meet; priority 5 is what it wants most."""

    from_company: uuid.UUID
    to_company: uuid.UUID
    priority: Annotated[int, Whole(1, 5)] = 3
    message: Annotated[str, Lines(1000)] = ""


class Reply(Input):
    """A word to who asked; it goes into their letter."""

    answer: Annotated[str, Lines(500)] = ""


class RequestQuery(ListQuery):
    """`company` is one of the two."""

    company: uuid.UUID | None = None
    status: RequestStatus | None = None


class RequestOut(Output):
    id: uuid.UUID
    from_company: uuid.UUID
    to_company: uuid.UUID
    priority: int
    message: str
    status: RequestStatus
    answer: str
    requested_at: Moment
    answered_at: Moment | None


RequestList = Listing[RequestOut]


class NewMeeting(Input):
    """Two companies meet in a slot, at a table or at any that is free."""

    companies: Annotated[list[uuid.UUID], Field(min_length=2, max_length=2)]
    slot: uuid.UUID
    table: uuid.UUID | None = None


class MeetingMove(Input):
    """Where the meeting is to go. Without a slot it keeps its own; without a table any will do."""

    slot: uuid.UUID | None = None
    table: uuid.UUID | None = None


class Cancellation(Input):
    reason: Annotated[str, Line(300)] = ""


class NewOutcome(Input):
    """What came of a meeting."""

    outcome: MeetingOutcome
    note: Annotated[str, Lines(1000)] = ""


class MeetingQuery(ListQuery):
    """`company` is one of the two; only scheduled meetings, unless `status` says otherwise."""

    company: uuid.UUID | None = None
    slot: uuid.UUID | None = None
    status: MeetingStatus = MeetingStatus.SCHEDULED


class MeetingOut(Output):
    """Two companies at a table. All but the times are ids."""

    id: uuid.UUID
    status: MeetingStatus
    slot: uuid.UUID
    starts_at: Moment
    ends_at: Moment
    table: uuid.UUID
    interpreter: uuid.UUID | None
    companies: list[uuid.UUID]
    request: uuid.UUID | None
    outcome: MeetingOutcome | None
    outcome_note: str


MeetingList = Listing[MeetingOut]


class Alternative(Output):
    """A time at which the two could still meet."""

    slot: uuid.UUID
    starts_at: Moment
    ends_at: Moment
