"""Who is free when: companies and their lines, tables, interpreters."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from matchmaking.companies.models import Absence, Company, Representative
from matchmaking.core.database import db
from matchmaking.events.models import AgendaSession, Event
from matchmaking.meetings.models import (
    Interpreter,
    InterpreterHours,
    MeetingTable,
    Occupancy,
    Slot,
    TableOutage,
)
from matchmaking.meetings.queries.grid import interpreters_of, slots_of, tables_of
from matchmaking.registration.models import SessionSignUp


@dataclass(frozen=True)
class Lines:
    """A company's lines and who sits at each: `people[line]` are registration ids."""

    company: Company
    people: tuple[frozenset[uuid.UUID], ...]


def lines_of(companies: Sequence[Company]) -> dict[uuid.UUID, Lines]:
    """The lines of each company, by company id."""
    query = select(Representative).where(
        Representative.company_id.in_([company.id for company in companies])
    )
    seated: dict[tuple[uuid.UUID, int], set[uuid.UUID]] = defaultdict(set)
    for row in db.session.scalars(query):
        seated[row.company_id, row.line].add(row.registration_id)
    return {
        company.id: Lines(
            company,
            tuple(frozenset(seated[company.id, line]) for line in range(company.lines)),
        )
        for company in companies
    }


@dataclass(frozen=True)
class Span:
    starts_at: datetime
    ends_at: datetime


Busy = AgendaSession | Span


def overlaps(slot: Slot, spans: Iterable[Absence | Busy | TableOutage]) -> bool:
    return any(span.starts_at < slot.ends_at and slot.starts_at < span.ends_at for span in spans)


def covered(slot: Slot, hours: Sequence[InterpreterHours]) -> bool:
    """No hours at all mean the whole event."""
    return not hours or any(
        span.starts_at <= slot.starts_at and slot.ends_at <= span.ends_at for span in hours
    )


def attended_sessions(
    registration_ids: Iterable[uuid.UUID],
) -> dict[uuid.UUID, list[Busy]]:
    """The sessions each delegate signed up for; B2B sessions themselves do not count."""
    query = (
        select(SessionSignUp.registration_id, AgendaSession)
        .join(AgendaSession, AgendaSession.id == SessionSignUp.session_id)
        .where(
            SessionSignUp.registration_id.in_(list(registration_ids)),
            AgendaSession.slot_minutes.is_(None),
        )
    )
    found: dict[uuid.UUID, list[Busy]] = defaultdict(list)
    for registration_id, session in db.session.execute(query):
        found[registration_id].append(session)
    return found


def absences_of(companies: Sequence[Company]) -> dict[uuid.UUID, list[Absence]]:
    query = select(Absence).where(Absence.company_id.in_([company.id for company in companies]))
    found: dict[uuid.UUID, list[Absence]] = defaultdict(list)
    for absence in db.session.scalars(query):
        found[absence.company_id].append(absence)
    return found


@dataclass(frozen=True)
class Calendar:
    """Which of a company's lines could meet in which slot, bookings left aside.

    `open_lines[slot id]` are the lines with someone to sit there: not absent, and not
    everyone of the line at a session.
    """

    lines: Lines
    open_lines: dict[uuid.UUID, tuple[int, ...]]


def calendars(companies: Sequence[Company], slots: Sequence[Slot]) -> dict[uuid.UUID, Calendar]:
    """The calendar of each company, by company id; four queries however many companies."""
    lines = lines_of(companies)
    absent = absences_of(companies)
    people = [person for seats in lines.values() for line in seats.people for person in line]
    attending = attended_sessions(people)
    return {
        company.id: Calendar(
            lines[company.id],
            {
                slot.id: open_lines(lines[company.id], absent[company.id], attending, slot)
                for slot in slots
            },
        )
        for company in companies
    }


def open_lines(
    lines: Lines,
    absences: list[Absence],
    attending: dict[uuid.UUID, list[Busy]],
    slot: Slot,
) -> tuple[int, ...]:
    """The lines of a company that could meet in this slot."""
    if overlaps(slot, absences):
        return ()
    return tuple(
        number
        for number, people in enumerate(lines.people)
        if not people or any(not overlaps(slot, attending.get(person, ())) for person in people)
    )


def occupied(event: Event) -> dict[uuid.UUID, set[str]]:
    """The resources taken in each slot, by slot id."""
    query = (
        select(Occupancy.slot_id, Occupancy.resource)
        .join(Slot, Slot.id == Occupancy.slot_id)
        .where(Slot.event_id == event.id)
    )
    taken: dict[uuid.UUID, set[str]] = defaultdict(set)
    for slot_id, resource in db.session.execute(query):
        taken[slot_id].add(resource)
    return taken


def company_resource(company_id: uuid.UUID, line: int) -> str:
    return f"company:{company_id.hex}:{line}"


def person_resource(registration_id: uuid.UUID) -> str:
    return f"person:{registration_id.hex}"


def table_resource(table_id: uuid.UUID) -> str:
    return f"table:{table_id.hex}"


def interpreter_resource(interpreter_id: uuid.UUID) -> str:
    return f"interpreter:{interpreter_id.hex}"


@dataclass(frozen=True)
class Grid:
    """Everything a booking chooses from, read once. A table that is out of use counts as taken."""

    slots: Sequence[Slot]
    tables: Sequence[MeetingTable]
    interpreters: Sequence[Interpreter]
    taken: dict[uuid.UUID, set[str]]

    def run(self, first: Slot, length: int) -> list[Slot] | None:
        """The `length` consecutive slots of one block from `first` on; None if there are not."""
        start = self.slots.index(first)
        found = list(self.slots[start : start + length])
        same_block = all(slot.block == first.block for slot in found)
        return found if len(found) == length and same_block else None

    def is_free(self, resource: str, slots: Sequence[Slot]) -> bool:
        return all(resource not in self.taken.get(slot.id, ()) for slot in slots)

    def take(self, slots: Sequence[Slot], resources: Iterable[str]) -> None:
        """Note that these resources have just been taken in these slots."""
        for slot in slots:
            self.taken.setdefault(slot.id, set()).update(resources)

    def without(self, rows: Iterable[tuple[uuid.UUID, str]]) -> "Grid":
        """The same grid with these (slot, resource) rows free."""
        taken = dict(self.taken)
        for slot_id, resource in rows:
            taken[slot_id] = taken.get(slot_id, set()) - {resource}
        return replace(self, taken=taken)

    def free_line(self, calendar: Calendar, slots: Sequence[Slot]) -> int | None:
        """A line of the company that is open and not booked in all these slots."""
        company = calendar.lines.company
        for line in range(company.lines):
            is_open = all(line in calendar.open_lines[slot.id] for slot in slots)
            if is_open and self.is_free(company_resource(company.id, line), slots):
                return line
        return None

    def tables_for(self, companies: Sequence[Company]) -> list[MeetingTable]:
        """The booths of these companies if they have any, else every common table."""
        booths = {company.booth_id for company in companies if company.booth_id}
        owned = [table for table in self.tables if table.booth_id and table.booth_id in booths]
        usable = owned or [table for table in self.tables if table.booth_id is None]
        return [table for table in usable if table.is_usable]

    def free_table(
        self, companies: Sequence[Company], slots: Sequence[Slot]
    ) -> MeetingTable | None:
        options = self.tables_for(companies)
        return next((t for t in options if self.is_free(table_resource(t.id), slots)), None)

    def free_interpreter(
        self, language: str, slots: Sequence[Slot], *, rather: Interpreter | None = None
    ) -> Interpreter | None:
        """Someone who speaks it, works then and is free: `rather` this one than another."""
        for interpreter in ([rather] if rather else []) + list(self.interpreters):
            works = all(covered(slot, interpreter.hours) for slot in slots)
            if (
                language in interpreter.languages
                and works
                and self.is_free(interpreter_resource(interpreter.id), slots)
            ):
                return interpreter
        return None


def grid_of(event: Event) -> Grid:
    slots, tables, taken = slots_of(event), tables_of(event), occupied(event)
    for table in tables:
        for slot in slots if table.outages else ():
            if overlaps(slot, table.outages):
                taken[slot.id].add(table_resource(table.id))
    return Grid(slots, tables, interpreters_of(event), taken)


def language_needed(a: Company, b: Company, interpreters: Sequence[Interpreter]) -> str | None:
    """The language an interpreter must bring, or None when the two can talk without one.

    Of the languages of the side that speaks less Vietnamese, the one most interpreters of
    the event speak, so that the choice leaves the scheduler the most room.
    """
    if set(a.languages) & set(b.languages) or not (a.needs_interpreter or b.needs_interpreter):
        return None
    guest = b if "vi" in a.languages else a
    candidates = [code for code in guest.languages if code != "vi"]
    if not candidates:
        return None
    return max(candidates, key=lambda code: sum(code in i.languages for i in interpreters))
