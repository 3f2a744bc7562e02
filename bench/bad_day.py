"""A bad day at a large event: how long it takes to mend its schedule, and to explain it.

    .venv/bin/python -m bench.bad_day PROBLEM.json [SECONDS]

Solves the problem for so many seconds (20), and then, at noon, three companies and one
interpreter are gone and two tables are lost. Prints each repair with its changes, and what
explanations, reliefs and duals take. CPU seconds are of the whole process.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from matchmaking.scheduling import (
    ChangeKind,
    Problem,
    absent,
    begun,
    explain,
    interpreters_absent,
    reliefs,
    repairs,
    solve,
    tables_lost,
    violations,
)
from matchmaking.scheduling.engine.scarcity import scarcity_of
from matchmaking.scheduling.formats import problem_from_json, read_json
from matchmaking.scheduling.problem import Assignment

T = TypeVar("T")


def main(file: str, seconds: str = "20") -> None:
    problem = problem_from_json(read_json(Path(file)))
    schedule = solve(problem, time_limit=float(seconds))
    rows = schedule.assignments
    print(f"{Path(file).stem}: {len(rows)} of {len(problem.meetings)} requests placed")
    timed("explained", lambda: explain(problem, rows))
    timed("reliefs", lambda: reliefs(problem, rows))
    timed("duals", lambda: scarcity_of(problem, seconds=60))
    day = bad_day(problem, rows)
    for repair in timed("repaired", lambda: repairs(day)):
        counts = "  ".join(f"{kind} {repair.count(kind)}" for kind in ChangeKind)
        told = f"tell {len(repair.companies)} companies, {len(repair.interpreters)} interpreters"
        broken = len(violations(day, repair.schedule.assignments))
        print(f"  {repair.name:10}  {counts}  {told}  worth {repair.worth}  broken {broken}")


def bad_day(problem: Problem, rows: tuple[Assignment, ...]) -> Problem:
    noon = problem.slots // 2
    rest = range(noon, problem.slots)
    day = begun(problem, rows, now=noon)
    day = absent(day, [number % len(day.participants) for number in (5, 50, 150)], slots=rest)
    day = interpreters_absent(day, range(min(1, len(day.interpreters))), slots=rest)
    return tables_lost(day, day.common_tables[3:5], slots=rest)


def timed(what: str, work: Callable[[], T]) -> T:
    wall, cpu = time.monotonic(), time.process_time()
    result = work()
    print(f"  {what}: {time.monotonic() - wall:.2f} s, {time.process_time() - cpu:.2f} CPU-s")
    return result


if __name__ == "__main__":
    main(*sys.argv[1:])
