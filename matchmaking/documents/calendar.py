"""iCalendar: an event, its programme, a person's agenda. Addresses of entries never change.

A calendar program recognizes an entry by its UID and believes the one with the higher
SEQUENCE; one that was cancelled stays in the feed as cancelled, or it would linger.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import url_for

from matchmaking.companies.models import Company
from matchmaking.core import clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.i18n import _, current_language
from matchmaking.events.models import AgendaSession, Event
from matchmaking.meetings.models import Meeting, MeetingStatus
from matchmaking.web.settings import absolute

if TYPE_CHECKING:
    from icalendar import Event as Entry

CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar_of(event: Event, entries: Iterable["Entry"]) -> bytes:
    """A calendar in the reader's language, with the time zones it uses."""
    from icalendar import Calendar  # noqa: PLC0415  slow to load

    calendar = Calendar()
    calendar.add("prodid", "-//Gap Go//Gap Go//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", event.name.in_(current_language()))
    calendar.add("x-wr-timezone", event.timezone)
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(entry)
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def entry_for_event(event: Event, *, ended: bool = False) -> "Entry":
    """The whole event, across its days; `ended` when this person no longer comes."""
    entry = _entry("event", event.id, event.version + ended, event.name)
    entry.add("status", "CANCELLED" if ended else "CONFIRMED")
    entry.add("dtstart", event.starts_on)
    entry.add("dtend", event.ends_on + timedelta(days=1))
    entry.add("url", absolute(url_for("events.show", slug=event.slug)))
    entry.add("transp", "TRANSPARENT")
    _add_place(entry, event.venue)
    _describe(entry, event.name, event.theme)
    return entry


def entry_for_session(session: AgendaSession) -> "Entry":
    event = session.event
    entry = _entry("session", session.id, event.version, session.title)
    _add_times(entry, event, session.starts_at, session.ends_at)
    _add_place(entry, session.hall.name if session.hall else None, event.venue)
    _describe(entry, session.title, session.description)
    return entry


def entry_for_meeting(meeting: Meeting, company: Company) -> "Entry":
    """A meeting as the company's people see it; also one that was cancelled."""
    event, partner = meeting.event, meeting.partner_of(company.id)
    summary = _("Meeting: %(partner)s", partner=partner.name.in_(current_language()))
    entry = _entry("meeting", meeting.id, meeting.sequence, Bilingual(summary, summary))
    is_cancelled = meeting.status is MeetingStatus.CANCELLED
    entry.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    starts_at = meeting.slot.starts_at
    ends_at = starts_at + (meeting.slot.ends_at - starts_at) * meeting.length
    _add_times(entry, event, starts_at, ends_at)
    table = _("Table %(number)s", number=meeting.table.number)
    _add_place(entry, Bilingual(table, table), event.venue)
    _describe(entry, partner.name, *_interpreter(meeting))
    return entry


def _interpreter(meeting: Meeting) -> list[Bilingual]:
    if meeting.interpreter is None:
        return []
    sentence = _("Interpreter: %(name)s", name=meeting.interpreter.full_name)
    return [Bilingual(sentence, sentence)]


def _entry(kind: str, subject_id: uuid.UUID, sequence: int, summary: Bilingual) -> "Entry":
    from icalendar import Event as Entry  # noqa: PLC0415  slow to load

    entry = Entry()
    entry.add("uid", f"{kind}-{subject_id}@gap-go")
    entry.add("dtstamp", clock.now())
    entry.add("sequence", sequence)
    entry.add("summary", summary.in_(current_language()))
    return entry


def _add_times(entry: "Entry", event: Event, starts_at: datetime, ends_at: datetime) -> None:
    entry.add("dtstart", starts_at.astimezone(event.zone))
    entry.add("dtend", ends_at.astimezone(event.zone))


def _add_place(entry: "Entry", *places: Bilingual | None) -> None:
    words = [place.in_(current_language()) for place in places if place]
    if words:
        entry.add("location", ", ".join(words))


def _describe(entry: "Entry", *texts: Bilingual) -> None:
    """Both languages, the reader's first: the person beside them may need the other."""
    first, second = ("en", "vi") if current_language() == "en" else ("vi", "en")
    lines: list[Any] = [text.in_(one) for one in (first, second) for text in texts if text]
    entry.add("description", "\n".join(dict.fromkeys(lines)))
