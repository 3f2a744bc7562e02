"""What one more of each scarce thing is worth: estimated by duals, verified by solving again.

| change | estimate |
| --- | --- |
| one more table | the price of a table's slot, for every slot left |
| one more interpreter of a language | the same of those who speak it |
| one more slot in a block | all that is there in the block's last slot, once more |
| one more meeting for a company | the price of its limit |
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from threading import Event
from typing import TYPE_CHECKING

from matchmaking.scheduling.problem import Assignment, Previous, Problem, Remedy, Schedule, Subject
from matchmaking.scheduling.whatif import (
    with_higher_limit,
    with_interpreter,
    with_slot,
    with_tables,
)

if TYPE_CHECKING:
    from matchmaking.scheduling.engine.scarcity import Scarcity

MOST_COMPANIES = 3
SHARE_FOR_PRICES = 0.2


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """`gained` is the value that the change adds, `placed` how many more meetings it lets in.

    Both were found by solving the problem again with the change; they are `None` where
    time did not suffice for that. `estimated` is what prices promise.
    """

    change: Remedy
    estimated: float
    gained: int | None = None
    placed: int | None = None


class _StopWith(Event):
    """Set when another one is; the other is left alone."""

    def __init__(self, other: Event) -> None:
        super().__init__()
        self.other = other

    def is_set(self) -> bool:
        return super().is_set() or self.other.is_set()


def bottlenecks(
    problem: Problem,
    assignments: Sequence[Assignment],
    *,
    time_limit: float = 60.0,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
    stop: Event | None = None,
) -> tuple[Bottleneck, ...]:
    """One more of everything scarce, what helps most first; what was not verified comes last.

    Every solution starts from this schedule, and the schedule itself is improved for as
    long first. `progress` is told how many solutions are found, and of how many.
    """
    from matchmaking.scheduling.solver import solve  # noqa: PLC0415  slow to load

    deadline = time.monotonic() + time_limit
    stop = stop or Event()

    def solved(one: Problem, *, of: int) -> Schedule:
        seconds = max(0.0, deadline - time.monotonic()) / of
        return solve(one, seed=seed, time_limit=seconds, stop=_StopWith(stop))

    changes = _changes(problem, time_limit * SHARE_FOR_PRICES)
    found = dict.fromkeys(changes)
    base = solved(_started(problem, assignments), of=len(changes) + 1)
    for done, bottleneck in enumerate(changes):
        if stop.is_set() or time.monotonic() > deadline:
            break
        changed = _changed(_started(problem, base.assignments), bottleneck.change)
        found[bottleneck] = _verified(bottleneck, base, solved(changed, of=len(changes) - done))
        if progress is not None:
            progress(done + 1, len(changes))
    return tuple(sorted((after or before for before, after in found.items()), key=_order))


def _changes(problem: Problem, seconds: float) -> list[Bottleneck]:
    """What could be verified, the most promising first."""
    from matchmaking.scheduling.engine.scarcity import scarcity_of  # noqa: PLC0415  slow to load

    scarcity = scarcity_of(problem, seconds=seconds)
    left = problem.slots - problem.now
    found = [Bottleneck(Remedy("add_table", ()), scarcity.table * left)]
    for language in sorted({one.language for one in problem.meetings if one.language}):
        change = Remedy("add_interpreter", (Subject("language", language),))
        found.append(Bottleneck(change, scarcity.speaking([language]) * left))
    for block, (_, last) in enumerate(sorted(problem.blocks)):
        if last >= problem.now:
            change = Remedy("add_slot", (Subject("block", block),))
            found.append(Bottleneck(change, _price_of_slot(problem, scarcity, last)))
    dearest = sorted(enumerate(scarcity.limit), key=lambda one: (-one[1], one[0]))
    for company, price in dearest[:MOST_COMPANIES]:
        if price > 0:
            found.append(
                Bottleneck(Remedy("raise_limit", (Subject("participant", company),)), price)
            )
    return sorted(found, key=lambda one: -one.estimated)


def _price_of_slot(problem: Problem, scarcity: Scarcity, slot: int) -> float:
    """Of all that there is in this slot."""
    companies = sum(
        price * one.parallel * (one.available[slot] == "1")
        for price, one in zip(scarcity.company, problem.participants, strict=True)
    )
    tables = sum(
        problem.is_table_available(one, range(slot, slot + 1)) for one in problem.common_tables
    )
    people = sum(
        scarcity.speaking(one.languages)
        for one in problem.interpreters
        if one.available[slot] == "1"
    )
    return companies + scarcity.table * tables + people


def _started(problem: Problem, rows: Sequence[Assignment]) -> Problem:
    """The problem with this schedule to start from, all of which may move for nothing."""
    from matchmaking.scheduling.engine.uniform import uniform_of  # noqa: PLC0415  slow to load

    if problem.published or uniform_of(problem) is not None:
        return problem
    return replace(problem, previous=Previous(tuple(rows), now=0, move_cost=0))


def _changed(problem: Problem, change: Remedy) -> Problem:
    key = change.subjects[0].key if change.subjects else ""
    if change.action == "add_table":
        return with_tables(problem)
    if change.action == "add_interpreter":
        return with_interpreter(problem, [str(key)])
    if change.action == "add_slot":
        return with_slot(problem, int(key))
    return with_higher_limit(problem, int(key))


def _verified(bottleneck: Bottleneck, base: Schedule, again: Schedule) -> Bottleneck:
    """A search that is cut short may find less than there was: then nothing is gained."""
    if again.value <= base.value:
        return replace(bottleneck, gained=0, placed=0)
    more = len(again.assignments) - len(base.assignments)
    return replace(bottleneck, gained=again.value - base.value, placed=more)


def _order(bottleneck: Bottleneck) -> tuple[int, float, str]:
    gained = -1 if bottleneck.gained is None else bottleneck.gained
    return -gained, -bottleneck.estimated, str(bottleneck.change)
