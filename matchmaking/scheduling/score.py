"""What makes one schedule better than another: the four objectives, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matchmaking.scheduling.problem import Assignment, Problem
from matchmaking.scheduling.situation import mask_of_marks


@dataclass(frozen=True, slots=True)
class Score:
    """`value` is to be large; of equal value, the others small, `unfairness` first."""

    value: int
    unfairness: int
    gaps: int
    table_changes: int
    moved: int

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Larger is better."""
        return self.value, -self.unfairness, -self.gaps, -self.table_changes


def score(problem: Problem, assignments: Iterable[Assignment]) -> Score:
    rows = tuple(assignments)
    return Score(
        value=value_of(problem, rows),
        unfairness=unfairness(problem, rows),
        gaps=gaps(problem, rows),
        table_changes=table_changes(problem, rows),
        moved=len(moved_meetings(problem, rows)),
    )


def value_of(problem: Problem, rows: Sequence[Assignment]) -> int:
    """The weight placed, less what the moves cost."""
    weight = sum(problem.meetings[row.meeting].weight for row in rows)
    if problem.previous is None:
        return weight
    return weight - problem.previous.move_cost * len(moved_meetings(problem, rows))


def requested_counts(problem: Problem) -> list[int]:
    counts = [0] * len(problem.participants)
    for meeting in problem.meetings:
        for company in meeting.companies:
            counts[company] += 1
    return counts


def targets(problem: Problem) -> list[int]:
    """For each company, how many meetings it could hope for."""
    requests = requested_counts(problem)
    return [
        min(requests[number], company.max_meetings, company.parallel * company.free_slots)
        for number, company in enumerate(problem.participants)
    ]


def placed_counts(problem: Problem, rows: Iterable[Assignment]) -> list[int]:
    counts = [0] * len(problem.participants)
    for row in rows:
        for company in problem.meetings[row.meeting].companies:
            counts[company] += 1
    return counts


def unfairness(problem: Problem, rows: Iterable[Assignment]) -> int:
    placed = placed_counts(problem, rows)
    return sum(
        max(0, target - count) ** 2 for target, count in zip(targets(problem), placed, strict=True)
    )


def gaps(problem: Problem, rows: Iterable[Assignment]) -> int:
    """Runs of available slots in which a company waits between two meetings of a block."""
    busy = [0] * len(problem.participants)
    for row in rows:
        meeting = problem.meetings[row.meeting]
        slots = (1 << row.start + meeting.duration) - (1 << row.start)
        busy[meeting.a] |= slots
        busy[meeting.b] |= slots
    blocks = [(1 << last + 1) - (1 << first) for first, last in problem.blocks]
    return sum(
        idle_runs(free, its_busy & block)
        for company, its_busy in zip(problem.participants, busy, strict=True)
        if its_busy
        for free in (mask_of_marks(company.available),)
        for block in blocks
    )


def idle_runs(free: int, busy: int) -> int:
    """Runs of bits of `free` and not of `busy`, between the first and last bit of `busy`."""
    if not busy:
        return 0
    between = (1 << busy.bit_length()) - (busy & -busy)
    idle = free & ~busy & between
    return (idle & ~(idle << 1)).bit_count()


def table_changes(problem: Problem, rows: Iterable[Assignment]) -> int:
    """Meetings of one company that follow each other in a block at different tables.

    Meetings that start together follow each other in the order of their tables.
    """
    changes = 0
    sat: dict[tuple[int, int], int] = {}
    for start, table, number in sorted((row.start, row.table, row.meeting) for row in rows):
        block = problem.block_of_slot[start]
        for company in problem.meetings[number].companies:
            changes += sat.get((company, block), table) != table
            sat[company, block] = table
    return changes


def moved_meetings(problem: Problem, rows: Sequence[Assignment]) -> list[int]:
    """Meetings of the previous schedule that could stay but start elsewhere or are dropped."""
    if problem.previous is None:
        return []
    starts = {row.meeting: row.start for row in rows}
    return [
        held.meeting
        for held in problem.previous.schedule
        if held.start >= problem.now
        and starts.get(held.meeting) != held.start
        and could_stay(problem, held)
    ]


def could_stay(problem: Problem, held: Assignment) -> bool:
    """Whether this meeting alone could still be held when it was to be held."""
    meeting = problem.meetings[held.meeting]
    companies = [problem.participants[company] for company in meeting.companies]
    if meeting.starts is not None and held.start not in meeting.starts:
        return False
    if not problem.is_inside_a_block(held.start, meeting.duration):
        return False
    tables = problem.places_of(meeting)
    if not any(
        problem.is_table_available(table, meeting.slots_from(held.start)) for table in tables
    ):
        return False
    slots = slice(held.start, held.start + meeting.duration)
    free = all(
        "0" not in company.available[slots] and company.parallel and company.max_meetings
        for company in companies
    )
    return free and _has_an_interpreter(problem, meeting.language, slots)


def _has_an_interpreter(problem: Problem, language: str | None, slots: slice) -> bool:
    return language is None or any(
        language in person.languages and "0" not in person.available[slots]
        for person in problem.interpreters
    )
