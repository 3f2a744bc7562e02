"""The command line: `solve`, `check` and `bench`."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

from matchmaking.scheduling import Problem, Progress, Schedule, solve, violations
from matchmaking.scheduling.arguments import (
    amount,
    count,
    on_interruption,
    seconds,
    seconds_lived,
)
from matchmaking.scheduling.b2bsop import command as b2bsop
from matchmaking.scheduling.bench import bench
from matchmaking.scheduling.formats import (
    MalformedFile,
    problem_from_json,
    read_json,
    schedule_from_json,
    schedule_to_json,
)
from matchmaking.scheduling.problem import Assignment
from matchmaking.scheduling.score import score

T = TypeVar("T")

BROKEN, REFUSED, INTERRUPTED = 1, 2, 130
LEAST_LIMIT = 0.05
WRITING, WRITING_A_MEETING = 0.1, 0.000_005


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    return int(options.command(options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m matchmaking.scheduling",
        description="Schedules business meetings. docs/scheduling.md describes the files.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    solving = commands.add_parser("solve", help="find the best schedule in a given time")
    solving.add_argument("problem", type=Path, metavar="PROBLEM.json")
    solving.add_argument("-o", "--output", type=Path, metavar="SCHEDULE.json")
    solving.add_argument("--time-limit", type=seconds, default=10.0, metavar="SECONDS")
    solving.add_argument("--work-limit", type=count, metavar="STEPS")
    solving.add_argument("--workers", type=count, default=2)
    solving.add_argument("--seed", type=amount, default=0)
    solving.add_argument("--progress", action="store_true")
    solving.set_defaults(command=_solve)
    checking = commands.add_parser("check", help="name every constraint a schedule breaks")
    checking.add_argument("problem", type=Path, metavar="PROBLEM.json")
    checking.add_argument("schedule", type=Path, metavar="SCHEDULE.json")
    checking.set_defaults(command=_check)
    benching = commands.add_parser("bench", help="solve every problem in a directory")
    benching.add_argument("directory", type=Path, metavar="DIRECTORY")
    benching.add_argument("--time-limit", type=seconds, default=10.0, metavar="SECONDS")
    benching.set_defaults(command=_bench)
    b2bsop.add_parser(commands)
    return parser


def _solve(options: argparse.Namespace) -> int:
    stop = Event()
    on_interruption(stop.set)
    if options.output and not _is_writable(options.output):
        print(f"{options.output}: cannot be written", file=sys.stderr)
        return REFUSED
    problem = _load(options.problem, problem_from_json)
    writing = WRITING + WRITING_A_MEETING * len(problem.meetings)
    schedule = solve(
        problem,
        seed=options.seed,
        time_limit=max(LEAST_LIMIT, options.time_limit - seconds_lived() - writing),
        workers=options.workers,
        progress=_show if options.progress else None,
        stop=stop,
        work_limit=options.work_limit,
    )
    return _write(schedule, options.output)


def _check(options: argparse.Namespace) -> int:
    from matchmaking.scheduling.bounds import upper_bound  # noqa: PLC0415  slow to load

    problem = _load(options.problem, problem_from_json)
    rows = _load(options.schedule, schedule_from_json)
    broken = violations(problem, rows)
    for violation in broken:
        print(violation)
    if any(violation.rule in UNREADABLE for violation in broken):
        print("objectives: none, since some meetings are not of this problem")
    else:
        _print_objectives(problem, rows)
    print(f"bound {upper_bound(problem)}")
    print(f"{len(rows)} meetings placed, {len(broken)} constraints broken")
    return BROKEN if broken else 0


def _bench(options: argparse.Namespace) -> int:
    on_interruption(_give_up)
    if not any(options.directory.glob("*.json")):
        print(f"{options.directory}: there is no problem (*.json) in it", file=sys.stderr)
        return REFUSED
    try:
        return bench(options.directory, options.time_limit)
    except KeyboardInterrupt:
        return INTERRUPTED


def _give_up() -> None:
    raise KeyboardInterrupt


UNREADABLE = frozenset({"no_such_meeting", "outside_the_slots"})


def _print_objectives(problem: Problem, rows: Sequence[Assignment]) -> None:
    figures = score(problem, rows)
    print(f"value {figures.value}")
    print(f"unfairness {figures.unfairness}")
    print(f"gaps {figures.gaps}")
    print(f"table_changes {figures.table_changes}")
    print(f"moved {figures.moved}")


def _load(file: Path, parse: Callable[[Any], T]) -> T:
    gc.disable()  # nothing of what is read is in a circle, and looking for one costs a third more
    try:
        return parse(read_json(file))
    except MalformedFile as refusal:
        print(f"{file}: {refusal}", file=sys.stderr)
        raise SystemExit(REFUSED) from refusal
    finally:
        gc.freeze()
        gc.enable()


def _is_writable(output: Path) -> bool:
    return not output.is_dir() and os.access(output if output.exists() else output.parent, os.W_OK)


def _write(schedule: Schedule, output: Path | None) -> int:
    text = json.dumps(schedule_to_json(schedule))
    if output is None:
        print(text)
        return 0
    try:
        output.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        print(f"{output}: cannot be written: {error.strerror}", file=sys.stderr)
        return REFUSED
    return 0


def _show(progress: Progress) -> None:
    gap = (progress.bound - progress.value) / max(1, abs(progress.bound))
    print(
        f"{progress.seconds:7.2f} s  value {progress.value}  bound {progress.bound}"
        f"  gap {gap:.3%}  placed {progress.placed}",
        file=sys.stderr,
        flush=True,
    )
