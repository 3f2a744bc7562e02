"""Placing meetings with OR-Tools CP-SAT: the most value first, then the fairest of those.

One Boolean for each meeting, start and interpreter that could serve it. Common tables are
alike, so the model only counts how many are in use in a slot; their numbers are given out
afterwards, in order of time, which never fails because a run of slots is an interval.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from matchmaking.scheduling.explain import explain
from matchmaking.scheduling.problem import (
    NO_INTERPRETER,
    Assignment,
    Meeting,
    Problem,
    Progress,
    Schedule,
)
from matchmaking.scheduling.score import score

OnProgress = Callable[[Progress], None]
FAIRNESS_SHARE = 0.4


@dataclass
class _Model:
    """The CP-SAT model and what each of its Booleans stands for: (meeting, start, interpreter)."""

    problem: Problem
    cp: Any
    choices: dict[tuple[int, int, int], Any] = field(default_factory=dict)

    def value(self) -> Any:
        meetings = self.problem.meetings
        return sum(meetings[m].weight * choice for (m, _, _), choice in self.choices.items())


@dataclass(frozen=True)
class _Answer:
    solver: Any
    is_optimal: bool
    is_feasible: bool


def solve(
    problem: Problem,
    *,
    seed: int = 0,
    time_limit: float = 10.0,
    workers: int = 2,
    progress: OnProgress | None = None,
) -> Schedule:
    """The best schedule found in `time_limit` seconds, with a proved bound on its value."""
    from ortools.sat.python import cp_model  # noqa: PLC0415  (slow to load; reading needs none of it)

    began = time.monotonic()
    model = _Model(problem, cp_model.CpModel())
    for key in _possible(problem):
        model.choices[key] = model.cp.new_bool_var("")
    _constrain(model)
    model.cp.maximize(model.value())
    first = _solved(model, seconds=time_limit * (1 - FAIRNESS_SHARE), seed=seed, workers=workers)
    bound = int(first.solver.best_objective_bound)
    chosen = _chosen(model, first)
    if progress is not None:
        value = sum(problem.meetings[m].weight for m, _, _ in chosen)
        progress(Progress(value, bound, time.monotonic() - began, len(chosen)))
    left = time_limit - (time.monotonic() - began)
    is_best = first.is_optimal
    if chosen and left > 0:
        chosen, is_fairest = _fairer(model, chosen, seconds=left, seed=seed, workers=workers)
        is_best = is_best and is_fairest
    rows = _with_tables(problem, chosen)
    figures = score(problem, rows)
    settled = figures.gaps == figures.table_changes == 0
    return Schedule(
        assignments=rows,
        value=figures.value,
        bound=bound,
        proved=is_best and settled,
        unfairness=figures.unfairness,
        gaps=figures.gaps,
        table_changes=figures.table_changes,
        moved=figures.moved,
        unplaced=explain(problem, rows),
        seconds=time.monotonic() - began,
        seed=seed,
    )


def _possible(problem: Problem) -> Iterator[tuple[int, int, int]]:
    for number, meeting in enumerate(problem.meetings):
        starts = range(problem.slots) if meeting.starts is None else meeting.starts
        for start in starts:
            if start >= problem.now and _companies_can(problem, meeting, start):
                for interpreter in _interpreters(problem, meeting, start):
                    yield number, start, interpreter


def _companies_can(problem: Problem, meeting: Meeting, start: int) -> bool:
    return problem.is_inside_a_block(start, meeting.duration) and all(
        problem.participants[company].available[slot] == "1"
        for company in meeting.companies
        for slot in meeting.slots_from(start)
    )


def _interpreters(problem: Problem, meeting: Meeting, start: int) -> Iterator[int]:
    if meeting.language is None:
        yield NO_INTERPRETER
        return
    for number, person in enumerate(problem.interpreters):
        if meeting.language in person.languages and all(
            person.available[slot] == "1" for slot in meeting.slots_from(start)
        ):
            yield number


def _constrain(model: _Model) -> None:
    """No resource is used more often than it can be."""
    problem = model.problem
    users: dict[tuple[str, int, int], list[Any]] = defaultdict(list)
    for (number, start, interpreter), choice in model.choices.items():
        for key in _resources(problem, problem.meetings[number], number, (start, interpreter)):
            users[key].append(choice)
    capacity: dict[str, Callable[[int], int]] = {
        "meeting": lambda _owner: 1,
        "company": lambda owner: problem.participants[owner].parallel,
        "limit": lambda owner: problem.participants[owner].max_meetings,
        "tables": lambda _owner: len(problem.common_tables),
        "booth": lambda _owner: 1,
        "interpreter": lambda _owner: 1,
    }
    for (kind, owner, _), choices in users.items():
        model.cp.add(sum(choices) <= capacity[kind](owner))
    for earlier, later in problem.precedences:
        _order(model, earlier, later)


def _order(model: _Model, earlier: int, later: int) -> None:
    """If both are placed, one ends before the other starts: at no moment is it the wrong way."""
    length = model.problem.meetings[earlier].duration
    for slot in range(model.problem.slots):
        wrong = [
            choice
            for (number, start, _), choice in model.choices.items()
            if (number == earlier and start + length > slot) or (number == later and start <= slot)
        ]
        model.cp.add(sum(wrong) <= 1)


def _resources(
    problem: Problem, meeting: Meeting, number: int, place: tuple[int, int]
) -> Iterator[tuple[str, int, int]]:
    start, interpreter = place
    booths = problem.booths_of(meeting)
    yield "meeting", number, 0
    for company in meeting.companies:
        yield "limit", company, 0
    for slot in meeting.slots_from(start):
        for company in meeting.companies:
            yield "company", company, slot
        if booths:
            yield "booth", booths[0], slot
        else:
            yield "tables", 0, slot
        if interpreter != NO_INTERPRETER:
            yield "interpreter", interpreter, slot


def _solved(model: _Model, *, seconds: float, seed: int, workers: int) -> _Answer:
    from ortools.sat.python import cp_model  # noqa: PLC0415  (slow to load; reading needs none of it)

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = max(0.1, seconds)
    solver.parameters.random_seed = seed
    solver.parameters.num_workers = workers
    status = solver.solve(model.cp)
    is_optimal = status == cp_model.OPTIMAL
    return _Answer(solver, is_optimal, is_optimal or status == cp_model.FEASIBLE)


def _chosen(model: _Model, answer: _Answer) -> list[tuple[int, int, int]]:
    if not answer.is_feasible:
        return []
    return [key for key, choice in model.choices.items() if answer.solver.value(choice)]


def _fairer(
    model: _Model,
    chosen: list[tuple[int, int, int]],
    *,
    seconds: float,
    seed: int,
    workers: int,
) -> tuple[list[tuple[int, int, int]], bool]:
    """Of all schedules of this value, the one with the smallest sum of squared shortfalls."""
    problem = model.problem
    reached = sum(problem.meetings[m].weight for m, _, _ in chosen)
    model.cp.add(model.value() >= reached)
    model.cp.clear_hints()
    for key, choice in model.choices.items():
        model.cp.add_hint(choice, key in set(chosen))
    model.cp.minimize(sum(_shortfalls(model)))
    answer = _solved(model, seconds=seconds, seed=seed, workers=workers)
    return _chosen(model, answer) or chosen, answer.is_optimal


def _shortfalls(model: _Model) -> Iterator[Any]:
    """The squared shortfall of each company, as steps: the n-th missing meeting costs 2n - 1."""
    problem = model.problem
    placed: dict[int, list[Any]] = defaultdict(list)
    wanted: dict[int, int] = defaultdict(int)
    for meeting in problem.meetings:
        for company in meeting.companies:
            wanted[company] += 1
    for (number, _, _), choice in model.choices.items():
        for company in problem.meetings[number].companies:
            placed[company].append(choice)
    for company, requests in wanted.items():
        person = problem.participants[company]
        target = min(requests, person.max_meetings, person.parallel * person.free_slots)
        missing = [model.cp.new_bool_var("") for _ in range(target)]
        model.cp.add(sum(placed[company]) + sum(missing) >= target)
        yield from ((2 * n + 1) * step for n, step in enumerate(missing))


def _with_tables(problem: Problem, chosen: list[tuple[int, int, int]]) -> tuple[Assignment, ...]:
    """Number the common tables: each meeting takes the one its companies sat at last, if free."""
    free_from = dict.fromkeys(problem.common_tables, 0)
    last: dict[int, int] = {}
    rows = []
    for number, start, interpreter in sorted(chosen, key=lambda key: (key[1], key[0])):
        meeting = problem.meetings[number]
        table = _table(problem, meeting, start, (free_from, last))
        if table in free_from:
            free_from[table] = start + meeting.duration
        for company in meeting.companies:
            last[company] = table
        rows.append(Assignment(number, start, table, interpreter))
    return tuple(sorted(rows, key=lambda row: row.meeting))


def _table(
    problem: Problem, meeting: Meeting, start: int, memory: tuple[dict[int, int], dict[int, int]]
) -> int:
    if booths := problem.booths_of(meeting):
        return booths[0]
    free_from, last = memory
    free = [table for table, slot in free_from.items() if slot <= start]
    known = (last.get(company) for company in meeting.companies)
    return next((table for table in known if table in free), free[0])
