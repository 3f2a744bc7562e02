"""The single changes that would let a meeting into a schedule in which nothing else moves."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from matchmaking.scheduling.problem import Remedy, Subject
from matchmaking.scheduling.situation import Situation, add, remove, runs, slots_of
from matchmaking.scheduling.starts import Starts, holders_of, starts_of

MOST = 4
MOST_DROPPED = 5


def remedies_for(situation: Situation, starts: Starts) -> tuple[Remedy, ...]:
    """At most four, those that ask least of people first."""
    limited = [
        company for company in starts.meeting.companies if situation.is_at_its_limit(company)
    ]
    if limited:
        found = _with_a_higher_limit(starts, limited)
    else:
        found = _without_touching_limits(situation, starts)
    dropping = _by_dropping_one(situation, starts)
    return tuple(islice(chain(found, dropping), MOST))


def _with_a_higher_limit(starts: Starts, limited: list[int]) -> Iterator[Remedy]:
    a, b = starts.open
    if len(limited) == 1 and starts.allowed & a & b & _held(starts):
        yield Remedy("raise_limit", (Subject("participant", limited[0]),))


def _held(starts: Starts) -> int:
    """Starts that no table, interpreter or precedence stands against."""
    return starts.table & starts.interpreter & starts.ordered


def _without_touching_limits(situation: Situation, starts: Starts) -> Iterator[Remedy]:
    a, b = starts.open
    both = a & b
    elsewhere = starts.grid & ~starts.allowed & both & _held(starts)
    for start in islice(slots_of(elsewhere), 1):
        yield Remedy("allow_start", (Subject("meeting", starts.number), Subject("slot", start)))
    for company, other in zip(starts.meeting.companies, (b, a), strict=True):
        yield from _with_a_company_there(situation, starts, company, other)
    if not situation.problem.booths_of(starts.meeting):
        lacking = starts.allowed & both & ~starts.table & starts.interpreter & starts.ordered
        yield from _one_more(starts, lacking, "add_table")
    if starts.meeting.language is not None:
        lacking = starts.allowed & both & starts.table & ~starts.interpreter & starts.ordered
        language = Subject("language", starts.meeting.language)
        yield from _one_more(starts, lacking, "add_interpreter", language)
    yield from islice(_with_another_person(situation, starts), 1)


def _with_another_person(situation: Situation, starts: Starts) -> Iterator[Remedy]:
    for company, other in zip(starts.meeting.companies, reversed(starts.open), strict=True):
        available = runs(situation.available[company], starts.meeting.duration)
        lacking = starts.allowed & available & other & _held(starts)
        yield from _one_more(starts, lacking, "add_line", Subject("participant", company))


def _with_a_company_there(
    situation: Situation, starts: Starts, company: int, other: int
) -> Iterator[Remedy]:
    """Available where it is not, for as few slots as possible."""
    unless_full = runs(~situation.full[company], starts.meeting.duration)
    possible = starts.allowed & unless_full & other & _held(starts)
    missing = [
        [
            slot
            for slot in starts.meeting.slots_from(start)
            if not situation.available[company] >> slot & 1
        ]
        for start in slots_of(possible)
    ]
    for slots in sorted(filter(None, missing), key=len)[:1]:
        yield Remedy(
            "free", (Subject("participant", company), *(Subject("slot", slot) for slot in slots))
        )


def _one_more(starts: Starts, lacking: int, action: str, *subjects: Subject) -> Iterator[Remedy]:
    for start in islice(slots_of(lacking), 1):
        slots = (Subject("slot", slot) for slot in starts.meeting.slots_from(start))
        yield Remedy(action, (*subjects, *slots))


def _by_dropping_one(situation: Situation, starts: Starts) -> Iterator[Remedy]:
    """The least meeting whose place this one could take."""
    meetings = situation.problem.meetings
    candidates = sorted(
        _alone_in_the_way(situation, starts), key=lambda one: (meetings[one].weight, one)
    )
    for number in candidates[:MOST_DROPPED]:
        row = situation.placed[number]
        remove(situation, row)
        fits = _fits(situation, starts.number)
        add(situation, row)
        if fits:
            yield Remedy("drop", (Subject("meeting", number),))
            return


def _alone_in_the_way(situation: Situation, starts: Starts) -> set[int]:
    """Meetings that alone fill a start, or a company's limit."""
    alone: set[int] = set()
    for start in slots_of(starts.both_available):
        holders = holders_of(situation, starts, start)
        if len(holders) == 1:
            alone.update(holders)
    for company in starts.meeting.companies:
        if situation.is_at_its_limit(company):
            for slot in range(situation.problem.now, situation.problem.slots):
                alone |= situation.at.get((company, slot), set())
    return {one for one in alone if situation.placed[one].start >= situation.problem.now}


def _fits(situation: Situation, number: int) -> bool:
    starts = starts_of(situation, number)
    if any(situation.is_at_its_limit(company) for company in starts.meeting.companies):
        return False
    return bool(starts.allowed & starts.open[0] & starts.open[1] & _held(starts))
