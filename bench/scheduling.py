"""The scheduler on every problem of a directory.

    .venv/bin/python -m bench.scheduling DIRECTORY --time-limit 10

The table is that of `python -m matchmaking.scheduling bench`, and two columns more: the
seconds of solving after which there was a first schedule, and one whose value is proved
to be the greatest. `python -m bench.generate` writes problems of any size.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from matchmaking.scheduling.bench import bench


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.scheduling", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("directory", type=Path, metavar="DIRECTORY")
    parser.add_argument("--time-limit", type=float, default=10.0, metavar="SECONDS")
    asked = parser.parse_args()
    return bench(asked.directory, asked.time_limit, milestones=True)


if __name__ == "__main__":
    sys.exit(main())
