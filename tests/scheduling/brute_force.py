"""The best schedule of a very small problem, by trying them all."""

from collections.abc import Iterator
from itertools import product

from matchmaking.scheduling.problem import NO_INTERPRETER, Assignment, Problem
from matchmaking.scheduling.score import score
from matchmaking.scheduling.violations import violations


def best_rank(problem: Problem) -> tuple[int, int, int, int]:
    return max(score(problem, rows).rank for rows in every_schedule(problem))


def every_schedule(problem: Problem) -> Iterator[tuple[Assignment, ...]]:
    past = problem.past
    held = {row.meeting for row in past}
    ways = [list(_ways(problem, number)) for number in range(len(problem.meetings))]
    open_meetings = [number for number in range(len(problem.meetings)) if number not in held]
    yield from _extended(problem, past, [ways[number] for number in open_meetings])


def _extended(
    problem: Problem, rows: tuple[Assignment, ...], ways: list[list[Assignment]]
) -> Iterator[tuple[Assignment, ...]]:
    if not ways:
        yield rows
        return
    yield from _extended(problem, rows, ways[1:])
    for row in ways[0]:
        if not violations(problem, (*rows, row)):
            yield from _extended(problem, (*rows, row), ways[1:])


def _ways(problem: Problem, number: int) -> Iterator[Assignment]:
    needed = problem.meetings[number].language is not None
    people = range(len(problem.interpreters)) if needed else [NO_INTERPRETER]
    for start, table, person in product(range(problem.slots), range(problem.tables), people):
        row = Assignment(number, start, table, person)
        if not violations(problem, (*problem.past, row)):
            yield row
