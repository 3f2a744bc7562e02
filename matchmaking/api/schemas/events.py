"""Events and their programme, as anyone may read them."""

import uuid
from collections.abc import Sequence
from datetime import date

from matchmaking.api.schemas.base import Bilingual, Listing, Moment, Output
from matchmaking.core import clock
from matchmaking.events.models import AgendaSession, Event, RegistrationWindow, Speaker
from matchmaking.registration.models import TicketType


class TicketTypeOut(Output):
    """A kind of place. `places` null: as many as come; `places_left` then is null too."""

    code: str
    name: Bilingual
    description: Bilingual
    attendances: list[str]
    places: int | None
    places_left: int | None
    needs_approval: bool
    has_waiting_list: bool

    @classmethod
    def of(cls, ticket_type: TicketType) -> "TicketTypeOut":
        return cls(
            code=ticket_type.code,
            name=Bilingual.of(ticket_type.name),
            description=Bilingual.of(ticket_type.description),
            attendances=ticket_type.attendances,
            places=ticket_type.places,
            places_left=ticket_type.places_left,
            needs_approval=ticket_type.needs_approval,
            has_waiting_list=ticket_type.has_waiting_list,
        )


class EventOut(Output):
    """A published event. `ends_at` is the first moment after its last day."""

    slug: str
    title: Bilingual
    theme: Bilingual
    starts_on: date
    ends_on: date
    starts_at: Moment
    ends_at: Moment
    timezone: str
    venue: Bilingual
    registration: RegistrationWindow
    registration_opens_at: Moment | None
    registration_closes_at: Moment | None
    ticket_types: list[TicketTypeOut]

    @classmethod
    def of(cls, event: Event, ticket_types: Sequence[TicketType]) -> "EventOut":
        return cls(
            slug=event.slug,
            title=Bilingual.of(event.name),
            theme=Bilingual.of(event.theme),
            starts_on=event.starts_on,
            ends_on=event.ends_on,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            timezone=event.timezone,
            venue=Bilingual.of(event.venue),
            registration=event.registration_window(clock.now()),
            registration_opens_at=event.registration_opens_at,
            registration_closes_at=event.registration_closes_at,
            ticket_types=[TicketTypeOut.of(one) for one in ticket_types],
        )


EventList = Listing[EventOut]


class SpeakerOut(Output):
    full_name: str
    job_title: Bilingual
    organization: Bilingual

    @classmethod
    def of(cls, speaker: Speaker) -> "SpeakerOut":
        return cls(
            full_name=speaker.full_name,
            job_title=Bilingual.of(speaker.job_title),
            organization=Bilingual.of(speaker.organization),
        )


class SessionOut(Output):
    """A part of the programme; `parent` is the id of the session it is inside."""

    id: uuid.UUID
    parent: uuid.UUID | None
    kind: str
    title: Bilingual
    description: Bilingual
    starts_at: Moment
    ends_at: Moment
    room: Bilingual | None
    track: Bilingual | None
    speakers: list[SpeakerOut]

    @classmethod
    def of(cls, session: AgendaSession) -> "SessionOut":
        return cls(
            id=session.id,
            parent=session.parent_id,
            kind=session.kind,
            title=Bilingual.of(session.title),
            description=Bilingual.of(session.description),
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            room=Bilingual.of(session.hall.name) if session.hall else None,
            track=Bilingual.of(session.track.name) if session.track else None,
            speakers=[SpeakerOut.of(speaker) for speaker in session.speakers],
        )


Agenda = Listing[SessionOut]
