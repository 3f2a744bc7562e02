"""A small problem as a constraint program (OR-Tools CP-SAT), and its objectives as expressions."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from ortools.sat.python import cp_model

from matchmaking.scheduling.engine.languages import interpreters_free
from matchmaking.scheduling.engine.plan import Field

Literal: TypeAlias = cp_model.IntVar
Sum: TypeAlias = cp_model.LinearExpr | int


@dataclass(frozen=True, slots=True)
class Model:
    """Option `i` is taken where `taken[i]`, interpreted by `k` where `by[i, k]`.

    Who interprets is part of the model only where some meeting with an interpreter is
    longer than a slot; else counting interpreters is enough.
    """

    field: Field
    program: cp_model.CpModel
    taken: list[Literal]
    by: dict[tuple[int, int], Literal]

    def slots(self, option: int) -> range:
        options = self.field.packing.options
        start = int(options.start[option])
        return range(start, start + int(self.field.durations[options.meeting[option]]))


def model_of(field: Field) -> Model:
    program = cp_model.CpModel()
    packing = field.packing
    model = Model(field, program, [program.new_bool_var("") for _ in range(len(packing))], {})
    for first, end in pairwise(packing.of_meeting.tolist()):
        if end - first > 1:
            program.add_at_most_one(model.taken[first:end])
    for resource, options in _users(field).items():
        capacity = int(packing.capacity[resource])
        if len(options) > capacity:
            program.add(sum(model.taken[option] for option in options) <= capacity)
    if any(each.language and each.duration > 1 for each in field.problem.meetings):
        _interpret(model)
    return model


def _users(field: Field) -> dict[int, list[int]]:
    packing = field.packing
    option = np.repeat(np.arange(len(packing)), np.diff(packing.first))
    users: defaultdict[int, list[int]] = defaultdict(list)
    for resource, each in zip(packing.uses.tolist(), option.tolist(), strict=True):
        users[resource].append(each)
    return users


def _interpret(model: Model) -> None:
    problem = model.field.problem
    free = interpreters_free(problem)
    engaged: defaultdict[tuple[int, int], list[Literal]] = defaultdict(list)
    for option, meeting in enumerate(model.field.packing.options.meeting.tolist()):
        language = problem.meetings[meeting].language
        if language is None:
            continue
        slots = model.slots(option)
        for number, person in enumerate(problem.interpreters):
            if language in person.languages and free[number, slots.start : slots.stop].all():
                literal = model.by[option, number] = model.program.new_bool_var("")
                for slot in slots:
                    engaged[number, slot].append(literal)
        able = [literal for (one, _), literal in model.by.items() if one == option]
        model.program.add(sum(able) == model.taken[option])
    for literals in engaged.values():
        model.program.add_at_most_one(literals)


def value(model: Model) -> Sum:
    gain = model.field.packing.gain.tolist()
    return cp_model.LinearExpr.weighted_sum(model.taken, gain)


def unfairness(model: Model) -> Sum:
    """The `n`-th meeting a company misses costs `2n - 1`, so that `n` of them cost `n²`."""
    field = model.field
    options: defaultdict[int, list[Literal]] = defaultdict(list)
    for literal, meeting in zip(model.taken, field.packing.options.meeting.tolist(), strict=True):
        for company in field.problem.meetings[meeting].companies:
            options[company].append(literal)
    missed, costs = [], []
    for company, still_open in enumerate((field.targets - field.held).tolist()):
        steps = [model.program.new_bool_var("") for _ in range(max(0, still_open))]
        if steps:
            model.program.add(sum(options[company]) + sum(steps) >= still_open)
        missed += steps
        costs += [2 * number + 1 for number in range(len(steps))]
    return cp_model.LinearExpr.weighted_sum(missed, costs)


def gaps(model: Model) -> Sum:
    problem = model.field.problem
    covering = _covering(model)
    history = {
        (company, slot)
        for held in problem.past
        for company in problem.meetings[held.meeting].companies
        for slot in problem.meetings[held.meeting].slots_from(held.start)
    }
    starts = []
    for company, each in enumerate(problem.participants):
        for first, last in problem.blocks:
            busy = [
                1 if (company, slot) in history else _busy(model, covering[company, slot])
                for slot in range(first, last + 1)
            ]
            available = [mark == "1" for mark in each.available[first : last + 1]]
            starts += _gap_starts(model, busy, available)
    return sum(starts)


def _covering(model: Model) -> defaultdict[tuple[int, int], list[Literal]]:
    """The options by company and slot they keep it busy in."""
    covering: defaultdict[tuple[int, int], list[Literal]] = defaultdict(list)
    for option, meeting in enumerate(model.field.packing.options.meeting.tolist()):
        for company in model.field.problem.meetings[meeting].companies:
            for slot in model.slots(option):
                covering[company, slot].append(model.taken[option])
    return covering


def _busy(model: Model, literals: list[Literal]) -> Sum:
    """1 where one of the literals holds, 0 where none does."""
    if not literals:
        return 0
    busy = model.program.new_bool_var("")
    model.program.add_max_equality(busy, literals)
    return busy


def _gap_starts(model: Model, busy: list[Sum], available: list[bool]) -> list[Literal]:
    """One literal a slot: a run of idle available slots between two meetings starts here."""
    if sum(not isinstance(one, int) or one == 1 for one in busy) < 2:
        return []
    program = model.program
    before = [program.new_bool_var("") for _ in busy]
    after = [program.new_bool_var("") for _ in busy]
    for slot, one in enumerate(busy):
        program.add(before[slot] >= one)
        program.add(after[slot] >= one)
        if slot:
            program.add(before[slot] >= before[slot - 1])
            program.add(after[slot - 1] >= after[slot])
    starts, waited = [], None
    for slot, one in enumerate(busy):
        idle = program.new_bool_var("") if available[slot] else None
        if idle is not None:
            program.add(idle + one <= 1)
            program.add(idle >= before[slot] + after[slot] - one - 1)
            start = program.new_bool_var("")
            program.add(start >= idle - (0 if waited is None else waited))
            starts.append(start)
        waited = idle
    return starts
