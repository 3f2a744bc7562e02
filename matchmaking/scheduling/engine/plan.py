"""A schedule while it is being made: an option and an interpreter for each meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Ints, ints, offsets
from matchmaking.scheduling.engine.options import COMMON
from matchmaking.scheduling.engine.packing import Packing, packing_of
from matchmaking.scheduling.problem import NO_INTERPRETER, Assignment, Problem
from matchmaking.scheduling.score import placed_counts, targets

UNPLACED = -1


@dataclass(frozen=True, slots=True)
class Plan:
    """`chosen[m]` is an option or `UNPLACED`. Arrays are never changed once they are in a plan."""

    chosen: Ints
    interpreter: Ints

    @property
    def placed(self) -> Bools:
        placed: Bools = self.chosen != UNPLACED
        return placed

    @property
    def options(self) -> Ints:
        return self.chosen[self.placed]


@dataclass(frozen=True, slots=True)
class Settled:
    """The best plan found; how many of its four objectives are proved, in their order."""

    plan: Plan
    proved: int
    tables: dict[int, int] | None = None


@dataclass(frozen=True)
class Field:
    """A problem with all that is computed from it once.

    Options that start in slot `s` are `by_start[first_at[s]:first_at[s + 1]]`.
    """

    problem: Problem
    packing: Packing
    companies: Ints
    durations: Ints
    targets: Ints
    held: Ints
    by_start: Ints
    first_at: Ints

    @cached_property
    def typical_gain(self) -> float:
        return float(np.median(self.packing.gain)) if len(self.packing) else 0.0

    def value(self, plan: Plan) -> int:
        return self.packing.constant + int(self.packing.gain[plan.options].sum())

    def counts(self, plan: Plan) -> Ints:
        """How many meetings each company has, those of the past included."""
        meetings = self.companies[:, plan.placed].reshape(-1)
        return self.held + np.bincount(meetings, minlength=len(self.held))

    def unfairness(self, plan: Plan) -> int:
        missing = np.maximum(0, self.targets - self.counts(plan))
        return int((missing**2).sum())

    def rank(self, plan: Plan) -> tuple[int, int]:
        """Larger is better."""
        return self.value(plan), -self.unfairness(plan)

    def start(self, plan: Plan, meeting: int) -> int:
        return int(self.packing.options.start[plan.chosen[meeting]])


def field_of(problem: Problem) -> Field:
    packing = packing_of(problem)
    return Field(
        problem=problem,
        packing=packing,
        companies=ints([meeting.companies for meeting in problem.meetings]).reshape(-1, 2).T,
        durations=ints([meeting.duration for meeting in problem.meetings]),
        targets=ints(targets(problem)),
        held=ints(placed_counts(problem, problem.past)),
        by_start=np.argsort(packing.options.start, kind="stable"),
        first_at=offsets(np.bincount(packing.options.start, minlength=problem.slots)),
    )


def previous_plan(field: Field) -> Plan:
    """Every meeting of the previous schedule, where there is one, that can start when it did."""
    chosen = np.full(len(field.durations), UNPLACED, dtype=np.int64)
    interpreter = np.full(len(field.durations), NO_INTERPRETER, dtype=np.int64)
    previous = field.problem.previous.schedule if field.problem.previous else ()
    room = field.packing.capacity.copy()
    for held in previous:
        options = field.packing.options.of(held.meeting)
        for option in options[field.packing.options.start[options] == held.start].tolist():
            used, _ = field.packing.uses_of(ints([option]))
            if chosen[held.meeting] == UNPLACED and (room[used] > 0).all():
                chosen[held.meeting] = option
                if field.problem.meetings[held.meeting].language is not None:
                    interpreter[held.meeting] = held.interpreter
                room[used] -= 1
    return Plan(chosen, interpreter)


def plan_of(field: Field, rows: Iterable[Assignment]) -> Plan:
    """These meetings at these times; those of the past are no part of a plan."""
    chosen = np.full(len(field.durations), UNPLACED, dtype=np.int64)
    interpreter = np.full(len(field.durations), NO_INTERPRETER, dtype=np.int64)
    options, booths = field.packing.options, field.problem.booths
    wanted = ints(
        [
            (row.meeting, row.start, row.table if row.table in booths else COMMON, row.interpreter)
            for row in rows
        ]
    ).reshape(-1, 4)
    size = field.problem.slots, field.problem.tables - COMMON
    keys = _key(size, options.meeting, options.start, options.place)
    found = np.searchsorted(keys, _key(size, *wanted.T[:3]))
    there = np.append(keys, UNPLACED)[found] == _key(size, *wanted.T[:3])
    chosen[wanted[there, 0]], interpreter[wanted[there, 0]] = found[there], wanted[there, 3]
    return Plan(chosen, interpreter)


def _key(size: tuple[int, int], meeting: Ints, start: Ints, place: Ints) -> Ints:
    """A number for each option, in the order in which options are sorted."""
    slots, places = size
    return (meeting * slots + start) * places + place - COMMON
