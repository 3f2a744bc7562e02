"""Small problems settled for good, one objective after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import inf
from threading import Event, Thread
from typing import TypeAlias

import numpy as np
from ortools.sat.python import cp_model

from matchmaking.scheduling.engine import model as aims
from matchmaking.scheduling.engine.budget import Budget
from matchmaking.scheduling.engine.gaps import gap_count
from matchmaking.scheduling.engine.interpreters import Interpreters, with_interpreters
from matchmaking.scheduling.engine.model import Model, Sum
from matchmaking.scheduling.engine.model_tables import can_be_seated, seats_of
from matchmaking.scheduling.engine.plan import UNPLACED, Field, Plan, Settled
from matchmaking.scheduling.engine.prices import PricedBound
from matchmaking.scheduling.engine.seating import assignments_of
from matchmaking.scheduling.problem import NO_INTERPRETER
from matchmaking.scheduling.score import table_changes

OBJECTIVES = 3
REPEATABLE_SECONDS = 4.0
SHARE = 0.7


def costs(field: Field, plan: Plan) -> tuple[int, int, int]:
    """Lost value, unfairness and gaps: the smaller, the better."""
    return -field.value(plan), field.unfairness(plan), gap_count(field, plan)


@dataclass(frozen=True, slots=True)
class Attempt:
    """What every objective's turn needs. No schedule has more value than `bound` says."""

    field: Field
    interpreters: Interpreters
    bound: PricedBound
    model: Model
    budget: Budget
    workers: int
    seed: int


@dataclass(frozen=True, slots=True)
class Answer:
    solver: cp_model.CpSolver
    is_optimal: bool


Polish: TypeAlias = Callable[[Plan, int], Plan]
"""A plan bettered by other means, before its cost of this number is minimized."""
Least: TypeAlias = Callable[[int], int]
"""What a cost is at least, where those before it are as small as can be."""


def settled(attempt: Attempt, plan: Plan, polish: Polish, least_of: Least) -> Settled:
    """Value, unfairness, gaps, and for a tiny problem table changes: each as good as can be."""
    field, program = attempt.field, attempt.model.program
    proved, certain = 0, True
    _leave_out_the_hopeless(attempt, plan)
    for number in range(OBJECTIVES):
        plan = polish(plan, number)
        expression, least = _expression(attempt.model, number), least_of(number)
        if costs(field, plan)[number] > least:
            program.add(expression >= least)
            answer = _minimized(attempt, expression, plan)
            certain = certain and answer is not None and answer.is_optimal
            if answer is not None:
                found = _plan_in(attempt, answer.solver)
                plan = min(plan, found, key=lambda one: costs(field, one))
        proved += certain
        program.add(expression <= costs(field, plan)[number])
    return _with_tables(attempt, plan, proved)


def _leave_out_the_hopeless(attempt: Attempt, plan: Plan) -> None:
    """What no schedule uses that is worth as much as the plan."""
    hopeful = attempt.bound.hopeful(attempt.field.value(plan))
    for option in np.flatnonzero(~hopeful).tolist():
        if plan.chosen[attempt.field.packing.options.meeting[option]] != option:
            attempt.model.program.add(attempt.model.taken[option] == 0)


def _expression(model: Model, number: int) -> Sum:
    if number == 0:
        return -aims.value(model) - model.field.packing.constant
    return aims.unfairness(model) if number == 1 else aims.gaps(model)


def _with_tables(attempt: Attempt, plan: Plan, proved: int) -> Settled:
    field = attempt.field
    changes = table_changes(field.problem, assignments_of(field, plan))
    if proved < 3 or not changes:
        return Settled(plan, proved + (proved == 3))
    if attempt.budget.is_spent or not can_be_seated(field):
        return Settled(plan, proved)
    seats = seats_of(attempt.model)
    answer = _minimized_by_two(attempt, seats.changes, plan)
    if answer is None or answer.solver.objective_value > changes:
        return Settled(plan, proved)
    tables = {
        int(field.packing.options.meeting[option]): table
        for (option, table), literal in seats.at.items()
        if answer.solver.boolean_value(literal)
    }
    return Settled(_plan_in(attempt, answer.solver), proved + answer.is_optimal, tables)


def _minimized(attempt: Attempt, expression: Sum, plan: Plan) -> Answer | None:
    """The best solution, or `None` where none was found in time."""
    if attempt.budget.is_spent:
        return None
    _aim(attempt, expression, plan)
    return _solution(attempt, Event(), workers=attempt.workers)


def _minimized_by_two(attempt: Attempt, expression: Sum, plan: Plan) -> Answer | None:
    """From below, and if there is another worker from above as well, until one of them is done.

    From below, a cost is allowed only where it is proved that one is due (unsatisfiable cores).
    """
    _aim(attempt, expression, plan)
    decided = Event()
    with ThreadPoolExecutor(2) as pool:
        below = pool.submit(_solution, attempt, decided, workers=1, from_below=True)
        if attempt.workers > 1:
            above = pool.submit(_solution, attempt, decided, workers=attempt.workers - 1)
            return min(below.result(), above.result(), key=_rank)
        return below.result()


def _rank(answer: Answer | None) -> tuple[bool, float]:
    """Smaller is better."""
    if answer is None:
        return True, inf
    return not answer.is_optimal, answer.solver.objective_value


def _aim(attempt: Attempt, expression: Sum, plan: Plan) -> None:
    attempt.model.program.minimize(expression)
    attempt.model.program.clear_hints()  # type: ignore[no-untyped-call]
    chosen = set(plan.options.tolist())
    for option, literal in enumerate(attempt.model.taken):
        attempt.model.program.add_hint(literal, option in chosen)


def _solution(
    attempt: Attempt, decided: Event, *, workers: int, from_below: bool = False
) -> Answer | None:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.optimize_with_core = from_below
    solver.parameters.random_seed = attempt.seed % 2**31
    solver.parameters.catch_sigint_signal = False
    solver.parameters.max_time_in_seconds = max(0.01, attempt.budget.seconds * SHARE)
    if attempt.budget.is_metered:
        solver.parameters.max_deterministic_time = REPEATABLE_SECONDS
    done = Event()
    watch = Thread(target=_stop_in_time, args=(solver, attempt.budget, decided, done), daemon=True)
    watch.start()
    status = solver.solve(attempt.model.program)
    done.set()
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    if status == cp_model.OPTIMAL:
        decided.set()
    return Answer(solver, status == cp_model.OPTIMAL)


def _stop_in_time(solver: cp_model.CpSolver, budget: Budget, decided: Event, done: Event) -> None:
    while not done.wait(0.05):
        if budget.stop.is_set() or decided.is_set():
            solver.stop_search()


def _plan_in(attempt: Attempt, solver: cp_model.CpSolver) -> Plan:
    field = attempt.field
    chosen = np.full(len(field.durations), UNPLACED, dtype=np.int64)
    interpreter = np.full(len(field.durations), NO_INTERPRETER, dtype=np.int64)
    meetings = field.packing.options.meeting.tolist()
    for option, literal in enumerate(attempt.model.taken):
        if solver.boolean_value(literal):
            chosen[meetings[option]] = option
    for (option, number), literal in attempt.model.by.items():
        if solver.boolean_value(literal):
            interpreter[meetings[option]] = number
    if attempt.model.by:
        return Plan(chosen, interpreter)
    every_slot = range(field.problem.slots)
    return with_interpreters(field, attempt.interpreters, Plan(chosen, interpreter), every_slot)
