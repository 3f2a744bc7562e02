"""Long meetings moved one by one to where they leave fewer gaps."""

from __future__ import annotations

import numpy as np

from matchmaking.scheduling.engine.arrays import Ints
from matchmaking.scheduling.engine.timetable import NOBODY, Timetable, mark
from matchmaking.scheduling.score import idle_runs


def move_long_meetings(table: Timetable) -> None:
    long = (table.rules.duration > 1) & (table.start != NOBODY)
    for meeting in np.flatnonzero(long).tolist():
        _move(table, meeting)


def _move(table: Timetable, meeting: int) -> None:
    """To the start that leaves the fewest gaps; it stays where no other is better."""
    rules, here = table.rules, int(table.start[meeting])
    if rules.may_start is None or rules.home[meeting] == here:
        return
    lines = np.flatnonzero(table.meeting[here] == meeting)
    mark(table, meeting, here, lines, more=-1)
    starts = [
        start
        for start in np.flatnonzero(rules.may_start[meeting]).tolist()
        if start == here or _fits(table, meeting, start, lines)
    ]
    at_home = [start for start in starts if start == rules.home[meeting]]
    best = min(
        at_home or starts,
        key=lambda start: (_more_gaps(table, meeting, start, lines), start != here),
    )
    mark(table, meeting, best, lines, more=1)


def _more_gaps(table: Timetable, meeting: int, start: int, lines: Ints) -> int:
    block = table.block_of[start]
    slots = range(start, start + int(table.rules.duration[meeting]))
    covered = sum(table.bit[slot] for slot in slots)
    more = 0
    for company in table.company[lines].tolist():
        free, busy = int(table.free[block][company]), int(table.busy[block][company])
        more += idle_runs(free, busy | covered) - idle_runs(free, busy)
    return more


def _fits(table: Timetable, meeting: int, start: int, lines: Ints) -> bool:
    rules = table.rules
    slots = slice(start, start + int(rules.duration[meeting]))
    if (table.meeting[slots][:, lines] != NOBODY).any():
        return False
    kinds = rules.kinds[:, meeting]
    if (table.load[kinds, slots] >= rules.capacity[kinds, slots]).any():
        return False
    booth = rules.booth[meeting]
    others = table.meeting[slots]
    if booth != NOBODY and (rules.booth[others[others != NOBODY]] == booth).any():
        return False
    return _is_in_order(table, meeting, start)


def _is_in_order(table: Timetable, meeting: int, start: int) -> bool:
    before, after = table.rules.orders
    earlier, later = before[after == meeting], after[before == meeting]
    earlier = earlier[table.start[earlier] != NOBODY]
    later = table.start[later]
    end = start + int(table.rules.duration[meeting])
    early = (table.start[earlier] + table.rules.duration[earlier] <= start).all()
    return bool(early and (later[later != NOBODY] >= end).all())
