"""Published events and their programme; no token is needed."""

from collections.abc import Sequence

from matchmaking.api.access import EVERYONE
from matchmaking.api.endpoint import Answer, endpoint
from matchmaking.api.listing import listing
from matchmaking.api.schemas.base import ListQuery
from matchmaking.api.schemas.events import Agenda, EventList, EventOut, SessionOut
from matchmaking.core.i18n import _l
from matchmaking.events import queries
from matchmaking.events.models import AgendaSession, Event
from matchmaking.registration.queries import offered_ticket_types, offered_ticket_types_by_event

FOR_ANY_CACHE = {"Cache-Control": "public, max-age=10"}


@endpoint(
    "GET /events",
    topic="events",
    summary=_l("List the published events"),
    access=EVERYONE,
    query=ListQuery,
    answer=EventList,
)
def events(query: ListQuery) -> Answer:
    def shown(found: Sequence[Event]) -> list[EventOut]:
        offered = offered_ticket_types_by_event([event.id for event in found])
        return [EventOut.of(event, offered.get(event.id, [])) for event in found]

    order = (Event.starts_on, Event.id)
    return Answer(listing(queries.public_events(), order, query, shown), headers=FOR_ANY_CACHE)


@endpoint(
    "GET /events/<slug>",
    topic="events",
    summary=_l("Read one event, with the places left"),
    access=EVERYONE,
    answer=EventOut,
)
def event(event: Event) -> Answer:
    return Answer(EventOut.of(event, offered_ticket_types(event)), headers=FOR_ANY_CACHE)


@endpoint(
    "GET /events/<slug>/agenda",
    topic="events",
    summary=_l("Read the published programme"),
    access=EVERYONE,
    query=ListQuery,
    answer=Agenda,
)
def agenda(event: Event, query: ListQuery) -> Answer:
    def shown(sessions: Sequence[AgendaSession]) -> list[SessionOut]:
        return [SessionOut.of(session) for session in sessions]

    order = (AgendaSession.starts_at, AgendaSession.id)
    sessions = listing(queries.programme_query(event), order, query, shown)
    return Answer(sessions, headers=FOR_ANY_CACHE)
