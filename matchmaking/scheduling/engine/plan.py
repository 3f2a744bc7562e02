"""A schedule while it is being made: an option and an interpreter for each meeting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Ints, ints
from matchmaking.scheduling.engine.packing import Packing, packing_of
from matchmaking.scheduling.problem import NO_INTERPRETER, Problem
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


@dataclass(frozen=True, slots=True)
class Field:
    """A problem with all that is computed from it once."""

    problem: Problem
    packing: Packing
    companies: Ints
    durations: Ints
    targets: Ints
    held: Ints

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
    return Field(
        problem=problem,
        packing=packing_of(problem),
        companies=ints([meeting.companies for meeting in problem.meetings]).reshape(-1, 2).T,
        durations=ints([meeting.duration for meeting in problem.meetings]),
        targets=ints(targets(problem)),
        held=ints(placed_counts(problem, problem.past)),
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
                interpreter[held.meeting] = held.interpreter
                room[used] -= 1
    return Plan(chosen, interpreter)
