"""What each place of the board is for a lifted card: free, free with a swap, or not, and why.

Pure: everything is read before, into a `Situation`. The same `place_at` that books
decides here too, so that a place called free can be booked.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from itertools import islice

from matchmaking.companies.models import Company
from matchmaking.core.errors import DomainError
from matchmaking.meetings.models import Meeting, MeetingRequest, MeetingTable, Slot
from matchmaking.meetings.queries.availability import (
    Calendar,
    Grid,
    company_resource,
    interpreter_resource,
    language_needed,
    table_resource,
)
from matchmaking.meetings.services.board import refusals
from matchmaking.meetings.services.places import Place, place_at, resources_of

MOST_TRIED = 6


class Kind(StrEnum):
    HERE = "here"
    FREE = "free"
    SWAP = "swap"
    REFUSED = "refused"


@dataclass(frozen=True)
class Card:
    """What is lifted: a meeting, or a request that waits for one. `refusal`: fits nowhere."""

    companies: tuple[Company, Company]
    meeting: Meeting | None = None
    request: MeetingRequest | None = None
    refusal: DomainError | None = None

    @property
    def length(self) -> int:
        return self.meeting.length if self.meeting else 1


@dataclass(frozen=True)
class Situation:
    """The event at `now`. `holders`: whose meeting a (slot id, resource) is."""

    grid: Grid
    plans: dict[uuid.UUID, Calendar]
    meetings: dict[uuid.UUID, Meeting]
    holders: dict[tuple[uuid.UUID, str], uuid.UUID]
    now: datetime

    def rows_of(self, meeting: Meeting | None) -> list[tuple[uuid.UUID, str]]:
        """The occupancy of a meeting; none of no meeting."""
        return self._rows[meeting.id] if meeting else []

    @cached_property
    def _rows(self) -> dict[uuid.UUID, list[tuple[uuid.UUID, str]]]:
        rows = defaultdict(list)
        for row, meeting_id in self.holders.items():
            rows[meeting_id].append(row)
        return rows


@dataclass(frozen=True)
class Verdict:
    """`place` is the card's; `other` makes room and goes to `elsewhere`; `refusal` says why not."""

    kind: Kind
    place: Place | None = None
    other: Meeting | None = None
    elsewhere: Place | None = None
    refusal: DomainError | None = None


@dataclass(frozen=True)
class Lifted:
    """A card in the hand: `bare` is the grid without it."""

    situation: Situation
    card: Card
    bare: Grid

    def verdict(self, slot: Slot, table: MeetingTable | None = None) -> Verdict:
        """What this slot is, at this table or at any."""
        own = self.card.meeting
        if own and own.slot_id == slot.id and table in (None, own.table):
            return Verdict(Kind.HERE)
        if slot.starts_at <= self.situation.now:
            return Verdict(Kind.REFUSED, refusal=refusals.past(slot))
        if self.card.refusal:
            return Verdict(Kind.REFUSED, refusal=self.card.refusal)
        if place := self._place(self.bare, slot, table):
            return Verdict(Kind.FREE, place)
        return self._with_a_swap(slot, table) or Verdict(
            Kind.REFUSED, refusal=self._why(slot, table)
        )

    def _place(self, grid: Grid, slot: Slot, table: MeetingTable | None) -> Place | None:
        own = self.card.meeting
        found = place_at(
            grid,
            self.situation.plans,
            self.card.companies,
            slot,
            length=self.card.length,
            table=table,
            interpreter=own.interpreter if own else None,
        )
        return found if isinstance(found, Place) else None

    def _with_a_swap(self, slot: Slot, table: MeetingTable | None) -> Verdict | None:
        for other in self._in_the_way(slot, table):
            if other.is_pinned or other.slot.starts_at <= self.situation.now:
                continue
            grid = self.bare.without(self.situation.rows_of(other))
            place = self._place(grid, slot, table)
            elsewhere = self._elsewhere(grid, place, other) if place else None
            if elsewhere:
                return Verdict(Kind.SWAP, place, other, elsewhere)
        return None

    def _in_the_way(self, slot: Slot, table: MeetingTable | None) -> list[Meeting]:
        """Meetings of which one alone may keep the card out, the likeliest first."""
        slots = self.bare.run(slot, self.card.length) or []
        wanted = list(self._wanted(slots, table))
        ids = [
            self.situation.holders[slot.id, resource]
            for resource in wanted
            for slot in slots
            if resource in self.bare.taken.get(slot.id, ())
        ]
        return [self.situation.meetings[one] for one in islice(dict.fromkeys(ids), MOST_TRIED)]

    def _wanted(self, slots: Sequence[Slot], table: MeetingTable | None) -> Iterator[str]:
        if table is not None:
            yield table_resource(table.id)
        for company in self.card.companies:
            plan = self.situation.plans[company.id]
            if self.bare.free_line(plan, slots) is None:
                yield from (company_resource(company.id, n) for n in range(company.lines))
        if table is None and self.bare.free_table(self.card.companies, slots) is None:
            own = self.bare.tables_for(self.card.companies)
            yield from (table_resource(one.id) for one in own)
        language = language_needed(*self.card.companies, self.bare.interpreters)
        for person in self.bare.interpreters:
            if language in person.languages:
                yield interpreter_resource(person.id)

    def _elsewhere(self, grid: Grid, place: Place, other: Meeting) -> Place | None:
        """Where the other meeting can go: another table, the card's old place, the nearest time."""
        held = resources_of(place, self.card.companies)
        taken = dict(grid.taken)
        for slot in place.slots:
            taken[slot.id] = taken.get(slot.id, set()) | held
        rest = Grid(grid.slots, grid.tables, grid.interpreters, taken)
        pair = (other.company_a, other.company_b)
        for slot, table in self._options(other):
            found = place_at(
                rest,
                self.situation.plans,
                pair,
                slot,
                length=other.length,
                table=table,
                interpreter=other.interpreter,
            )
            if isinstance(found, Place):
                return found
        return None

    def _options(self, other: Meeting) -> Iterator[tuple[Slot, MeetingTable | None]]:
        own = self.card.meeting
        yield other.slot, None
        if own:
            yield own.slot, own.table
        future = [slot for slot in self.bare.slots if slot.starts_at > self.situation.now]
        for slot in sorted(future, key=lambda one: abs(one.starts_at - other.slot.starts_at)):
            yield slot, None

    def _why(self, slot: Slot, table: MeetingTable | None) -> DomainError:
        """The plainest reason why the card cannot go here."""
        grid, companies = self.bare, self.card.companies
        slots = grid.run(slot, self.card.length)
        if slots is None:
            return refusals.outside(slot)
        for company in companies:
            plan = self.situation.plans[company.id]
            if grid.free_line(plan, slots) is None:
                return refusals.of_company(company, self._meeting_of(company, slots))
        if table and table not in grid.tables_for(companies):
            return refusals.of_table(table)
        if table and not grid.is_free(table_resource(table.id), slots):
            holder = self._holder(slots, table_resource(table.id))
            return refusals.of_meeting(holder) if holder else refusals.table_away(table)
        if grid.free_table(companies, slots) is None:
            return refusals.no_table()
        return refusals.no_interpreter()

    def _meeting_of(self, company: Company, slots: Sequence[Slot]) -> Meeting | None:
        found = (self._holder(slots, company_resource(company.id, n)) for n in range(company.lines))
        return next((meeting for meeting in found if meeting), None)

    def _holder(self, slots: Sequence[Slot], resource: str) -> Meeting | None:
        held = (self.situation.holders.get((slot.id, resource)) for slot in slots)
        own = self.card.meeting.id if self.card.meeting else None
        return next((self.situation.meetings[one] for one in held if one and one != own), None)


def lift(situation: Situation, card: Card) -> Lifted:
    """Take a card in the hand; what it held is free while it is there."""
    return Lifted(situation, card, situation.grid.without(situation.rows_of(card.meeting)))
