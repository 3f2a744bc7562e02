"""What makes one schedule better than another: the four objectives, in their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matchmaking.scheduling.problem import Assignment, Problem


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
    moved = len(moved_meetings(problem, rows))
    cost = problem.previous.move_cost * moved if problem.previous else 0
    return Score(
        value=sum(problem.meetings[row.meeting].weight for row in rows) - cost,
        unfairness=unfairness(problem, rows),
        gaps=gaps(problem, rows),
        table_changes=table_changes(problem, rows),
        moved=moved,
    )


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
    busy: defaultdict[tuple[int, int], set[int]] = defaultdict(set)
    for row in rows:
        meeting = problem.meetings[row.meeting]
        for company in meeting.companies:
            busy[company, problem.block_of_slot[row.start]].update(meeting.slots_from(row.start))
    return sum(
        idle_runs(problem.participants[company].available, slots)
        for (company, _), slots in busy.items()
    )


def idle_runs(available: str, busy: set[int]) -> int:
    runs, waiting = 0, False
    for slot in range(min(busy), max(busy)):
        idle = available[slot] == "1" and slot not in busy
        runs += idle and not waiting
        waiting = idle
    return runs


def table_changes(problem: Problem, rows: Iterable[Assignment]) -> int:
    """Meetings of one company that follow each other in a block at different tables.

    Meetings that start together follow each other in the order of their tables.
    """
    held: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for row in rows:
        for company in problem.meetings[row.meeting].companies:
            held[company, problem.block_of_slot[row.start]].append((row.start, row.table))
    return sum(
        earlier[1] != later[1]
        for meetings in held.values()
        for earlier, later in pairwise(sorted(meetings))
    )


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
    if not (problem.booths_of(meeting) or problem.common_tables):
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
