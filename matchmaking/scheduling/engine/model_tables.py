"""Tables in the constraint program of a very small problem: which one, and who changes it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from matchmaking.scheduling.engine.model import Literal, Model, Sum
from matchmaking.scheduling.engine.options import COMMON
from matchmaking.scheduling.engine.plan import Field

MOST_SEATS = 1500


@dataclass(frozen=True, slots=True)
class Seats:
    """`at[i, t]`: option `i` is taken, at table `t`. `changes` counts changes of table."""

    at: dict[tuple[int, int], Literal]
    changes: Sum


def can_be_seated(field: Field) -> bool:
    """Whether the problem is small, and no company has two meetings at one time."""
    seats = len(field.packing) * max(1, len(field.problem.common_tables))
    return seats <= MOST_SEATS and all(
        company.parallel < 2 for company in field.problem.participants
    )


def seats_of(model: Model) -> Seats:
    at = _tables(model)
    starting: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    options = model.field.packing.options
    for option, meeting in enumerate(options.meeting.tolist()):
        for company in model.field.problem.meetings[meeting].companies:
            starting[company, int(options.start[option])].append(option)
    changes: list[Literal] = []
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


def _changes(
    model: Model,
    at: dict[tuple[int, int], Literal],
    *,
    company: int,
    block: tuple[int, int],
    starting: dict[tuple[int, int], list[int]],
) -> list[Literal]:
    """One literal for each slot a meeting may start in: the company last sat elsewhere."""
    program, problem = model.program, model.field.problem
    tables = sorted({*problem.common_tables, *problem.booths})
    sat, met = _seat_in_the_past(model.field, company, block)
    changes = []
    for slot in range(max(block[0], model.field.problem.now), block[1] + 1):
        options = starting.get((company, slot), [])
        if not options:
            continue
        here = {
            table: sum(at[one, table] for one in options if (one, table) in at) for table in tables
        }
        anywhere = sum(model.taken[option] for option in options)
        change = program.new_bool_var("")
        now = {table: program.new_bool_var("") for table in tables}
        has_met = program.new_bool_var("")
        program.add(has_met >= met)
        program.add(has_met >= anywhere)
        for table in tables:
            program.add(change >= here[table] + met - sat.get(table, 0) - 1)
            program.add(now[table] <= sat.get(table, 0) + here[table])
            program.add(now[table] <= 1 - anywhere + here[table])
        sat, met = dict(now), has_met
        changes.append(change)
    return changes


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
