"""The changes that would let a meeting into a schedule in which nothing else moves.

At each start something is wanting. A start that wants one thing gives a remedy; only
where every start wants more, the fewest that would help together are given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

from matchmaking.scheduling.problem import Remedy, Subject
from matchmaking.scheduling.situation import Situation, runs, slots_of, without
from matchmaking.scheduling.starts import Starts, holders_of, starts_of

MOST = 4
MOST_DROPPED = 5

Remedies = tuple[Remedy, ...]


@dataclass(frozen=True, slots=True)
class Want:
    """What is wanting at the starts in the mask: an action, and whom it asks something of."""

    action: str
    mask: int
    whose: tuple[Subject, ...] = ()
    company: int | None = None


def remedies_for(situation: Situation, starts: Starts) -> tuple[Remedies, Remedies]:
    """At most four of which each alone would do; or else some that would do together.

    None where it fits as things are.
    """
    wants = list(_wants(situation, starts))
    possible = starts.grid & starts.ordered
    if situation.problem.booths_of(starts.meeting):
        possible &= starts.table
    if possible & ~_needing(wants):
        return (), ()
    changing = _first_of_each(situation, starts, wants, possible)
    alone = tuple(islice(chain(changing, _by_dropping_one(situation, starts)), MOST))
    together = () if alone else _fewest_together(situation, starts, wants, possible)
    return alone, together


def _needing(wants: list[Want]) -> int:
    """The starts at which something is wanting."""
    mask = 0
    for want in wants:
        mask |= want.mask
    return mask


def _wants(situation: Situation, starts: Starts) -> Iterator[Want]:
    """The least intrusive first. Starts are not looked at where nothing could help."""
    meeting = starts.meeting
    companies = [(one, (Subject("participant", one),)) for one in meeting.companies]
    for company, who in companies:
        if situation.is_at_its_limit(company):
            yield Want("raise_limit", starts.grid, who)
    yield Want("allow_start", starts.grid & ~starts.allowed, (Subject("meeting", starts.number),))
    for (company, who), there in zip(companies, starts.available, strict=True):
        yield Want("free", starts.grid & ~there, who, company)
    yield Want("add_table", starts.grid & ~starts.table)
    language = (Subject("language", str(meeting.language)),)
    yield Want("add_interpreter", starts.grid & ~starts.interpreter, language)
    for company, who in companies:
        has_a_line = runs(~situation.full[company], meeting.duration)
        yield Want("add_line", starts.grid & ~has_a_line, who, company)


def _first_of_each(
    situation: Situation, starts: Starts, wants: list[Want], possible: int
) -> Iterator[Remedy]:
    """For each want, the start at which it is alone and asks least; one line is enough."""
    some, several = 0, 0
    for want in wants:
        several |= some & want.mask
        some |= want.mask
    alone = possible & some & ~several
    asked_for_a_line = False
    for want in wants:
        if not want.mask & alone or (want.action == "add_line" and asked_for_a_line):
            continue
        remedies = (
            _remedy(situation, starts, want, start) for start in slots_of(want.mask & alone)
        )
        yield min(remedies, key=lambda remedy: len(remedy.subjects))
        asked_for_a_line = want.action == "add_line"


def _fewest_together(
    situation: Situation, starts: Starts, wants: list[Want], possible: int
) -> Remedies:
    fewest: list[Want] = []
    best = -1
    for start in slots_of(possible):
        wanting = [want for want in wants if want.mask >> start & 1]
        if not fewest or len(wanting) < len(fewest):
            fewest, best = wanting, start
    return tuple(_remedy(situation, starts, want, best) for want in fewest)


def _remedy(situation: Situation, starts: Starts, want: Want, start: int) -> Remedy:
    return Remedy(want.action, (*want.whose, *_slots_wanted(situation, starts, want, start)))


def _slots_wanted(
    situation: Situation, starts: Starts, want: Want, start: int
) -> Iterator[Subject]:
    if want.action == "raise_limit":
        return
    slots: Iterable[int] = starts.meeting.slots_from(start)
    if want.action == "allow_start":
        slots = (start,)
    elif want.company is not None:
        masks = {
            "free": ~situation.available[want.company],
            "add_line": situation.full[want.company],
        }
        slots = (slot for slot in slots if masks[want.action] >> slot & 1)
    for slot in slots:
        yield Subject("slot", slot)


def _limited(situation: Situation, starts: Starts) -> list[int]:
    return [one for one in starts.meeting.companies if situation.is_at_its_limit(one)]


def _by_dropping_one(situation: Situation, starts: Starts) -> Iterator[Remedy]:
    """The least meeting whose place this one could take."""
    meetings = situation.problem.meetings
    candidates = sorted(
        _alone_in_the_way(situation, starts), key=lambda one: (meetings[one].weight, one)
    )
    for number in candidates[:MOST_DROPPED]:
        with without(situation, situation.placed[number]):
            fits = _fits(situation, starts.number)
        if fits:
            yield Remedy("drop", (Subject("meeting", number),))
            return


def _alone_in_the_way(situation: Situation, starts: Starts) -> set[int]:
    """Meetings that alone fill a start, or a company's limit."""
    alone: set[int] = set()
    for start in slots_of(starts.both_available):
        holders = holders_of(situation, starts, start)
        if len(holders) == 1:
            alone.update(holders)
    for company in _limited(situation, starts):
        for slot in range(situation.problem.now, situation.problem.slots):
            alone |= situation.at.get((company, slot), set())
    return {one for one in alone if situation.placed[one].start >= situation.problem.now}


def _fits(situation: Situation, number: int) -> bool:
    starts = starts_of(situation, number)
    return bool(starts.fitting) and not _limited(situation, starts)
