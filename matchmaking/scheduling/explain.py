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
| `company_full` | each participant that has no place for another meeting |
| `outranked` | the meetings in its way at the starts both could meet at, the least first |
| `precedence` | the placed meetings it must come before or after |
| `out_of_time` | the starts at which it could still be placed: the search was cut short |

For each, `remedies` lists up to four changes (see `Remedy`) of which any one would let
the meeting be placed, everything else staying as it is, the least intrusive first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from matchmaking.scheduling.problem import Assignment, Meeting, Problem, Subject, Unplaced
from matchmaking.scheduling.remedies import remedies_for
from matchmaking.scheduling.situation import Situation, runs, situation_of, slots_of
from matchmaking.scheduling.starts import Starts, holders_of, starts_of

MOST_MEETINGS_NAMED = 12

Reason = tuple[str, tuple[Subject, ...]]


def explain(problem: Problem, assignments: Iterable[Assignment]) -> tuple[Unplaced, ...]:
    situation = situation_of(problem, assignments)
    return tuple(
        _explained(situation, number)
        for number in range(len(problem.meetings))
        if number not in situation.placed
    )


def _explained(situation: Situation, number: int) -> Unplaced:
    starts = starts_of(situation, number)
    reason, subjects = _whatever_the_schedule(situation, starts) or _because_of_the_schedule(
        situation, starts
    )
    return Unplaced(number, reason, subjects, remedies_for(situation, starts))


def _whatever_the_schedule(situation: Situation, starts: Starts) -> Reason | None:
    """A reason that no other schedule of the same problem could take away."""
    problem, meeting = situation.problem, starts.meeting
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
    if not starts.both_available & _ever_interpreted(problem, meeting):
        return "no_interpreter", _without_interpreter(starts, starts.both_available)
    if not problem.booths_of(meeting) and not problem.common_tables:
        return "no_table", _each("slot", slots_of(starts.both_available))
    return None


def _because_of_the_schedule(situation: Situation, starts: Starts) -> Reason:
    full = [
        company
        for company, is_open in zip(starts.meeting.companies, starts.open, strict=True)
        if situation.is_at_its_limit(company) or not starts.both_available & is_open
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
        booths = situation.problem.booths_of(starts.meeting)
        slots = _each("slot", slots_of(possible & ~at_table))
        return "no_table", _each("table", booths) + slots
    return "no_interpreter", _without_interpreter(starts, possible & ~interpreted)


def _without_interpreter(starts: Starts, without: int) -> tuple[Subject, ...]:
    language = Subject("language", str(starts.meeting.language))
    return language, *_each("slot", slots_of(without))


def _ever_interpreted(problem: Problem, meeting: Meeting) -> int:
    if meeting.language is None:
        return -1
    starts = 0
    for person in problem.interpreters:
        if meeting.language in person.languages:
            starts |= runs(int(person.available[::-1], 2), meeting.duration)
    return starts


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
