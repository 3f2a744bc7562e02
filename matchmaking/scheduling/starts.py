"""Where one meeting could start in a schedule, for each thing that may stand in its way."""

from __future__ import annotations

from dataclasses import dataclass

from matchmaking.scheduling.problem import Meeting
from matchmaking.scheduling.situation import Situation, mask_of, runs


@dataclass(frozen=True, slots=True)
class Starts:
    """Masks of starts. `grid`: inside a block and not past; `allowed`: and one of its `starts`.

    `available` and `open` are for its two companies: there, and there with a line free.
    """

    number: int
    meeting: Meeting
    grid: int
    allowed: int
    available: tuple[int, int]
    open: tuple[int, int]
    table: int
    interpreter: int
    ordered: int

    @property
    def both_available(self) -> int:
        return self.allowed & self.available[0] & self.available[1]

    @property
    def fitting(self) -> int:
        """Nothing stands in its way there, if no limit does."""
        both = self.allowed & self.open[0] & self.open[1]
        return both & self.table & self.interpreter & self.ordered


def starts_of(situation: Situation, number: int) -> Starts:
    problem = situation.problem
    meeting = problem.meetings[number]
    grid = situation.grid(meeting.duration)
    a, b = meeting.companies
    return Starts(
        number=number,
        meeting=meeting,
        grid=grid,
        allowed=grid if meeting.starts is None else grid & mask_of(meeting.starts),
        available=(
            runs(situation.available[a], meeting.duration),
            runs(situation.available[b], meeting.duration),
        ),
        open=(
            runs(situation.open_lines(a), meeting.duration),
            runs(situation.open_lines(b), meeting.duration),
        ),
        table=situation.table_starts(meeting),
        interpreter=situation.interpreter_starts(meeting),
        ordered=situation.ordered_starts(number),
    )


def holders_of(situation: Situation, starts: Starts, start: int) -> list[int]:
    """The meetings that keep its companies from meeting at this start."""
    holders: set[int] = set()
    for company in starts.meeting.companies:
        for slot in starts.meeting.slots_from(start):
            if situation.full[company] >> slot & 1:
                holders |= situation.at[company, slot]
    return sorted(holders)
