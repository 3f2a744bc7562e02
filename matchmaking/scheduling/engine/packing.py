"""The problem as a packing problem: at most one option a meeting, and no resource overfull.

Resources are a company in a slot, the common tables in a slot, a booth in a slot,
the interpreters of a set of languages in a slot, a company's limit, and a conflict
between two meetings of which one must precede the other. Each option uses one unit
of each of its resources. Tables that are nobody's booth are only counted: since
meetings are intervals, no slot being overfull is enough to number them afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Ints, ints, offsets, spans
from matchmaking.scheduling.engine.options import Options, options_of
from matchmaking.scheduling.engine.resources import Resources, resources_of
from matchmaking.scheduling.problem import Problem
from matchmaking.scheduling.score import could_stay


@dataclass(frozen=True, slots=True)
class Packing:
    """Option `i` gains `gain[i]` and uses `uses[first[i]:first[i + 1]]`.

    Options of meeting `m` are `of_meeting[m]` to `of_meeting[m + 1]`. The value of a
    schedule is `constant` plus what its options gain. Resources of one `pool` are the
    same thing in different slots.
    """

    options: Options
    gain: Ints
    first: Ints
    uses: Ints
    of_meeting: Ints
    capacity: Ints
    pool: Ints
    constant: int

    def __len__(self) -> int:
        return len(self.options)

    @property
    def meetings(self) -> int:
        return len(self.of_meeting) - 1

    def uses_of(self, chosen: Ints) -> tuple[Ints, Ints]:
        """The resources of these options, one after the other, and how many each has."""
        length = self.first[chosen + 1] - self.first[chosen]
        return self.uses[spans(self.first[chosen], length)], length

    def load(self, chosen: Ints) -> Ints:
        """How many units of each resource these options use together."""
        used, _ = self.uses_of(chosen)
        return np.bincount(used, minlength=len(self.capacity)).astype(np.int64)


def packing_of(problem: Problem) -> Packing:
    options = options_of(problem)
    resources = resources_of(problem, options)
    options, first, uses = _without_the_impossible(options, resources)
    counts = np.bincount(options.meeting, minlength=len(problem.meetings))
    gain, constant = _gains(problem, options)
    return Packing(
        options=options,
        gain=gain,
        first=first,
        uses=uses,
        of_meeting=offsets(counts),
        capacity=resources.capacity,
        pool=resources.pool,
        constant=constant,
    )


def _without_the_impossible(options: Options, resources: Resources) -> tuple[Options, Ints, Ints]:
    """Drop the options that use what there is nothing of, and list the uses by option."""
    impossible = resources.option[resources.capacity[resources.used] < 1]
    kept = np.ones(len(options), dtype=bool)
    kept[impossible] = False
    renumbered = np.cumsum(kept) - 1
    still_used: Bools = kept[resources.option]
    option = renumbered[resources.option[still_used]]
    order = np.argsort(option, kind="stable")
    first = offsets(np.bincount(option, minlength=int(kept.sum())))
    return options.only(kept), first, resources.used[still_used][order]


def _gains(problem: Problem, options: Options) -> tuple[Ints, int]:
    """What each option adds, and what every schedule of this problem has anyway.

    A meeting that could stay costs a move from the outset; staying gains it back.
    """
    weights = ints([meeting.weight for meeting in problem.meetings])
    gain = weights[options.meeting]
    constant = sum(problem.meetings[held.meeting].weight for held in problem.past)
    if problem.previous is None:
        return gain, constant
    cost = problem.previous.move_cost
    for held in problem.previous.schedule:
        if held.start >= problem.now and could_stay(problem, held):
            constant -= cost
            gain[(options.meeting == held.meeting) & (options.start == held.start)] += cost
    return gain, constant
