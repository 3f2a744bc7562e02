"""Reading the event for the board, and lifting a card from it."""

from matchmaking.core import clock
from matchmaking.core.errors import DomainError
from matchmaking.events.models import Event
from matchmaking.meetings.models import Meeting, MeetingRequest
from matchmaking.meetings.queries.availability import calendars, grid_of
from matchmaking.meetings.queries.board import companies_at, holders_at
from matchmaking.meetings.queries.meetings import meetings_at
from matchmaking.meetings.services import booking
from matchmaking.meetings.services.board.cells import Card, Situation


def situation_at(event: Event) -> Situation:
    """The event as it is now; the number of queries does not grow with its meetings."""
    grid = grid_of(event)
    companies = companies_at(event)
    return Situation(
        grid=grid,
        plans=calendars(list(companies.values()), grid.slots),
        meetings={meeting.id: meeting for meeting in meetings_at(event)},
        holders=holders_at(event),
        now=clock.now(),
    )


def card_of_meeting(meeting: Meeting) -> Card:
    return Card((meeting.company_a, meeting.company_b), meeting=meeting)


def card_of_request(request: MeetingRequest) -> Card:
    """Raises nothing: what forbids any meeting of the two is the card's refusal."""
    companies = (request.from_company, request.to_company)
    refusal: DomainError | None = None
    try:
        booking.refuse_meeting(request.event, companies)
    except DomainError as error:
        refusal = error
    return Card(companies, request=request, refusal=refusal)
