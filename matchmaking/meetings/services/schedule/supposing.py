"""What if: the same event with more tables, more interpreters, no breaks or shorter meetings.

Pure: a problem in, the supposed one out. What comes of it is never published.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from matchmaking.meetings.models import Slot
from matchmaking.scheduling.problem import Problem
from matchmaking.scheduling.whatif import (
    with_interpreter,
    with_slot,
    with_slot_minutes,
    with_tables,
)


@dataclass(frozen=True)
class Supposition:
    """What is supposed. `interpreters` counts more of each language; `minutes` is a meeting's length."""

    tables: int = 0
    interpreters: dict[str, int] = field(default_factory=dict)
    no_breaks: bool = False
    minutes: int | None = None

    @property
    def is_nothing(self) -> bool:
        return not (self.tables or self.interpreters or self.no_breaks or self.minutes)

    def as_json(self) -> dict[str, Any]:
        return {
            "tables": self.tables,
            "interpreters": self.interpreters,
            "no_breaks": self.no_breaks,
            "minutes": self.minutes,
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        return cls(**values)


@dataclass(frozen=True)
class Shape:
    """The length of a slot, and how many slots would fit into the break after each block."""

    minutes: int
    breaks: tuple[int, ...]


def shape_of(slots: Sequence[Slot]) -> Shape:
    """Of slots in order of time. The night between two days is no break."""
    if not slots:
        return Shape(20, ())
    length = slots[0].ends_at - slots[0].starts_at
    breaks = []
    for before, after in zip(slots, [*slots[1:], None], strict=True):
        if after is None:
            breaks.append(0)
        elif before.block != after.block:
            pause = after.starts_at - before.ends_at
            breaks.append(pause // length if pause.total_seconds() < 6 * 3600 else 0)
    return Shape(round(length.total_seconds() / 60), tuple(breaks))


def supposed(problem: Problem, what: Supposition, shape: Shape) -> Problem:
    """The problem as it would be; companies and requests keep their numbers."""
    if what.tables:
        problem = with_tables(problem, what.tables)
    for language, count in what.interpreters.items():
        for _ in range(count):
            problem = with_interpreter(problem, [language])
    if what.no_breaks:
        for block, count in enumerate(shape.breaks):
            for _ in range(count):
                problem = with_slot(problem, block)
    if what.minutes and what.minutes != shape.minutes:
        problem = with_slot_minutes(problem, shape.minutes, what.minutes)
    return problem
