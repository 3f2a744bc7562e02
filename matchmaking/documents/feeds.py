"""Calendars people subscribe to: their own agenda, an event's programme."""

from matchmaking.companies.queries import company_of
from matchmaking.documents.calendar import (
    calendar_of,
    entry_for_event,
    entry_for_meeting,
    entry_for_session,
)
from matchmaking.documents.queries import all_meetings_of
from matchmaking.events.models import Event
from matchmaking.events.queries import sessions_of
from matchmaking.meetings.queries.meetings import agenda_of
from matchmaking.registration.models import Registration


def personal_calendar(registration: Registration) -> bytes:
    """The event, the sessions the delegate attends, the meetings of their company."""
    if registration.is_cancelled:
        return calendar_of(registration.event, [entry_for_event(registration.event, ended=True)])
    entries = [entry_for_event(registration.event)]
    own_sessions = [item.session for item in agenda_of(registration) if item.session]
    entries += map(entry_for_session, own_sessions)
    company = company_of(registration)
    if company is not None:
        entries += [entry_for_meeting(meeting, company) for meeting in all_meetings_of(company)]
    return calendar_of(registration.event, entries)


def programme_calendar(event: Event) -> bytes:
    """Every session of the public programme."""
    return calendar_of(event, map(entry_for_session, sessions_of(event)))
