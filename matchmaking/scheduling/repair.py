"""A published schedule mended: a few ways to do it, the smallest first.

| repair | what it does |
| --- | --- |
| `smallest` | moves only what cannot stay; everything else stays exactly as it is |
| `filled` | moves as few, and gives what has become free to requests that wait |
| `rearranged` | moves others, too, where that is worth more than their `move_cost` |

Of each, `changes` says what becomes of every meeting that does not stay as it is, and
`companies` and `interpreters` are whom to tell. A repair of no more value than a smaller
one is not offered.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from threading import Event

from matchmaking.scheduling.changes import (
    Change,
    ChangeKind,
    changes_between,
    companies_to_tell,
    interpreters_to_tell,
)
from matchmaking.scheduling.explain import explain
from matchmaking.scheduling.problem import Assignment, Previous, Problem, Schedule
from matchmaking.scheduling.score import Score, score
from matchmaking.scheduling.seats import seated, with_more

Rows = tuple[Assignment, ...]

SECONDS, SECONDS_A_MEETING = 0.5, 0.0008
LEAST_SECONDS = 0.5
NODES = 500


@dataclass(frozen=True, slots=True)
class Repair:
    """`gained` and `lost` are weights: of what is newly placed, and of what is dropped."""

    name: str
    schedule: Schedule
    changes: tuple[Change, ...]
    companies: tuple[int, ...]
    interpreters: tuple[int, ...]
    gained: int
    lost: int

    def count(self, kind: ChangeKind) -> int:
        return sum(change.kind is kind for change in self.changes)

    @property
    def worth(self) -> int:
        """The weight it adds to the published schedule, or takes from it."""
        return self.gained - self.lost


def repairs(
    problem: Problem,
    *,
    alternatives: int = 3,
    time_limit: float | None = None,
    seed: int = 0,
    stop: Event | None = None,
) -> tuple[Repair, ...]:
    """At most so many ways to mend `problem.previous`, the smallest first; at least one.

    `problem` says what is so now (`disruptions.py` helps); its `previous` what was
    published and when it is. Without a time limit it takes about a second for a thousand
    requests, as much again for each thousand more, and less if it has no better idea.
    """
    if problem.previous is None:
        raise ValueError("only a problem with a previous schedule can be repaired")
    limit = (
        SECONDS + SECONDS_A_MEETING * len(problem.meetings) if time_limit is None else time_limit
    )
    import_module("matchmaking.scheduling.engine.repair")  # its first loading is no searching
    began = time.monotonic()
    kept: list[Repair] = []
    for name, rows in _candidates(problem, began + limit, seed, stop or Event()):
        figures = score(problem, rows)
        if all(figures.value > smaller.schedule.value for smaller in kept):
            kept.append(_repair(problem, name, _schedule(problem, rows, figures, began)))
        if len(kept) >= alternatives:
            break
    return tuple(kept)


def _candidates(
    problem: Problem, deadline: float, seed: int, stop: Event
) -> Iterator[tuple[str, Rows]]:
    from matchmaking.scheduling.engine.linear import Effort  # noqa: PLC0415  slow to load
    from matchmaking.scheduling.engine.repair import nearest_plan, unmoving_field  # noqa: PLC0415

    field = unmoving_field(problem)
    published = {row.meeting for row in problem.published}
    rows = problem.past
    for name, wanted in (("smallest", published), ("filled", set(range(len(problem.meetings))))):
        effort = Effort(max(LEAST_SECONDS, (deadline - time.monotonic()) / 3), seed, NODES)
        plan = nearest_plan(field, filling=name == "filled", effort=effort)
        starts = {int(one): field.start(plan, int(one)) for one in plan.placed.nonzero()[0]}
        rows = with_more(problem, seated(problem, starts), wanted)
        yield name, rows
        if stop.is_set() or time.monotonic() > deadline:
            return
    yield "rearranged", _rearranged(problem, rows, deadline, seed=seed, stop=stop)


def _rearranged(problem: Problem, rows: Rows, deadline: float, *, seed: int, stop: Event) -> Rows:
    """A search that starts from these rows: moving them costs what moving published ones does."""
    from matchmaking.scheduling.solver import solve  # noqa: PLC0415  slow to load

    cost = problem.previous.move_cost if problem.previous else 0
    from_here = replace(problem, previous=Previous(rows, problem.now, cost))
    best = solve(from_here, seed=seed, time_limit=deadline - time.monotonic(), stop=stop)
    starts = {row.meeting: row.start for row in best.assignments if row.start >= problem.now}
    found = seated(problem, starts)
    return found if len(found) == len(best.assignments) else best.assignments


def _schedule(problem: Problem, rows: Rows, figures: Score, began: float) -> Schedule:
    return Schedule(
        assignments=rows,
        value=figures.value,
        bound=sum(meeting.weight for meeting in problem.meetings),
        proved_objectives=0,
        unfairness=figures.unfairness,
        gaps=figures.gaps,
        table_changes=figures.table_changes,
        moved=figures.moved,
        unplaced=explain(problem, rows),
        seconds=time.monotonic() - began,
    )


def _repair(problem: Problem, name: str, schedule: Schedule) -> Repair:
    changes = changes_between(problem.published, schedule.assignments)
    return Repair(
        name=name,
        schedule=schedule,
        changes=changes,
        companies=companies_to_tell(problem, changes),
        interpreters=interpreters_to_tell(changes),
        gained=_weight(problem, changes, ChangeKind.PLACED),
        lost=_weight(problem, changes, ChangeKind.DROPPED),
    )


def _weight(problem: Problem, changes: tuple[Change, ...], kind: ChangeKind) -> int:
    return sum(problem.meetings[one.meeting].weight for one in changes if one.kind is kind)
