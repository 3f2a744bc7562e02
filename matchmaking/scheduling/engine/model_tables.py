"""Tables in the constraint program of a very small problem: which one, and who changes it.

A company's meetings that start together follow each other in the order of their tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from matchmaking.scheduling.engine.model import Literal, Model, Sum
from matchmaking.scheduling.engine.options import COMMON
from matchmaking.scheduling.engine.plan import Field
from matchmaking.scheduling.problem import Problem

MOST_SEATS = 1500


@dataclass(frozen=True, slots=True)
class Seats:
    """`at[i, t]`: option `i` is taken, at table `t`. `changes` counts changes of table."""

    at: dict[tuple[int, int], Literal]
    changes: Sum


def can_be_seated(field: Field) -> bool:
    return len(field.packing) * max(1, len(field.problem.common_tables)) <= MOST_SEATS


def seats_of(model: Model) -> Seats:
    at = _tables(model)
    if _are_alike(model.field.problem):
        _take_in_turn(model, at)
    starting: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    options = model.field.packing.options
    for option, meeting in enumerate(options.meeting.tolist()):
        for company in model.field.problem.meetings[meeting].companies:
            starting[company, int(options.start[option])].append(option)
    changes: list[Sum] = []
    for company in range(len(model.field.problem.participants)):
        for block in model.field.problem.blocks:
            changes += _changes(model, at, company=company, block=block, starting=starting)
    return Seats(at, sum(changes))


def _tables(model: Model) -> dict[tuple[int, int], Literal]:
    problem = model.field.problem
    at: dict[tuple[int, int], Literal] = {}
    held: defaultdict[tuple[int, int], list[Literal]] = defaultdict(list)
    taken = {
        (row.table, slot)
        for row in problem.past
        for slot in problem.meetings[row.meeting].slots_from(row.start)
    }
    taken |= {
        (table, slot)
        for table in problem.common_tables
        for slot in range(problem.slots)
        if not problem.is_table_available(table, range(slot, slot + 1))
    }
    for option, place in enumerate(model.field.packing.options.place.tolist()):
        if place != COMMON:
            at[option, place] = model.taken[option]
            continue
        slots = model.slots(option)
        for table in problem.common_tables:
            if not any((table, slot) in taken for slot in slots):
                literal = at[option, table] = model.program.new_bool_var("")
                for slot in slots:
                    held[table, slot].append(literal)
        tables = [at[option, table] for table in problem.common_tables if (option, table) in at]
        model.program.add(sum(tables) == model.taken[option])
    for literals in held.values():
        model.program.add_at_most_one(literals)
    return at


def _are_alike(problem: Problem) -> bool:
    """Whether in a block the common tables could swap their numbers, and nobody would notice."""
    alone = all(company.parallel < 2 for company in problem.participants)
    return alone and not problem.past and not problem.table_available


def _take_in_turn(model: Model, at: dict[tuple[int, int], Literal]) -> None:
    """In one slot of each block, the busiest, meetings take the first tables, in their order."""
    options, tables = model.field.packing.options, model.field.problem.common_tables
    common = np.flatnonzero(options.place == COMMON)
    for first, last in model.field.problem.blocks:
        starts = options.start[common]
        inside = common[(starts >= first) & (starts <= last)]
        busiest = np.bincount(options.start[inside], minlength=1).argmax()
        here = inside[options.start[inside] == busiest].tolist()
        for number, option in enumerate(here):
            for before, table in pairwise(tables):
                earlier = [at[other, before] for other in here[:number]]
                model.program.add_bool_or(earlier).only_enforce_if(at[option, table])


def _changes(
    model: Model,
    at: dict[tuple[int, int], Literal],
    *,
    company: int,
    block: tuple[int, int],
    starting: dict[tuple[int, int], list[int]],
) -> list[Literal]:
    """For each slot a meeting may start in: the company last sat elsewhere, and meets several."""
    program, problem = model.program, model.field.problem
    tables = sorted({*problem.common_tables, *problem.booths})
    sat, met = _seat_in_the_past(model.field, company, block)
    changes = []
    for slot in range(max(block[0], problem.now), block[1] + 1):
        options = starting.get((company, slot), [])
        if not options:
            continue
        lines = min(problem.participants[company].parallel, len(options))
        here = [sum(at[one, table] for one in options if (one, table) in at) for table in tables]
        taken = [model.taken[option] for option in options]
        meets = sum(taken) if lines == 1 else _any(model, taken)
        has_met = _any(model, [meets, met])
        change = program.new_bool_var("")
        now = {table: program.new_bool_var("") for table in tables}
        for number, table in enumerate(tables):
            lower, higher = (0, 0) if lines == 1 else (sum(here[:number]), sum(here[number + 1 :]))
            program.add(change >= here[number] - lower + met - sat.get(table, 0) - 1)
            program.add(now[table] <= sat.get(table, 0) + here[number])
            program.add(now[table] <= 1 - meets + here[number])
            if lines > 1:
                program.add(lines * now[table] + higher <= lines)
        changes.append(change)
        if lines > 1:
            changes.append(program.new_int_var(0, lines, ""))
            program.add(changes[-1] >= sum(taken) - 1)
        sat, met = dict(now), has_met
    return changes


def _any(model: Model, some: Sequence[Sum]) -> Literal:
    """At least 1 where one of these is."""
    either = model.program.new_bool_var("")
    for one in some:
        model.program.add(either >= one)
    return either


def _seat_in_the_past(
    field: Field, company: int, block: tuple[int, int]
) -> tuple[dict[int, Sum], Sum]:
    """Where the company sat last in this block before now, and whether it met anybody."""
    held = [
        (row.start, row.table)
        for row in field.problem.past
        if block[0] <= row.start <= block[1]
        and company in field.problem.meetings[row.meeting].companies
    ]
    sat: dict[int, Sum] = {max(held)[1]: 1} if held else {}
    return sat, int(bool(held))
