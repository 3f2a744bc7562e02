"""The whole event as one problem: every meeting in force and every request that waits.

Unlike `problem_for`, which takes what is pinned out of the problem, nothing is left out
here. So this is what a repair starts from, and what a schedule after it is judged by.
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from matchmaking.companies.models import Company
from matchmaking.core import clock
from matchmaking.events.models import Event
from matchmaking.meetings.models import Interpreter, Meeting, MeetingRequest, MeetingTable, Slot
from matchmaking.meetings.queries.availability import (
    Calendar,
    calendars,
    covered,
    language_needed,
)
from matchmaking.meetings.queries.board import companies_at
from matchmaking.meetings.queries.grid import interpreters_of, slots_of, tables_of
from matchmaking.meetings.queries.meetings import agreed_requests, meetings_at, priorities
from matchmaking.meetings.queries.problem import blocks_of, usable_slots
from matchmaking.scheduling import problem as plain


@dataclass(frozen=True)
class Whole:
    """Rows by the number they have in `problem`. The first meetings are those in force."""

    event: Event
    slots: Sequence[Slot]
    tables: Sequence[MeetingTable]
    interpreters: Sequence[Interpreter]
    companies: Sequence[Company]
    meetings: Sequence[Meeting]
    requests: Sequence[MeetingRequest]
    problem: plain.Problem

    @property
    def now(self) -> int:
        """The number of slots that have begun."""
        moment = clock.now()
        return sum(slot.starts_at <= moment for slot in self.slots)

    def pair(self, number: int) -> tuple[Company, Company]:
        """The companies of a meeting of the problem."""
        a, b = self.problem.meetings[number].companies
        return self.companies[a], self.companies[b]

    def row(self, number: int) -> Meeting | MeetingRequest:
        """The meeting in force, or the request, that has this number."""
        held = len(self.meetings)
        return self.meetings[number] if number < held else self.requests[number - held]


@dataclass(frozen=True)
class _Rows:
    """What is read; `number` counts slots, tables, companies and interpreters by id."""

    event: Event
    slots: Sequence[Slot]
    tables: Sequence[MeetingTable]
    interpreters: Sequence[Interpreter]
    companies: Sequence[Company]
    meetings: Sequence[Meeting]
    requests: Sequence[MeetingRequest]
    plans: dict[uuid.UUID, Calendar]

    @cached_property
    def number(self) -> dict[uuid.UUID, int]:
        kinds: list[Sequence[Any]] = [self.slots, self.tables, self.interpreters, self.companies]
        return {row.id: number for rows in kinds for number, row in enumerate(rows)}

    @cached_property
    def held(self) -> dict[uuid.UUID, list[int]]:
        """The slots in which each company, interpreter and table is in a meeting."""
        found: dict[uuid.UUID, list[int]] = defaultdict(list)
        for one in self.meetings:
            first = self.number[one.slot_id]
            for owner in (one.company_a_id, one.company_b_id, one.interpreter_id, one.table_id):
                if owner:
                    found[owner] += range(first, first + one.length)
        return found

    @cached_property
    def counts(self) -> dict[uuid.UUID, int]:
        found: dict[uuid.UUID, int] = defaultdict(int)
        for one in self.meetings:
            found[one.company_a_id] += 1
            found[one.company_b_id] += 1
        return found


def whole_of(event: Event) -> Whole:
    """The event as it stands now. What is held already counts as possible where it is."""
    meetings = meetings_at(event)
    met = {one.pair for one in meetings}
    requests = [
        one
        for one in agreed_requests(event)
        if one.pair not in met and one.from_company.is_confirmed and one.to_company.is_confirmed
    ]
    slots = slots_of(event)
    companies = list(companies_at(event).values())
    tables_used = {one.table_id for one in meetings}
    rows = _Rows(
        event=event,
        slots=slots,
        tables=[one for one in tables_of(event) if one.is_usable or one.id in tables_used],
        interpreters=interpreters_of(event),
        companies=companies,
        meetings=meetings,
        requests=requests,
        plans=calendars(companies, slots),
    )
    return Whole(
        event, slots, rows.tables, rows.interpreters, companies, meetings, requests, _problem(rows)
    )


def _problem(rows: _Rows) -> plain.Problem:
    problem = plain.Problem(
        slots=len(rows.slots),
        blocks=blocks_of(rows.slots),
        tables=len(rows.tables),
        participants=tuple(_participant(rows, company) for company in rows.companies),
        interpreters=tuple(
            plain.Interpreter(
                tuple(person.languages),
                _marks(
                    rows,
                    person.id,
                    {n for n, s in enumerate(rows.slots) if covered(s, person.hours)},
                ),
            )
            for person in rows.interpreters
        ),
        meetings=(*_held(rows), *_waiting(rows)),
        name=rows.event.slug,
        table_available=tuple(
            _marks(rows, table.id, usable_slots(table, rows.slots)) for table in rows.tables
        ),
    )
    moment = clock.now()
    now = sum(slot.starts_at <= moment for slot in rows.slots)
    return replace(problem, previous=plain.Previous(_seats(rows), now, _move_cost(problem)))


def _marks(rows: _Rows, owner: uuid.UUID, open_slots: set[int]) -> str:
    """Where it can be met, or is met already."""
    there = open_slots | set(rows.held[owner])
    return "".join("1" if n in there else "0" for n in range(len(rows.slots)))


def _participant(rows: _Rows, company: Company) -> plain.Participant:
    open_lines = rows.plans[company.id].open_lines
    open_slots = {
        n for n, slot in enumerate(rows.slots) if len(open_lines[slot.id]) == company.lines
    }
    limit = (
        rows.event.meetings_per_company if company.max_meetings is None else company.max_meetings
    )
    own = (one for one in rows.tables if company.booth_id and one.booth_id == company.booth_id)
    booth = next(own, None)
    return plain.Participant(
        side="L" if company.side.value == "local" else "F",
        available=_marks(rows, company.id, open_slots),
        max_meetings=max(limit, rows.counts[company.id]),
        parallel=company.lines,
        booth=rows.number[booth.id] if booth else None,
    )


def _held(rows: _Rows) -> list[plain.Meeting]:
    """A pinned meeting starts where it does or not at all."""
    weight = priorities(rows.event)
    return [
        plain.Meeting(
            a=rows.number[one.company_a_id],
            b=rows.number[one.company_b_id],
            weight=weight.get(one.pair, 3),
            duration=one.length,
            language=_spoken(rows, one),
            starts=(rows.number[one.slot_id],) if one.is_pinned else None,
        )
        for one in rows.meetings
    ]


def _spoken(rows: _Rows, one: Meeting) -> str | None:
    """The language it is interpreted in; none where it is held without an interpreter."""
    if one.interpreter_id is None:
        return None
    return one.language or language_needed(one.company_a, one.company_b, rows.interpreters)


def _waiting(rows: _Rows) -> list[plain.Meeting]:
    weight = priorities(rows.event)
    return [
        plain.Meeting(
            a=rows.number[one.from_company_id],
            b=rows.number[one.to_company_id],
            weight=weight[one.pair],
            language=language_needed(one.from_company, one.to_company, rows.interpreters),
        )
        for one in rows.requests
    ]


def _seats(rows: _Rows) -> tuple[plain.Assignment, ...]:
    return tuple(
        plain.Assignment(
            number,
            rows.number[one.slot_id],
            rows.number[one.table_id],
            rows.number[one.interpreter_id] if one.interpreter_id else plain.NO_INTERPRETER,
        )
        for number, one in enumerate(rows.meetings)
    )


def _move_cost(problem: plain.Problem) -> int:
    """Half a usual meeting: what a move of somebody else must at least be worth."""
    weights = sorted(meeting.weight for meeting in problem.meetings)
    return max(1, round(weights[len(weights) // 2] / 2)) if weights else 1
