"""Why meetings are not in a schedule, and what would let them in.

Every meeting that is not placed gets the tightest reason: the first of this list that
is true of it. What no schedule could change comes before what this schedule did.

| reason | subjects |
| --- | --- |
| `no_allowed_start` | the meeting: it fits nowhere it may start, or all of that is past |
| `company_absent` | each participant that is available at none of these starts |
| `no_common_free_slot` | both participants: never available together for long enough |
| `no_interpreter` | the language, then the starts at which nobody who speaks it is left |
| `no_table` | its booths, if it must be at one, then the starts at which no table is left |
| `company_full` | each participant at its limit, or with no time left for it on any day |
| `outranked` | the meetings in its way at the starts both could meet at, the least first |
| `precedence` | the placed meetings it must come before or after |
| `out_of_time` | the starts at which it could still be placed: the search was cut short |
| `unexplained` | none: there was no time even to look for a reason |

For each, `remedies` lists up to four changes (see `Remedy`) of which any one would let
the meeting be placed, everything else staying as it is, the least intrusive first; where
no single change would do, `together` lists the fewest that do.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from itertools import islice
from math import inf

from matchmaking.scheduling.problem import Assignment, Problem, Subject, Unplaced
from matchmaking.scheduling.remedies import remedies_for
from matchmaking.scheduling.situation import (
    Situation,
    situation_of,
    slots_of,
)
from matchmaking.scheduling.starts import Starts, holders_of, starts_of

MOST_MEETINGS_NAMED = 12

Reason = tuple[str, tuple[Subject, ...]]


def explain(problem: Problem, assignments: Iterable[Assignment]) -> tuple[Unplaced, ...]:
    return explained(situation_of(problem, assignments))


def explained(situation: Situation, *, until: float = inf) -> tuple[Unplaced, ...]:
    """What is not placed there; from the moment `until` on (of `time.monotonic`), `unexplained`."""
    problem = situation.problem
    at_most = situation_of(problem, problem.past)
    return tuple(
        _explained(situation, at_most, number)
        if time.monotonic() < until
        else Unplaced(number, "unexplained")
        for number in range(len(problem.meetings))
        if number not in situation.placed
    )


def unexplained(problem: Problem, assignments: Iterable[Assignment]) -> tuple[Unplaced, ...]:
    placed = {row.meeting for row in assignments}
    return tuple(
        Unplaced(number, "unexplained")
        for number in range(len(problem.meetings))
        if number not in placed
    )


def _explained(situation: Situation, at_most: Situation, number: int) -> Unplaced:
    starts = starts_of(situation, number)
    whatever = _whatever_the_schedule(at_most, starts)
    reason, subjects = whatever or _because_of_the_schedule(situation, starts)
    alone, together = remedies_for(situation, starts)
    return Unplaced(number, reason, subjects, alone, together)


def _whatever_the_schedule(at_most: Situation, starts: Starts) -> Reason | None:
    """A reason that no other schedule could take away: `at_most` is free when all but the past is."""
    meeting = starts.meeting
    if not starts.allowed:
        return "no_allowed_start", (Subject("meeting", starts.number),)
    absent = [
        company
        for company, available in zip(meeting.companies, starts.available, strict=True)
        if not starts.allowed & available
    ]
    if absent:
        return "company_absent", _each("participant", absent)
    if not starts.both_available:
        return "no_common_free_slot", _each("participant", meeting.companies)
    if not starts.both_available & at_most.interpreter_starts(meeting):
        return "no_interpreter", _without_interpreter(starts, starts.both_available)
    if not starts.both_available & at_most.table_starts(meeting):
        return "no_table", _without_table(at_most.problem, starts, starts.both_available)
    return None


def _because_of_the_schedule(situation: Situation, starts: Starts) -> Reason:
    full = [
        company
        for company, is_open in zip(starts.meeting.companies, starts.open, strict=True)
        if situation.is_at_its_limit(company) or not starts.grid & is_open
    ]
    if full:
        return "company_full", _each("participant", full)
    both_open = starts.both_available & starts.open[0] & starts.open[1]
    if not both_open:
        return "outranked", _each("meeting", _in_the_way(situation, starts))
    in_order = both_open & starts.ordered
    if not in_order:
        partners = {one for pair in situation.precedences[starts.number] for one in pair}
        return "precedence", _each("meeting", sorted(partners & situation.placed.keys()))
    return _for_want_of_a_table_or_interpreter(situation, starts, in_order)


def _for_want_of_a_table_or_interpreter(
    situation: Situation, starts: Starts, possible: int
) -> Reason:
    at_table, interpreted = possible & starts.table, possible & starts.interpreter
    if at_table & interpreted:
        return "out_of_time", _each("slot", slots_of(at_table & interpreted))
    if at_table.bit_count() < interpreted.bit_count():
        return "no_table", _without_table(situation.problem, starts, possible & ~at_table)
    return "no_interpreter", _without_interpreter(starts, possible & ~interpreted)


def _without_table(problem: Problem, starts: Starts, without: int) -> tuple[Subject, ...]:
    booths = _each("table", problem.booths_of(starts.meeting))
    return booths + _each("slot", slots_of(without))


def _without_interpreter(starts: Starts, without: int) -> tuple[Subject, ...]:
    language = Subject("language", str(starts.meeting.language))
    return language, *_each("slot", slots_of(without))


def _in_the_way(situation: Situation, starts: Starts) -> Iterator[int]:
    """The meetings its companies have at the starts both could meet at, the least weight first."""
    named: dict[int, None] = {}
    nearest = sorted(
        (holders_of(situation, starts, start) for start in slots_of(starts.both_available)),
        key=lambda holders: sum(situation.problem.meetings[one].weight for one in holders),
    )
    for holders in nearest:
        named.update(dict.fromkeys(holders))
    return islice(named, MOST_MEETINGS_NAMED)


def _each(kind: str, keys: Iterable[int]) -> tuple[Subject, ...]:
    return tuple(Subject(kind, key) for key in keys)
