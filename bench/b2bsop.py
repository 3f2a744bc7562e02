"""Settles every published instance of a directory, one after the other, as a table.

.venv/bin/python -m bench.b2bsop DIRECTORY [--time-limit 60] [--workers 2]
"""

import argparse
import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

WIDTHS = (34, 11, 7, 6, 9, 8)
TITLES = ("instance", "status", "breaks", "bound", "seconds", "CPU s")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.b2bsop")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--time-limit", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    print_row(TITLES)
    total = cpu_total = settled = 0.0
    files = sorted(options.directory.glob("*.dzn"))
    for file in files:
        found, cpu = settle(file, options)
        if found is None:
            return 1
        total, cpu_total = total + found["seconds"], cpu_total + cpu
        settled += found["status"] in {"optimal", "infeasible"}
        print_row((found["instance"], found["status"], *figures(found), f"{cpu:.2f}"))
    print_row(
        (f"{settled:.0f} of {len(files)} settled", "", "", "", f"{total:.2f}", f"{cpu_total:.2f}")
    )
    return int(settled < len(files))


def settle(file: Path, options: argparse.Namespace) -> tuple[dict[str, Any] | None, float]:
    """What the command answers, and the CPU seconds of all its processes."""
    command = [sys.executable, "-m", "matchmaking.scheduling", "b2bsop", str(file)]
    command += ["--time-limit", str(options.time_limit), "--workers", str(options.workers)]
    before = spent()
    answer = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
    found = json.loads(answer.stdout) if answer.returncode == os.EX_OK else None
    return found, spent() - before


def spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def figures(found: dict[str, Any]) -> tuple[str, str, str]:
    breaks, bound = ("" if found[key] is None else str(found[key]) for key in ("breaks", "bound"))
    return breaks, bound, f"{found['seconds']:.2f}"


def print_row(cells: tuple[str, ...]) -> None:
    name, *others = (cell.rjust(width) for cell, width in zip(cells, WIDTHS, strict=True))
    print(name.strip().ljust(WIDTHS[0]), *others, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
