"""Who meets whom when, as arrays by slot: what exchanging slots works on.

A company that can hold several meetings at a time has as many lines, and each of its
meetings is on one of them; a line holds one meeting at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from matchmaking.scheduling.engine.arrays import Bools, Ints, ints, spans
from matchmaking.scheduling.problem import Problem
from matchmaking.scheduling.score import requested_counts

Masks: TypeAlias = NDArray[Any]
"""Of whole numbers: of machine words where these are wide enough, else of Python's own."""

NOBODY = -1
WORD = 62


@dataclass(frozen=True, slots=True)
class Rules:
    """What meetings may do, by their number.

    `may_start` is by meeting and slot, `None` where all may everywhere. `kinds[k]` are the
    meetings that use one of the `capacity[k, slot]` things of kind `k` in each slot they
    cover. `booth` is the table of a meeting at a booth, or `NOBODY`. `orders` are pairs of
    which the first must end before the second starts. `home` is the slot at which a meeting
    is worth more than elsewhere, or `NOBODY`.
    """

    duration: Ints
    kinds: Bools
    capacity: Ints
    booth: Ints
    home: Ints
    orders: Ints
    may_start: Bools | None = None


@dataclass(slots=True)
class Timetable:
    """`meeting[s, l]` is what line `l` holds in slot `s`, `partner[s, l]` the other line, or itself.

    `times[s, c]` counts the meetings of a company. Meetings of the past are there, too; they
    and long ones never move. `shared` lines are of companies that have several. `start` is by meeting, `NOBODY` where it is not placed. `free[b]` and `busy[b]` are masks by company of block `b`, in
    which slot `s` has the bit `bit[s]`.
    """

    rules: Rules
    block_of: Ints
    bit: list[int]
    free: list[Masks]
    busy: list[Masks]
    start: Ints
    company: Ints
    shared: Bools
    meeting: Ints
    partner: Ints
    times: Ints
    load: Ints
    moves: Bools

    @property
    def has_booths(self) -> bool:
        return bool((self.rules.booth != NOBODY).any())

    @property
    def slots(self) -> int:
        return len(self.times)


def mark(table: Timetable, meeting: int, start: int, lines: Ints, *, more: int) -> None:
    """Enter a meeting at this start on these two lines (`more` is 1), or strike it out (-1)."""
    for slot in range(start, start + int(table.rules.duration[meeting])):
        table.meeting[slot, lines] = meeting if more > 0 else NOBODY
        table.partner[slot, lines] = lines[::-1] if more > 0 else lines
        table.load[table.rules.kinds[:, meeting], slot] += more
        busy, bit = table.busy[table.block_of[slot]], table.bit[slot]
        for company in table.company[lines].tolist():
            table.times[slot, company] += more
            kept = int(busy[company]) & ~bit
            busy[company] = kept | bit if table.times[slot, company] else kept
    table.start[meeting] = start if more > 0 else NOBODY


def timetable_of(problem: Problem, rules: Rules, start: Ints) -> Timetable:
    """Of these meetings, at these starts, and the past, which has no part in the load."""
    rows, blocks = _rows(problem, rules, start), sorted(problem.blocks)
    lines = np.ones(len(problem.participants), dtype=np.int64)
    for company, line in zip(rows.company, rows.line, strict=True):
        np.maximum.at(lines, company, line + 1)
    first = np.cumsum(lines) - lines
    company = np.repeat(np.arange(len(lines)), lines)
    one, other = first[rows.company] + rows.line
    meeting = np.full((problem.slots, len(company)), NOBODY, dtype=np.int64)
    meeting[rows.slot, one] = meeting[rows.slot, other] = rows.meeting
    partner = np.tile(np.arange(len(company)), (problem.slots, 1))
    partner[rows.slot, one], partner[rows.slot, other] = other, one
    times = np.zeros((problem.slots, len(lines)), dtype=np.int64)
    np.add.at(times, (rows.slot, rows.company), 1)
    load = np.zeros_like(rules.capacity)
    for kind, members in enumerate(rules.kinds):
        np.add.at(load[kind], rows.slot[members[rows.meeting] & (start[rows.meeting] >= 0)], 1)
    return Timetable(
        rules=rules,
        block_of=ints(problem.block_of_slot),
        bit=[1 << slot - first for first, last in blocks for slot in range(first, last + 1)],
        free=_masks(problem, _available(problem)),
        busy=_masks(problem, times > 0),
        start=start.copy(),
        company=company,
        shared=lines[company] > 1,
        meeting=meeting,
        partner=partner,
        times=times,
        load=load,
        moves=(start >= 0) & (rules.duration == 1),
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Each meeting in each slot it covers, with its two companies and the lines it is on."""

    meeting: Ints
    slot: Ints
    company: Ints
    line: Ints


def _rows(problem: Problem, rules: Rules, start: Ints) -> _Rows:
    past = ints([held.meeting for held in problem.past])
    number = np.concatenate([np.flatnonzero(start >= 0), past])
    begins = np.concatenate([start[start >= 0], ints([held.start for held in problem.past])])
    companies = ints([problem.meetings[one].companies for one in number.tolist()]).reshape(-1, 2).T
    line = _lines(problem, number, begins, companies)
    length = rules.duration[number]
    each = np.repeat(np.arange(len(number)), length)
    slot = spans(begins, length)
    inside = slot < problem.slots
    each, slot = each[inside], slot[inside]
    return _Rows(number[each], slot, companies[:, each], line[:, each])


def _lines(problem: Problem, number: Ints, begins: Ints, companies: Ints) -> Ints:
    """The line each meeting is on, for either company.

    Meetings are spread over a company's lines, so that what is on one can move alone.
    """
    line = np.zeros_like(companies)
    wanted = requested_counts(problem)
    several = np.array([company.parallel > 1 for company in problem.participants], dtype=bool)
    several[[c for held in problem.past for c in problem.meetings[held.meeting].companies]] = True
    taken: dict[tuple[int, int], int] = {}
    those = np.flatnonzero(several[companies].any(axis=0))
    for row in those[np.lexsort((number[those], begins[those]))].tolist():
        start, meeting = int(begins[row]), int(number[row])
        for side, company in enumerate(companies[:, row].tolist()):
            if not several[company]:
                continue
            most = max(1, min(problem.participants[company].parallel, wanted[company]))
            found = meeting % most
            if taken.get((company, found), 0) > start:
                found = next(one for one in count() if taken.get((company, one), 0) <= start)
            taken[company, found] = start + problem.meetings[meeting].duration
            line[side, row] = found
    return line


def _masks(problem: Problem, marks: Bools) -> list[Masks]:
    """By block and company, a bit for each slot that is marked."""
    longest = max((last - first + 1 for first, last in problem.blocks), default=0)
    kind: Any = np.int64 if longest <= WORD else object
    masks = []
    for first, last in sorted(problem.blocks):
        mask = np.zeros(marks.shape[1], dtype=kind)
        for slot in range(first, last + 1):
            mask |= marks[slot].astype(kind) << (slot - first)
        masks.append(mask)
    return masks


def _available(problem: Problem) -> Bools:
    """By slot and company."""
    marks = np.frombuffer("".join(one.available for one in problem.participants).encode(), "S1")
    available: Bools = marks.reshape(len(problem.participants), problem.slots).T == b"1"
    return available
