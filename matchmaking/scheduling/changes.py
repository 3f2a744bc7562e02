"""What differs between two schedules, meeting by meeting, and who must be told of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from matchmaking.scheduling.problem import NO_INTERPRETER, Assignment, Problem


class ChangeKind(StrEnum):
    DROPPED = "dropped"
    MOVED = "moved"
    RESEATED = "reseated"
    PLACED = "placed"


@dataclass(frozen=True, slots=True)
class Change:
    """One meeting that is not as it was: `before` or `after` is `None` where there was none.

    A meeting is `moved` if it starts at another time, `reseated` if only its table or
    its interpreter is another, `placed` if it is new.
    """

    meeting: int
    before: Assignment | None
    after: Assignment | None

    @property
    def kind(self) -> ChangeKind:
        if self.after is None:
            return ChangeKind.DROPPED
        if self.before is None:
            return ChangeKind.PLACED
        if self.before.start != self.after.start:
            return ChangeKind.MOVED
        return ChangeKind.RESEATED

    @property
    def concerns_companies(self) -> bool:
        """Its companies must be told; of another interpreter alone they need not be."""
        if self.before is None or self.after is None:
            return True
        places = {(row.start, row.table) for row in (self.before, self.after)}
        return len(places) > 1

    @property
    def interpreters(self) -> frozenset[int]:
        """Those whose day it changes."""
        rows = (row for row in (self.before, self.after) if row is not None)
        return frozenset(row.interpreter for row in rows if row.interpreter != NO_INTERPRETER)


def changes_between(
    before: Iterable[Assignment], after: Iterable[Assignment]
) -> tuple[Change, ...]:
    """Dropped meetings first, then moved, reseated and placed ones, each in order of time."""
    was = {row.meeting: row for row in before}
    will_be = {row.meeting: row for row in after}
    changes = [
        Change(meeting, was.get(meeting), will_be.get(meeting))
        for meeting in was.keys() | will_be.keys()
        if was.get(meeting) != will_be.get(meeting)
    ]
    return tuple(sorted(changes, key=_order))


def _order(change: Change) -> tuple[int, int, int]:
    row = change.before or change.after
    start = row.start if row else 0
    return list(ChangeKind).index(change.kind), start, change.meeting


def companies_to_tell(problem: Problem, changes: Iterable[Change]) -> tuple[int, ...]:
    concerned = (
        company
        for change in changes
        if change.concerns_companies
        for company in problem.meetings[change.meeting].companies
    )
    return tuple(sorted(set(concerned)))


def interpreters_to_tell(changes: Iterable[Change]) -> tuple[int, ...]:
    return tuple(sorted({person for change in changes for person in change.interpreters}))
