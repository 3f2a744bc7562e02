"""An event's meetings to place, as the plain problem the scheduler solves.

Meetings that stay where they are (pinned, already begun, or booked by hand and asked for by
nobody) take their companies' and interpreters' slots out of the problem. Each keeps its table by a stand-in:
a meeting of two companies that exist only for it, worth more than all others together.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from matchmaking.companies.models import Company
from matchmaking.core import clock
from matchmaking.events.models import Event
from matchmaking.meetings.models import (
    Interpreter,
    Meeting,
    MeetingOrigin,
    MeetingRequest,
    MeetingTable,
    Slot,
)
from matchmaking.meetings.queries.availability import (
    Calendar,
    calendars,
    covered,
    language_needed,
    overlaps,
)
from matchmaking.meetings.queries.grid import interpreters_of, slots_of, tables_of
from matchmaking.meetings.queries.meetings import agreed_requests, meetings_at, priorities
from matchmaking.scheduling import problem as plain


@dataclass(frozen=True)
class EventProblem:
    """The plain problem and whose number is whose; ids only, so it outlives the transaction.

    Requests and companies are numbered as in the problem; `fixed` are the stand-ins that
    follow the requests: (meeting index, table index). `left_out` are requests that cannot
    be asked of the scheduler, with the reason.
    """

    problem: plain.Problem
    requests: tuple[uuid.UUID, ...]
    companies: tuple[uuid.UUID, ...]
    slots: tuple[uuid.UUID, ...]
    tables: tuple[uuid.UUID, ...]
    interpreters: tuple[uuid.UUID, ...]
    fixed: dict[int, int] = field(default_factory=dict)
    left_out: tuple[tuple[uuid.UUID, str], ...] = ()

    @property
    def pairs(self) -> dict[frozenset[uuid.UUID], int]:
        """The number of the request of each two companies."""
        asked = self.problem.meetings[: len(self.requests)]
        return {
            frozenset(self.companies[one] for one in meeting.companies): number
            for number, meeting in enumerate(asked)
        }

    @property
    def fixed_weight(self) -> int:
        return sum(self.problem.meetings[index].weight for index in self.fixed)


@dataclass(frozen=True)
class _Facts:
    event: Event
    slots: Sequence[Slot]
    tables: Sequence[MeetingTable]
    interpreters: Sequence[Interpreter]
    requests: Sequence[MeetingRequest]
    companies: Sequence[Company]
    calendars: dict[uuid.UUID, Calendar]
    staying: Sequence[Meeting]
    taken: dict[str, set[int]]

    @property
    def number_of(self) -> dict[uuid.UUID, int]:
        return {slot.id: number for number, slot in enumerate(self.slots)}


def problem_for(event: Event) -> EventProblem:
    """The event's problem as it stands now."""
    slots = slots_of(event)
    agreed = agreed_requests(event)
    stay = staying(meetings_at(event), agreed)
    askable, left_out = _askable(agreed, stay)
    companies = sorted(
        {c.id: c for r in askable for c in (r.from_company, r.to_company)}.values(),
        key=lambda company: company.id,
    )
    facts = _Facts(
        event=event,
        slots=slots,
        tables=[table for table in tables_of(event) if table.is_usable],
        interpreters=interpreters_of(event),
        requests=askable,
        companies=companies,
        calendars=calendars(companies, slots),
        staying=stay,
        taken=_taken(slots, stay),
    )
    return _assembled(facts, left_out)


def staying(meetings: Iterable[Meeting], agreed: Iterable[MeetingRequest]) -> list[Meeting]:
    """The meetings that the scheduler neither moves nor cancels.

    One that was booked by hand for two companies without an agreed request is nobody's to
    place: it stays even when it is not pinned.
    """
    now = clock.now()
    wanted = {request.pair for request in agreed}
    return [
        one
        for one in meetings
        if one.is_pinned
        or one.slot.starts_at <= now
        or (one.origin is not MeetingOrigin.SCHEDULE and one.pair not in wanted)
    ]


def _askable(
    agreed: Iterable[MeetingRequest], stay: Iterable[Meeting]
) -> tuple[list[MeetingRequest], list[tuple[uuid.UUID, str]]]:
    met = {meeting.pair for meeting in stay}
    askable, left_out = [], []
    for request in agreed:
        if request.pair in met:
            continue
        if request.from_company.is_confirmed and request.to_company.is_confirmed:
            askable.append(request)
            continue
        left_out.append((request.id, "company_not_confirmed"))
    return askable, left_out


def _taken(slots: Sequence[Slot], staying: Sequence[Meeting]) -> dict[str, set[int]]:
    """Slot numbers that staying meetings take, by company, interpreter and table id."""
    number = {slot.id: n for n, slot in enumerate(slots)}
    taken: dict[str, set[int]] = defaultdict(set)
    for meeting in staying:
        first = number[meeting.slot_id]
        for owner in (meeting.company_a_id, meeting.company_b_id, meeting.interpreter_id):
            taken[str(owner)].update(range(first, first + meeting.length))
    return taken


def _assembled(facts: _Facts, left_out: list[tuple[uuid.UUID, str]]) -> EventProblem:
    table_number = {table.id: n for n, table in enumerate(facts.tables)}
    meetings = _meetings(facts)
    companies = [_participant(facts, company, table_number) for company in facts.companies]
    fixed: dict[int, int] = {}
    heavy = 1 + sum(meeting.weight for meeting in meetings)
    for held in _holding_common_tables(facts):
        fixed[len(meetings)] = table_number[held.table_id]
        meetings.append(_stand_in(facts, held, first_company=len(companies), weight=heavy))
        companies += [_stand_in_company(facts)] * 2
    return EventProblem(
        problem=plain.Problem(
            slots=len(facts.slots),
            blocks=blocks_of(facts.slots),
            tables=len(facts.tables),
            participants=tuple(companies),
            interpreters=tuple(_interpreter(facts, person) for person in facts.interpreters),
            meetings=tuple(meetings),
            name=facts.event.slug,
            table_available=_table_hours(facts),
        ),
        requests=tuple(request.id for request in facts.requests),
        companies=tuple(company.id for company in facts.companies),
        slots=tuple(slot.id for slot in facts.slots),
        tables=tuple(table.id for table in facts.tables),
        interpreters=tuple(person.id for person in facts.interpreters),
        fixed=fixed,
        left_out=tuple(left_out),
    )


def _meetings(facts: _Facts) -> list[plain.Meeting]:
    index = {company.id: n for n, company in enumerate(facts.companies)}
    weight = priorities(facts.event)
    return [
        plain.Meeting(
            a=index[request.from_company_id],
            b=index[request.to_company_id],
            weight=weight[request.pair],
            language=language_needed(request.from_company, request.to_company, facts.interpreters),
        )
        for request in facts.requests
    ]


def _participant(
    facts: _Facts, company: Company, table_number: dict[uuid.UUID, int]
) -> plain.Participant:
    taken = facts.taken[str(company.id)]
    open_lines = facts.calendars[company.id].open_lines
    now = clock.now()
    available = "".join(
        "1"
        if n not in taken and slot.starts_at > now and len(open_lines[slot.id]) == company.lines
        else "0"
        for n, slot in enumerate(facts.slots)
    )
    limit = (
        facts.event.meetings_per_company if company.max_meetings is None else company.max_meetings
    )
    held = sum(company.id in (m.company_a_id, m.company_b_id) for m in facts.staying)
    booth = next(
        (t for t in facts.tables if company.booth_id and t.booth_id == company.booth_id), None
    )
    return plain.Participant(
        side="L" if company.side.value == "local" else "F",
        available=available,
        max_meetings=max(0, limit - held),
        parallel=company.lines,
        booth=table_number[booth.id] if booth else None,
    )


def _interpreter(facts: _Facts, person: Interpreter) -> plain.Interpreter:
    taken = facts.taken[str(person.id)]
    available = "".join(
        "1" if n not in taken and covered(slot, person.hours) else "0"
        for n, slot in enumerate(facts.slots)
    )
    return plain.Interpreter(languages=tuple(person.languages), available=available)


def usable_slots(table: MeetingTable, slots: Sequence[Slot]) -> set[int]:
    """The numbers of the slots in which it can be used."""
    if not table.is_usable:
        return set()
    return {n for n, slot in enumerate(slots) if not overlaps(slot, table.outages)}


def _table_hours(facts: _Facts) -> tuple[str, ...]:
    """None at all where every table can always be used. Who stays at a table may sit there."""
    if not any(table.outages for table in facts.tables):
        return ()
    held: dict[uuid.UUID, set[int]] = defaultdict(set)
    for meeting in facts.staying:
        first = facts.number_of[meeting.slot_id]
        held[meeting.table_id].update(range(first, first + meeting.length))
    return tuple(
        "".join(
            "1" if n in held[table.id] | usable_slots(table, facts.slots) else "0"
            for n in range(len(facts.slots))
        )
        for table in facts.tables
    )


def _holding_common_tables(facts: _Facts) -> list[Meeting]:
    """Staying meetings still to come, at tables that others could otherwise be given."""
    common = {table.id for table in facts.tables if table.booth_id is None}
    now = clock.now()
    return [m for m in facts.staying if m.table_id in common and m.slot.starts_at > now]


def _stand_in(facts: _Facts, held: Meeting, *, first_company: int, weight: int) -> plain.Meeting:
    return plain.Meeting(
        a=first_company,
        b=first_company + 1,
        weight=weight,
        duration=held.length,
        starts=(facts.number_of[held.slot_id],),
    )


def _stand_in_company(facts: _Facts) -> plain.Participant:
    return plain.Participant(side="L", available="1" * len(facts.slots), max_meetings=1)


def blocks_of(slots: Sequence[Slot]) -> tuple[tuple[int, int], ...]:
    sizes = Counter(slot.block for slot in slots)
    blocks, first = [], 0
    for block in sorted(sizes):
        blocks.append((first, first + sizes[block] - 1))
        first += sizes[block]
    return tuple(blocks)
