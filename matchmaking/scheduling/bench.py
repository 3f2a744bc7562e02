"""Every problem of a directory solved by a process of its own, as a table."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matchmaking.scheduling.formats import problem_from_json, read_json, schedule_from_json
from matchmaking.scheduling.problem import OBJECTIVES
from matchmaking.scheduling.violations import violations

COLUMNS = {
    "instance": 24,
    "value": 9,
    "bound": 9,
    "gap": 9,
    "proved": 7,
    "unfairness": 11,
    "gaps": 6,
    "changes": 8,
    "seconds": 8,
    "peak MB": 8,
}
MILESTONES = {"first": 7, "optimal": 8}
REPORT = re.compile(r"(?P<seconds>[\d.]+) s  value (?P<value>-?\d+)  bound (?P<bound>-?\d+)")


@dataclass(frozen=True)
class Outcome:
    """What a process said and took: `seconds` from its start to its end, reading and writing included."""

    code: int
    document: Any
    report: str
    seconds: float
    megabytes: float


def bench(directory: Path, time_limit: float, *, milestones: bool = False) -> int:
    """Print the table; 0 unless a problem is refused or a schedule breaks a constraint.

    With `milestones` also when, in seconds of solving, there was a first schedule, and one
    whose value no other can exceed.
    """
    _print_row([*COLUMNS, *(MILESTONES if milestones else ())])
    worst = 0
    for file in sorted(directory.glob("*.json")):
        outcome = _solved(file, time_limit)
        if outcome.code:
            print(outcome.report, end="")
        else:
            _print_row(_figures(file, outcome) + (_milestones(outcome) if milestones else []))
        worst = max(worst, outcome.code or _breaks(file, outcome))
    return worst


def _solved(file: Path, time_limit: float) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        output, report = Path(folder) / "schedule.json", Path(folder) / "report"
        command = [sys.executable, "-m", "matchmaking.scheduling", "solve", str(file)]
        command += ["-o", str(output), "--time-limit", str(time_limit), "--progress"]
        began = time.monotonic()
        with report.open("w") as stream:
            process = subprocess.Popen(command, stderr=stream)
            try:
                _, status, usage = os.wait4(process.pid, 0)
            except KeyboardInterrupt:
                process.kill()
                process.wait()
                raise
        process.returncode = os.waitstatus_to_exitcode(status)
        return Outcome(
            code=process.returncode,
            document=read_json(output) if not process.returncode else None,
            report=report.read_text(),
            seconds=time.monotonic() - began,
            megabytes=usage.ru_maxrss / 1024,
        )


def _breaks(file: Path, outcome: Outcome) -> int:
    broken = violations(problem_from_json(read_json(file)), schedule_from_json(outcome.document))
    for violation in broken:
        print(f"  {violation}")
    return int(bool(broken))


def _figures(file: Path, outcome: Outcome) -> list[str]:
    document = outcome.document
    return [
        file.stem,
        str(document["value"]),
        str(document["bound"]),
        f"{document['gap']:.3%}",
        "yes" if document["proved"] else _how_many(document["proved_objectives"]),
        str(document["unfairness"]),
        str(document["gaps"]),
        str(document["table_changes"]),
        f"{outcome.seconds:.1f}",
        f"{outcome.megabytes:.0f}",
    ]


def _how_many(proved: Sequence[str]) -> str:
    return f"{len(proved)}/{len(OBJECTIVES)}" if proved else "no"


def _milestones(outcome: Outcome) -> list[str]:
    reports = list(REPORT.finditer(outcome.report))
    optimal = [one for one in reports if one["value"] == one["bound"]]
    return [each[0]["seconds"] if each else "-" for each in (reports, optimal)]


def _print_row(cells: Sequence[str]) -> None:
    widths = [*COLUMNS.values(), *MILESTONES.values()]
    name, *numbers = cells
    print(
        name.ljust(widths[0]),
        *(cell.rjust(width) for cell, width in zip(numbers, widths[1:], strict=False)),
        flush=True,
    )
