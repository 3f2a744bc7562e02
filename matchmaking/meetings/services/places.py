"""Finding two companies a place together, and holding it.

The occupancy table refuses what must not be: its primary key (slot, resource) admits one
meeting, whatever arrives at once.
"""

import uuid
from dataclasses import dataclass

from sqlalchemy import delete, insert

from matchmaking.companies.models import Company
from matchmaking.core import clock
from matchmaking.core.bilingual import Bilingual
from matchmaking.core.database import db
from matchmaking.events.models import Event
from matchmaking.meetings.models import Interpreter, Meeting, MeetingTable, Occupancy, Slot
from matchmaking.meetings.queries.availability import (
    Calendar,
    Grid,
    calendars,
    company_resource,
    grid_of,
    interpreter_resource,
    language_needed,
    person_resource,
    table_resource,
)
from matchmaking.meetings.services import errors


@dataclass(frozen=True)
class Place:
    """Where two companies can sit together: consecutive slots, a line each, table, interpreter."""

    slots: list[Slot]
    lines: tuple[int, int]
    table: MeetingTable
    interpreter: Interpreter | None
    language: str | None


def free_slots(a: Company, b: Company, *, length: int = 1) -> list[Slot]:
    """Future slots in which both are free and a table and, if needed, an interpreter is too."""
    grid = grid_of(a.event)
    plans = calendars([a, b], grid.slots)
    future = [slot for slot in grid.slots if slot.starts_at > clock.now()]
    return [
        slot
        for slot in future
        if isinstance(place_at(grid, plans, (a, b), slot, length=length), Place)
    ]


def find_place(
    event: Event,
    companies: tuple[Company, Company],
    slot: Slot,
    *,
    length: int,
    table: MeetingTable | None,
    interpreter: Interpreter | None = None,
) -> Place:
    """Where the two can sit at `slot`; raises a MeetingError that names alternatives.

    `interpreter` is the one they would rather keep.
    """
    if slot.event_id != event.id or (table and table.event_id != event.id):
        raise errors.OtherEvent(slot)
    if slot.starts_at <= clock.now():
        raise errors.SlotPast(slot)
    grid = grid_of(event)
    plans = calendars(companies, grid.slots)
    found = place_at(
        grid, plans, companies, slot, length=length, table=table, interpreter=interpreter
    )
    if isinstance(found, Place):
        return found
    raise found(
        slot,
        alternatives=free_slots(*companies, length=length),
        company=_who_cannot(grid, plans, companies, slot),
    )


def place_at(
    grid: Grid,
    plans: dict[uuid.UUID, Calendar],
    companies: tuple[Company, Company],
    slot: Slot,
    *,
    length: int = 1,
    table: MeetingTable | None = None,
    interpreter: Interpreter | None = None,
) -> Place | type[errors.MeetingError]:
    """A place for the two at `slot`, or the kind of refusal."""
    slots = grid.run(slot, length)
    if slots is None:
        return errors.OutsideGrid
    lines = tuple(grid.free_line(plans[company.id], slots) for company in companies)
    if None in lines:
        is_open = all(plans[c.id].open_lines[s.id] for c in companies for s in slots)
        return errors.SlotTaken if is_open else errors.CompanyUnavailable
    chosen = table if table and grid.is_free(table_resource(table.id), slots) else None
    seat = chosen if table else grid.free_table(companies, slots)
    if seat is None or seat not in grid.tables_for(companies):
        return errors.TableTaken
    language = language_needed(*companies, grid.interpreters)
    person = grid.free_interpreter(language, slots, rather=interpreter) if language else None
    if language and person is None:
        return errors.NoInterpreter
    return Place(slots, (lines[0] or 0, lines[1] or 0), seat, person, language)


def _who_cannot(
    grid: Grid, plans: dict[uuid.UUID, Calendar], companies: tuple[Company, Company], slot: Slot
) -> Bilingual | None:
    blocked = (c for c in companies if grid.free_line(plans[c.id], [slot]) is None)
    return next((company.name for company in blocked), None)


def release(*meetings: Meeting) -> None:
    """Delete the occupancy rows of these meetings."""
    ids = [meeting.id for meeting in meetings]
    db.session.execute(delete(Occupancy).where(Occupancy.meeting_id.in_(ids)))


def occupy(*places: tuple[Meeting, Place]) -> None:
    """Write the meetings' rows, in sorted order so that two writers never wait for each other.

    Raises IntegrityError when a resource is taken.
    """
    rows = sorted(
        (slot.id, resource, meeting.id)
        for meeting, place in places
        for slot in place.slots
        for resource in resources_of(place, (meeting.company_a, meeting.company_b))
    )
    if rows:
        columns = ("slot_id", "resource", "meeting_id")
        db.session.execute(
            insert(Occupancy), [dict(zip(columns, row, strict=True)) for row in rows]
        )


def resources_of(place: Place, companies: tuple[Company, Company]) -> set[str]:
    """Everything two companies take up at a place, as occupancy names it."""
    resources = {table_resource(place.table.id)}
    if place.interpreter:
        resources.add(interpreter_resource(place.interpreter.id))
    for company, line in zip(companies, place.lines, strict=True):
        resources.add(company_resource(company.id, line))
        resources.update(
            person_resource(person.registration_id)
            for person in company.representatives
            if person.line == line
        )
    return resources
