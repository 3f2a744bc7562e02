"""Problems of the families the scheduler is measured on, of any size, drawn by a seed.

    .venv/bin/python -m bench.generate flow --companies 5000 --meetings 45000 --slots 30 --tables 1500
    .venv/bin/python -m bench.generate mixed --seed 7 -o mixed-7.json

| family | what restricts it |
| --- | --- |
| flow | limits and tables only: everybody is there all the time |
| avail | companies attend sessions, come late, leave early, or miss a half-day |
| interp | the same, rarer, and interpreters for most companies from abroad |
| mixed | all of that, booths, double meetings, two lines, allowed half-days, orders |

Some companies are more sought after than others; weights are like those of two ranked lists.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

FAMILIES = ("flow", "avail", "interp", "mixed")
LANGUAGES = ("ja", "ko", "zh")
WEIGHTS = (4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19)
HOW_OFTEN = (156, 152, 250, 137, 131, 66, 30, 28, 13, 11, 10, 3, 3, 3, 1, 1)
SPREAD = 0.5


@dataclass(frozen=True)
class Size:
    companies: int
    meetings: int
    slots: int
    tables: int
    block: int

    @property
    def blocks(self) -> list[list[int]]:
        starts = range(0, self.slots, self.block)
        return [[first, min(first + self.block, self.slots) - 1] for first in starts]


def generated(family: str, size: Size, seed: int) -> dict[str, Any]:
    draw = Random(f"{family} {size} {seed}")  # noqa: S311
    sides = ["L"] * (size.companies // 2) + ["F"] * (size.companies - size.companies // 2)
    companies = [_company(family, side, size, draw) for side in sides]
    meetings = [
        {"a": a, "b": b, "w": draw.choices(WEIGHTS, HOW_OFTEN)[0], "d": 1}
        for a, b in _pairs(size, draw)
    ]
    problem = {
        "format": "b2b-1",
        "name": f"{family}-{size.companies}-{seed}",
        "slots": size.slots,
        "blocks": size.blocks,
        "tables": size.tables,
        "participants": companies,
        "interpreters": [],
        "meetings": [meeting | {"lang": None, "starts": None} for meeting in meetings],
        "precedences": [],
        "previous": None,
    }
    if family in ("interp", "mixed"):
        _add_languages(problem, size, draw)
    if family == "mixed":
        _mix(problem, size, draw)
    return problem


def _company(family: str, side: str, size: Size, draw: Random) -> dict[str, Any]:
    limited = family in ("flow", "mixed") and draw.random() < 0.2
    present = {"flow": 1.0, "avail": 0.1, "interp": 0.4, "mixed": 0.15}[family]
    return {
        "side": side,
        "available": _availability(size, present, draw),
        "max_meetings": max(1, size.slots * 3 // 5) if limited else size.slots,
        "parallel": 1,
        "booth": None,
    }


def _availability(size: Size, present: float, draw: Random) -> str:
    """Everywhere with this chance; else away for a few runs of slots, or a whole block."""
    marks = ["1"] * size.slots
    if draw.random() >= present:
        for _ in range(draw.choices((1, 2, 3), (5, 3, 1))[0]):
            first = draw.randrange(size.slots)
            for slot in range(first, min(first + draw.choice((1, 2, 2, 3, 3)), size.slots)):
                marks[slot] = "0"
        if draw.random() < 0.15:
            first, last = draw.choice(size.blocks)
            marks[first : last + 1] = "0" * (last + 1 - first)
    return "".join(marks)


def _pairs(size: Size, draw: Random) -> list[tuple[int, int]]:
    """Who wants to meet whom: sought-after companies more often."""
    half = size.companies // 2
    popularity = [draw.lognormvariate(0, SPREAD) for _ in range(size.companies)]
    first, second = list(accumulate(popularity[:half])), list(accumulate(popularity[half:]))
    wanted = min(size.meetings, half * (size.companies - half))
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < wanted:
        a = draw.choices(range(half), cum_weights=first)[0]
        b = draw.choices(range(half, size.companies), cum_weights=second)[0]
        pairs.add((a, b))
    return sorted(pairs)


def _add_languages(problem: dict[str, Any], size: Size, draw: Random) -> None:
    spoken = {
        number: draw.choices((None, *LANGUAGES), (4, 2.5, 2, 1.5))[0]
        for number, company in enumerate(problem["participants"])
        if company["side"] == "F"
    }
    for meeting in problem["meetings"]:
        meeting["lang"] = spoken[meeting["b"]]
    for _ in range(max(1, size.companies // 9)):
        languages = draw.sample(LANGUAGES, 2 if draw.random() < 0.3 else 1)
        available = "1" * size.slots
        if draw.random() < 0.12:
            available = _availability(size, 0.0, draw)
        problem["interpreters"].append({"langs": languages, "available": available})


def _mix(problem: dict[str, Any], size: Size, draw: Random) -> None:
    for company in draw.sample(problem["participants"], size.companies // 12):
        company["parallel"] = 2
    abroad = [one for one in problem["participants"] if one["side"] == "F"]
    owners = draw.sample(abroad, min(size.companies // 10, len(abroad), size.tables // 3))
    for booth, company in enumerate(owners):
        company["booth"] = booth
    for number, meeting in enumerate(problem["meetings"]):
        meeting["d"] = 2 if draw.random() < 0.06 else 1
        if draw.random() < 0.06:
            first, last = draw.choice(size.blocks)
            meeting["starts"] = list(range(first, last + 1))
        later = problem["meetings"][number + 1 : number + 7]
        same = [number + 1 + step for step, one in enumerate(later) if one["a"] == meeting["a"]]
        if same and draw.random() < 0.03:
            problem["precedences"].append([number, draw.choice(same)])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.generate", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("family", choices=FAMILIES)
    parser.add_argument("--companies", type=int, default=200)
    parser.add_argument("--meetings", type=int, default=1300)
    parser.add_argument("--slots", type=int, default=16)
    parser.add_argument("--tables", type=int, default=60)
    parser.add_argument("--block", type=int, default=6, help="slots between two breaks")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("-o", "--output", type=Path)
    asked = parser.parse_args()
    size = Size(asked.companies, asked.meetings, asked.slots, asked.tables, asked.block)
    text = json.dumps(generated(asked.family, size, asked.seed))
    if asked.output:
        asked.output.write_text(text + "\n", encoding="utf-8")
    else:
        sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
