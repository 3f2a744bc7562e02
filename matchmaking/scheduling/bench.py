"""Every problem of a directory solved by a process of its own, as a table."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from matchmaking.scheduling.formats import problem_from_json, read_json, schedule_from_json
from matchmaking.scheduling.violations import violations

COLUMNS = (
    ("instance", 24),
    ("value", 9),
    ("bound", 9),
    ("gap", 9),
    ("proved", 7),
    ("unfairness", 11),
    ("gaps", 6),
    ("changes", 8),
    ("seconds", 8),
    ("peak MB", 8),
)


def bench(directory: Path, time_limit: float) -> int:
    """Print the table; 0 unless a problem is refused or a schedule breaks a constraint."""
    _print_row([name for name, _ in COLUMNS])
    worst = 0
    for file in sorted(directory.glob("*.json")):
        worst = max(worst, _bench_one(file, time_limit))
    return worst


def _bench_one(file: Path, time_limit: float) -> int:
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / "schedule.json"
        command = [sys.executable, "-m", "matchmaking.scheduling", "solve", str(file)]
        command += ["-o", str(output), "--time-limit", str(time_limit)]
        process = subprocess.Popen(command)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            return process.returncode
        document = read_json(output)
    _print_row(_figures(file, document, usage.ru_maxrss / 1024))
    broken = violations(problem_from_json(read_json(file)), schedule_from_json(document))
    for violation in broken:
        print(f"  {violation}")
    return int(bool(broken))


def _figures(file: Path, document: dict[str, Any], megabytes: float) -> list[str]:
    return [
        file.stem,
        str(document["value"]),
        str(document["bound"]),
        f"{document['gap']:.3%}",
        "yes" if document["proved"] else "no",
        str(document["unfairness"]),
        str(document["gaps"]),
        str(document["table_changes"]),
        f"{document['seconds']:.1f}",
        f"{megabytes:.0f}",
    ]


def _print_row(cells: list[str]) -> None:
    name, *numbers = cells
    widths = [width for _, width in COLUMNS]
    print(
        name.ljust(widths[0]),
        *(cell.rjust(width) for cell, width in zip(numbers, widths[1:], strict=True)),
        flush=True,
    )
