"""Problems in which every slot is like every other: what `selection` and `colouring` need.

That is so if every meeting that can be held at all

- is one slot long, needs no interpreter, has no booth, may start whenever its companies are there;
- is between companies that are available at the same slots;
- and if companies can be put on two sides such that meetings are only across (as local
  and foreign companies are), no order is asked for, nothing has been published yet, and
  tables can be used throughout.

Limits, lines (`parallel`), weights and tables may be anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Ints, ints
from matchmaking.scheduling.problem import Meeting, Participant, Problem
from matchmaking.scheduling.score import targets


@dataclass(frozen=True, slots=True)
class Uniform:
    """Arrays by candidate meeting: its number, its company of either side, its weight.

    `lines`, `limit` and `target` are by company: at one time, in all, and to be hoped for.
    """

    problem: Problem
    slots: Ints
    tables: int
    meeting: Ints
    left: Ints
    right: Ints
    weight: Ints
    lines: Ints
    limit: Ints
    target: Ints

    @property
    def companies(self) -> int:
        return len(self.lines)


def uniform_of(problem: Problem) -> Uniform | None:
    """The problem so seen, or `None` where slots differ for some meeting."""
    if problem.published or problem.precedences or problem.table_available:
        return None
    pairs = ints([(meeting.a, meeting.b) for meeting in problem.meetings]).reshape(-1, 2).T
    can_meet = np.array([_can_meet(company) for company in problem.participants], dtype=bool)
    candidates = np.flatnonzero(can_meet[pairs].all(axis=0))
    pairs = pairs[:, candidates]
    companies = [problem.participants[company] for company in np.unique(pairs).tolist()]
    available = {company.available for company in companies}
    if len(available) != 1 or any(company.booth is not None for company in companies):
        return None
    marks = enumerate(available.pop())
    slots = [slot for slot, mark in marks if mark == "1" and slot >= problem.now]
    meetings = [problem.meetings[number] for number in candidates.tolist()]
    if not slots or not _may_start_anywhere(meetings, frozenset(slots)):
        return None
    is_left = _left_side(problem, pairs)
    if is_left is None:
        return None
    lines = ints([company.parallel for company in problem.participants])
    most = ints([company.max_meetings for company in problem.participants])
    return Uniform(
        problem=problem,
        slots=ints(slots),
        tables=len(problem.common_tables),
        meeting=candidates,
        left=np.where(is_left[pairs[0]], pairs[0], pairs[1]),
        right=np.where(is_left[pairs[0]], pairs[1], pairs[0]),
        weight=ints([meeting.weight for meeting in meetings]),
        lines=lines,
        limit=np.minimum(most, lines * len(slots)),
        target=ints(targets(problem)),
    )


def _can_meet(company: Participant) -> bool:
    return bool(company.parallel and company.max_meetings and "1" in company.available)


def _may_start_anywhere(meetings: Iterable[Meeting], slots: frozenset[int]) -> bool:
    return not any(
        meeting.duration != 1
        or meeting.language is not None
        or (meeting.starts is not None and not slots.issubset(meeting.starts))
        for meeting in meetings
    )


def _left_side(problem: Problem, pairs: Ints) -> Bools | None:
    """One of two sides such that no meeting is within a side, or `None` where there are no such."""
    local = np.array([company.side == "L" for company in problem.participants], dtype=bool)
    if (local[pairs[0]] != local[pairs[1]]).all():
        return local
    partners: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in pairs.T.tolist():
        partners[a].append(b)
        partners[b].append(a)
    is_left: dict[int, bool] = {}
    for root in partners:
        queue = [] if root in is_left else [root]
        is_left.setdefault(root, True)
        for company in queue:
            for partner in partners[company]:
                if partner not in is_left:
                    is_left[partner] = not is_left[company]
                    queue.append(partner)
                elif is_left[partner] == is_left[company]:
                    return None
    return np.array([is_left.get(one, False) for one in range(len(local))], dtype=bool)
