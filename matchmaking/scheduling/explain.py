"""Why a meeting is not in a schedule.

| reason | subjects |
| --- | --- |
| `company_full` | the companies at their limit |
| `no_common_slot` | the two companies |
| `no_interpreter` | the language, then the common slots without a free interpreter |
| `no_table` | the common slots in which every table is taken |
| `outranked` | the meetings that hold the companies' common slots |
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from matchmaking.scheduling.problem import (
    NO_INTERPRETER,
    Assignment,
    Meeting,
    Problem,
    Remedy,
    Subject,
    Unplaced,
)


@dataclass(frozen=True)
class _Use:
    """What a schedule uses: meetings of a company by slot, tables by slot, interpreters."""

    held: dict[tuple[int, int], list[int]]
    placed: Counter[int]
    tables: Counter[int]
    interpreting: set[tuple[int, int]]


def explain(problem: Problem, assignments: Iterable[Assignment]) -> tuple[Unplaced, ...]:
    """The tightest reason for every meeting that was left out, and what would place it."""
    rows = tuple(assignments)
    placed = {row.meeting for row in rows}
    use = _use(problem, rows)
    return tuple(
        _reason(problem, use, number)
        for number in range(len(problem.meetings))
        if number not in placed
    )


def _use(problem: Problem, rows: tuple[Assignment, ...]) -> _Use:
    use = _Use(defaultdict(list), Counter(), Counter(), set())
    for row in rows:
        meeting = problem.meetings[row.meeting]
        use.placed.update(meeting.companies)
        for slot in meeting.slots_from(row.start):
            for company in meeting.companies:
                use.held[company, slot].append(row.meeting)
            if row.table not in problem.booths:
                use.tables[slot] += 1
            if row.interpreter != NO_INTERPRETER:
                use.interpreting.add((row.interpreter, slot))
    return use


def _reason(problem: Problem, use: _Use, number: int) -> Unplaced:
    meeting = problem.meetings[number]
    full = [c for c in meeting.companies if use.placed[c] >= problem.participants[c].max_meetings]
    if full:
        companies = tuple(Subject("participant", company) for company in full)
        return Unplaced(
            number,
            "company_full",
            companies,
            tuple(Remedy("raise_limit", (company,)) for company in companies),
        )
    common = [slot for slot in _starts(problem, meeting) if _is_open(problem, meeting, slot)]
    if not common:
        both = tuple(Subject("participant", company) for company in meeting.companies)
        return Unplaced(number, "no_common_slot", both)
    free = [slot for slot in common if not _blockers(problem, use, meeting, slot)]
    if not free:
        blockers = sorted({b for slot in common for b in _blockers(problem, use, meeting, slot)})
        return Unplaced(number, "outranked", tuple(Subject("meeting", b) for b in blockers))
    return _no_room(problem, use, number, free)


def _no_room(problem: Problem, use: _Use, number: int, free: list[int]) -> Unplaced:
    """Both companies are free at `free`: an interpreter or a table is what is missing."""
    meeting = problem.meetings[number]
    slots = tuple(Subject("slot", slot) for slot in free)
    with_table = [slot for slot in free if use.tables[slot] < len(problem.common_tables)]
    if meeting.language is not None and with_table:
        language = Subject("language", meeting.language)
        remedy = Remedy("add_interpreter", (language, Subject("slot", with_table[0])))
        subjects = tuple(Subject("slot", slot) for slot in with_table)
        return Unplaced(number, "no_interpreter", (language, *subjects), (remedy,))
    return Unplaced(number, "no_table", slots, (Remedy("add_table", slots[:1]),))


def _starts(problem: Problem, meeting: Meeting) -> Iterable[int]:
    starts = range(problem.slots) if meeting.starts is None else meeting.starts
    return [
        s for s in starts if s >= problem.now and problem.is_inside_a_block(s, meeting.duration)
    ]


def _is_open(problem: Problem, meeting: Meeting, start: int) -> bool:
    return all(
        problem.participants[company].available[slot] == "1"
        for company in meeting.companies
        for slot in meeting.slots_from(start)
    )


def _blockers(problem: Problem, use: _Use, meeting: Meeting, start: int) -> set[int]:
    """Meetings of the two companies that leave them no line at this start."""
    return {
        other
        for company in meeting.companies
        for slot in meeting.slots_from(start)
        if len(use.held[company, slot]) >= problem.participants[company].parallel
        for other in use.held[company, slot]
    }
