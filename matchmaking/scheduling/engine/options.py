"""Every way to place every meeting on its own: a start and a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Ints, ints
from matchmaking.scheduling.engine.languages import interpreters_free, speakers
from matchmaking.scheduling.problem import Meeting, Problem

COMMON = -1
"""The place of a meeting that is held at any table that is nobody's booth."""


@dataclass(frozen=True, slots=True)
class Options:
    """Arrays of one length, sorted by meeting. `place` is a booth's table, or `COMMON`."""

    meeting: Ints
    start: Ints
    place: Ints

    def __len__(self) -> int:
        return len(self.meeting)

    def of(self, meeting: int) -> Ints:
        first, end = np.searchsorted(self.meeting, [meeting, meeting + 1])
        return np.arange(first, end)

    def only(self, kept: Bools) -> Options:
        return Options(self.meeting[kept], self.start[kept], self.place[kept])


def options_of(problem: Problem) -> Options:
    if not problem.meetings:
        return Options(ints([]), ints([]), ints([]))
    meeting, start = np.nonzero(_possible_starts(problem))
    owners = {one for one, company in enumerate(problem.participants) if company.booth is not None}
    places = [
        (COMMON,) if owners.isdisjoint(each.companies) else problem.booths_of(each)
        for each in problem.meetings
    ]
    if not problem.common_tables:
        places = [() if place == (COMMON,) else place for place in places]
    most = max(map(len, places))
    padded = ints([place + (COMMON - 1,) * (most - len(place)) for place in places])
    everywhere = Options(
        meeting=np.repeat(meeting, most),
        start=np.repeat(start, most),
        place=padded[meeting].reshape(-1),
    )
    return everywhere.only(everywhere.place >= COMMON)


def _possible_starts(problem: Problem) -> Bools:
    """Meeting by slot: companies and an interpreter are there, and the past allows it."""
    durations = ints([meeting.duration for meeting in problem.meetings])
    a = ints([meeting.a for meeting in problem.meetings])
    b = ints([meeting.b for meeting in problem.meetings])
    free = _companies_free(problem)
    possible = np.zeros((len(problem.meetings), problem.slots), dtype=bool)
    for duration in np.unique(durations):
        whole = _whole_runs(problem, free, int(duration))
        these = durations == duration
        possible[these] = whole[a[these]] & whole[b[these]]
    possible[:, : problem.now] = False
    possible[[held.meeting for held in problem.past]] = False
    _keep_allowed_starts(problem, possible)
    _keep_interpreted_starts(problem, possible)
    _keep_ordered_after_the_past(problem, possible)
    return possible


def _companies_free(problem: Problem) -> Bools:
    return np.array(
        [
            [mark == "1" for mark in company.available]
            if company.parallel and company.max_meetings
            else [False] * problem.slots
            for company in problem.participants
        ],
        dtype=bool,
    ).reshape(len(problem.participants), problem.slots)


def _whole_runs(problem: Problem, free: Bools, duration: int) -> Bools:
    """Where `duration` slots in a row are free inside one block."""
    whole = np.zeros_like(free)
    if duration > problem.slots:
        return whole
    blocks = ints(problem.block_of_slot)
    starts = problem.slots - duration + 1
    whole[:, :starts] = blocks[:starts] == blocks[duration - 1 :]
    for offset in range(duration):
        whole[:, :starts] &= free[:, offset : offset + starts]
    return whole


def _keep_allowed_starts(problem: Problem, possible: Bools) -> None:
    for number, meeting in enumerate(problem.meetings):
        if meeting.starts is not None:
            allowed = np.zeros(problem.slots, dtype=bool)
            allowed[list(meeting.starts)] = True
            possible[number] &= allowed


def _keep_interpreted_starts(problem: Problem, possible: Bools) -> None:
    free = interpreters_free(problem)
    somebody: dict[tuple[str, int], Any] = {}
    for number, meeting in enumerate(problem.meetings):
        if meeting.language is None:
            continue
        key = meeting.language, meeting.duration
        if key not in somebody:
            who = free[speakers(problem, [meeting.language])]
            somebody[key] = np.any(_whole_runs(problem, who, meeting.duration), axis=0)
        possible[number] &= somebody[key]


def _keep_ordered_after_the_past(problem: Problem, possible: Bools) -> None:
    """What must precede a meeting of the past is too late; what must follow it waits for its end."""
    past: dict[int, tuple[int, Meeting]] = {
        held.meeting: (held.start, problem.meetings[held.meeting]) for held in problem.past
    }
    for before, after in problem.precedences:
        if after in past:
            possible[before] = False
        if before in past:
            start, meeting = past[before]
            possible[after, : start + meeting.duration] = False
