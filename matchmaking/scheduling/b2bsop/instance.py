"""What an instance states, and nothing derived but by definition."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property


class Half(IntEnum):
    """When a meeting may be held, by its number in the files."""

    MORNING = 1
    AFTERNOON = 2
    ANY = 3


@dataclass(frozen=True)
class Instance:
    """One slot for each meeting; a company has one meeting at a time, a slot `tables` of them.

    `forbidden[company]` holds slots; `fixed[meeting]` is a slot or None;
    `predecessors[meeting]` holds the meetings that come strictly before it.
    """

    name: str
    companies: int
    tables: int
    slots: int
    morning_slots: int
    pairs: tuple[tuple[int, int], ...]
    halves: tuple[Half, ...]
    forbidden: tuple[frozenset[int], ...]
    fixed: tuple[int | None, ...]
    predecessors: tuple[frozenset[int], ...]

    @cached_property
    def meetings_of(self) -> tuple[tuple[int, ...], ...]:
        meetings: list[list[int]] = [[] for _ in range(self.companies)]
        for meeting, pair in enumerate(self.pairs):
            for company in pair:
                meetings[company].append(meeting)
        return tuple(map(tuple, meetings))
