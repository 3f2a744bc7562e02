"""Who interprets which placed meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools
from matchmaking.scheduling.engine.languages import interpreters_free, speakers
from matchmaking.scheduling.engine.matching import Matching
from matchmaking.scheduling.engine.plan import UNPLACED, Field, Plan
from matchmaking.scheduling.problem import NO_INTERPRETER, Problem


@dataclass(frozen=True, slots=True)
class Interpreters:
    """Each interpreter's free slots as bits, who speaks each language, which meetings need one."""

    free: list[int]
    speaking: dict[str, list[int]]
    needed: Bools


def interpreters_of(problem: Problem) -> Interpreters:
    languages = {meeting.language for meeting in problem.meetings if meeting.language}
    return Interpreters(
        free=[
            sum(1 << int(slot) for slot in np.flatnonzero(row))
            for row in interpreters_free(problem)
        ],
        speaking={one: speakers(problem, [one]).tolist() for one in languages},
        needed=np.array([meeting.language is not None for meeting in problem.meetings], dtype=bool),
    )


def with_interpreters(
    field: Field, interpreters: Interpreters, plan: Plan, slots: Iterable[int]
) -> Plan:
    """The plan with the blocks of these slots interpreted anew; what finds nobody is dropped."""
    chosen, interpreter = plan.chosen.copy(), plan.interpreter.copy()
    interpreter[~plan.placed] = NO_INTERPRETER
    for block in {field.problem.block_of_slot[slot] for slot in slots}:
        for meeting, one in _interpreted(field, interpreters, plan, block).items():
            interpreter[meeting] = one
            if one == NO_INTERPRETER:
                chosen[meeting] = UNPLACED
    return Plan(chosen, interpreter)


def _interpreted(
    field: Field, interpreters: Interpreters, plan: Plan, block: int
) -> dict[int, int]:
    """The interpreter of each meeting of the block that needs one, or none where none is found."""
    first, last = sorted(field.problem.blocks)[block]
    needed = np.flatnonzero(plan.placed & interpreters.needed)
    starts = field.packing.options.start[plan.chosen[needed]]
    here = (starts >= first) & (starts <= last)
    start_of = dict(zip(needed[here].tolist(), starts[here].tolist(), strict=True))
    roster = Matching(able={}, slots={})
    for meeting, start in start_of.items():
        each = field.problem.meetings[meeting]
        slots = each.slots_from(start)
        mask = sum(1 << slot for slot in slots)
        speaking = interpreters.speaking[str(each.language)]
        roster.able[meeting] = [one for one in speaking if interpreters.free[one] & mask == mask]
        roster.slots[meeting] = slots
    for meeting in sorted(start_of, key=lambda one: (-len(roster.slots[one]), one)):
        usual = int(plan.interpreter[meeting])
        if usual in roster.able[meeting]:
            roster.able[meeting].remove(usual)
            roster.able[meeting].insert(0, usual)
        roster.seat(meeting)
    return {one: roster.seat_of.get(one, NO_INTERPRETER) for one in start_of}
