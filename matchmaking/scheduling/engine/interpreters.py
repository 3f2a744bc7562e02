"""Who interprets which placed meeting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as attribute

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools
from matchmaking.scheduling.engine.engagements import Engagements, engaged
from matchmaking.scheduling.engine.languages import interpreters_free, language_sets, speakers
from matchmaking.scheduling.engine.matching import Matching
from matchmaking.scheduling.engine.plan import UNPLACED, Field, Plan
from matchmaking.scheduling.problem import NO_INTERPRETER, Problem


@dataclass(frozen=True, slots=True)
class Interpreters:
    """Each interpreter's free slots as bits, who speaks each language, which meetings need one.

    `sets` are the sets of languages to count by, with who speaks any of each; `able` remembers
    who speaks a language and is free in some slots.
    """

    free: list[int]
    speaking: dict[str, list[int]]
    needed: Bools
    sets: dict[frozenset[str], frozenset[int]]
    able: dict[tuple[str, range], list[int]] = attribute(default_factory=dict)


def interpreters_of(problem: Problem) -> Interpreters:
    languages = {meeting.language for meeting in problem.meetings if meeting.language}
    return Interpreters(
        free=[
            sum(1 << int(slot) for slot in np.flatnonzero(row))
            for row in interpreters_free(problem)
        ],
        speaking={one: speakers(problem, [one]).tolist() for one in languages},
        needed=np.array([meeting.language is not None for meeting in problem.meetings], dtype=bool),
        sets={one: frozenset(speakers(problem, one).tolist()) for one in language_sets(problem)},
    )


def with_interpreters(
    field: Field, interpreters: Interpreters, plan: Plan, slots: Iterable[int]
) -> Plan:
    """The plan with an interpreter for every meeting in these slots; what finds none is dropped."""
    chosen, interpreter = plan.chosen.copy(), plan.interpreter.copy()
    interpreter[~plan.placed] = NO_INTERPRETER
    roster = _roster(field, interpreters, plan, slots)
    _seat(roster, plan, {})
    if len(roster.seat_of) < len(roster.able):
        roster = _with_long_ones_first(field, interpreters, plan, roster)
    for meeting in roster.able:
        interpreter[meeting] = roster.seat_of.get(meeting, NO_INTERPRETER)
        if interpreter[meeting] == NO_INTERPRETER:
            chosen[meeting] = UNPLACED
    return Plan(chosen, interpreter)


def _seat(roster: Matching, plan: Plan, engagements: dict[int, int]) -> None:
    """Whoever is engaged already, then whoever the plan has, then anybody: the longest first."""
    wished = {meeting: int(plan.interpreter[meeting]) for meeting in roster.able} | engagements
    order = sorted(
        roster.able, key=lambda one: (one not in engagements, -len(roster.slots[one]), one)
    )
    for meeting in [one for one in order if not roster.keep(one, wished[one])]:
        roster.seat(meeting)
        _ask_others_first(roster, meeting)


def _with_long_ones_first(
    field: Field, interpreters: Interpreters, plan: Plan, roster: Matching
) -> Matching:
    """The same meetings with the long ones' interpreters chosen together, if that serves more."""
    wanted = Engagements(
        able={meeting: sorted(able) for meeting, able in roster.able.items()},
        slots=roster.slots,
        language={one: str(field.problem.meetings[one].language) for one in roster.able},
        weight={one: field.problem.meetings[one].weight for one in roster.able},
        sets=interpreters.sets,
        free=interpreters.free,
    )
    anew = Matching(wanted.able, roster.slots)
    _seat(anew, plan, engaged(wanted))
    return max(roster, anew, key=lambda one: sum(map(wanted.weight.__getitem__, one.seat_of)))


def _ask_others_first(roster: Matching, meeting: int) -> None:
    """Whoever was just engaged comes last in turn, so that the next one asked is likely free."""
    if meeting in roster.seat_of:
        engaged = roster.seat_of[meeting]
        roster.able[meeting].remove(engaged)
        roster.able[meeting].append(engaged)


def _roster(field: Field, interpreters: Interpreters, plan: Plan, slots: Iterable[int]) -> Matching:
    """The meetings of these slots that need an interpreter, and who is able.

    Long meetings tie slots together: where there are any, whole blocks are looked at.
    """
    problem = field.problem
    meetings = np.flatnonzero(plan.placed & interpreters.needed)
    starts = field.packing.options.start[plan.chosen[meetings]]
    here = np.isin(starts, _tied_slots(field, interpreters, slots))
    roster = Matching(able={}, slots={})
    able: dict[tuple[str, range], list[int]] = {}
    for meeting, start in zip(meetings[here].tolist(), starts[here].tolist(), strict=True):
        each = problem.meetings[meeting]
        key = str(each.language), each.slots_from(start)
        if key not in able:
            able[key] = list(_able(interpreters, *key))
        roster.able[meeting] = able[key]
        roster.slots[meeting] = key[1]
    return roster


def _tied_slots(field: Field, interpreters: Interpreters, slots: Iterable[int]) -> list[int]:
    if (field.durations[interpreters.needed] == 1).all():
        return list(slots)
    blocks = {field.problem.block_of_slot[slot] for slot in slots}
    return [slot for slot, block in enumerate(field.problem.block_of_slot) if block in blocks]


def _able(interpreters: Interpreters, language: str, slots: range) -> list[int]:
    """Who speaks the language and is there in all these slots."""
    key = language, slots
    if key not in interpreters.able:
        mask = sum(1 << slot for slot in slots)
        interpreters.able[key] = [
            one for one in interpreters.speaking[language] if interpreters.free[one] & mask == mask
        ]
    return interpreters.able[key]
