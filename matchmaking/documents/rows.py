"""The rows of a day on paper, as plain values."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from matchmaking.companies.models import Company
from matchmaking.core.bilingual import Bilingual
from matchmaking.documents import words
from matchmaking.events.models import AgendaSession, Event
from matchmaking.meetings.models import Meeting
from matchmaking.reference.places import country

NOTHING = Bilingual()


@dataclass(frozen=True)
class Row:
    """One line of a day. `mark` tells meetings, own sessions and those open to all apart."""

    day: date
    starts: str
    ends: str
    mark: str
    title: Bilingual
    detail: Bilingual = NOTHING
    second_title: Bilingual = NOTHING
    place: Bilingual = NOTHING
    table: str = ""
    interpreter: str = ""


@dataclass(frozen=True)
class Day:
    label: Bilingual
    rows: tuple[Row, ...]


def days_of(rows: Iterable[Row]) -> tuple[Day, ...]:
    """The rows in order of time, under the days they fall on."""
    in_order = sorted(rows, key=lambda row: (row.day, row.starts, row.ends))
    return tuple(
        Day(words.day_label(day), tuple(of_day))
        for day, of_day in groupby(in_order, key=lambda row: row.day)
    )


def is_open(session: AgendaSession) -> bool:
    """A part of the programme one simply goes to."""
    return session.parent_id is None and not session.sign_up and not session.has_slots


def session_row(event: Event, session: AgendaSession, own: Collection[uuid.UUID]) -> Row:
    return Row(
        *session_times(event, session.starts_at, session.ends_at),
        mark="session" if session.id in own else "open",
        title=session.title,
        place=session.hall.name if session.hall else NOTHING,
    )


def meeting_row(meeting: Meeting, company_id: uuid.UUID) -> Row:
    """A meeting as one of the two companies sees it."""
    partner = meeting.partner_of(company_id)
    return _row_of(meeting, partner.name, detail=_home(partner))


def neutral_row(meeting: Meeting) -> Row:
    """A meeting as the table or the interpreter sees it: both companies."""
    return _row_of(meeting, meeting.company_a.name, second_title=meeting.company_b.name)


def _row_of(
    meeting: Meeting,
    title: Bilingual,
    *,
    detail: Bilingual = NOTHING,
    second_title: Bilingual = NOTHING,
) -> Row:
    slot = meeting.slot
    ends_at = slot.starts_at + (slot.ends_at - slot.starts_at) * meeting.length
    return Row(
        *session_times(meeting.event, slot.starts_at, ends_at),
        mark="meeting",
        title=title,
        detail=detail,
        second_title=second_title,
        table=str(meeting.table.number),
        interpreter=meeting.interpreter.full_name if meeting.interpreter else "",
    )


def session_times(event: Event, starts_at: datetime, ends_at: datetime) -> tuple[date, str, str]:
    start, end = starts_at.astimezone(event.zone), ends_at.astimezone(event.zone)
    return start.date(), f"{start:%H:%M}", f"{end:%H:%M}"


def _home(company: Company) -> Bilingual:
    home = country(company.country).labels
    return Bilingual(home.vi, home.en)
