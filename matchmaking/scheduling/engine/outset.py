"""A first bound, before any option is listed: it forgets when things are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Floats, Ints, ints, offsets
from matchmaking.scheduling.engine.descent import descended_prices
from matchmaking.scheduling.engine.languages import interpreters_free, language_sets, speakers
from matchmaking.scheduling.engine.options import Options
from matchmaking.scheduling.engine.packing import Packing
from matchmaking.scheduling.engine.prices import bound_by
from matchmaking.scheduling.problem import Problem


@dataclass(frozen=True, slots=True)
class Outset:
    """No schedule is worth more than `bound`.

    `gain` is what each meeting gains less the prices of what it uses.
    """

    bound: int
    gain: Floats


def outset_of(problem: Problem, *, seconds: float) -> Outset:
    """In a repair, where staying counts too, the bound is all weights together."""
    if not problem.meetings:
        return Outset(0, np.zeros(0))
    packing = _without_times(problem)
    prices = descended_prices(packing, _groups(problem, packing), seconds=seconds)
    cost = np.add.reduceat(prices[packing.uses], packing.first[:-1])
    gain = packing.gain.astype(np.float64) - cost
    if problem.previous is not None:
        return Outset(sum(packing.gain.tolist()), gain)
    return Outset(bound_by(packing, prices).bound, gain)


def _without_times(problem: Problem) -> Packing:
    """One option a meeting, which uses its companies' time and limits, tables and interpreters.

    Time is counted in slots: a meeting uses as many units of it as it is long.
    """
    count, companies = len(problem.meetings), len(problem.participants)
    each = np.arange(count)
    duration = ints([min(meeting.duration, problem.slots) for meeting in problem.meetings])
    slot_of = np.repeat(each, duration)
    sets = language_sets(problem)
    users = [slot_of[_at_common_tables(problem)[slot_of]]]
    users += [slot_of[speaking[slot_of]] for speaking in _speaking(problem, sets)]
    numbers = [np.full(len(those), number) for number, those in enumerate(users)]
    for side in ints([meeting.companies for meeting in problem.meetings]).T:
        users += [slot_of, each]
        numbers += [len(sets) + 1 + side[slot_of], len(sets) + 1 + companies + side]
    meeting, number = np.concatenate(users), np.concatenate(numbers)
    capacity = _capacity(problem, sets)
    return Packing(
        options=Options(each, np.zeros_like(each), np.zeros_like(each)),
        gain=ints([meeting.weight for meeting in problem.meetings]),
        first=offsets(np.bincount(meeting, minlength=count)),
        uses=number[np.argsort(meeting, kind="stable")],
        of_meeting=np.arange(count + 1),
        capacity=capacity,
        pool=np.arange(len(capacity)),
        constant=0,
    )


def _groups(problem: Problem, packing: Packing) -> list[Ints]:
    """Interpreters and tables, one by one, then the companies of either side.

    Of a company's time and its limit only the scarcer has a price.
    """
    companies = len(problem.participants)
    others = len(packing.capacity) - 2 * companies
    time_of = np.arange(others, others + companies)
    limit_of = time_of + companies
    scarcer = np.where(packing.capacity[limit_of] < packing.capacity[time_of], limit_of, time_of)
    local = np.array([company.side == "L" for company in problem.participants], dtype=bool)
    return [*np.arange(others).reshape(-1, 1)[::-1], scarcer[local], scarcer[~local]]


def _at_common_tables(problem: Problem) -> Bools:
    common = np.array([company.booth is None for company in problem.participants], dtype=bool)
    pairs = ints([meeting.companies for meeting in problem.meetings])
    at_common: Bools = np.logical_and(*common[pairs.T])
    return at_common


def _speaking(problem: Problem, sets: tuple[frozenset[str], ...]) -> list[Bools]:
    """For each set of languages, which meetings are in one of them."""
    numbers: dict[str | None, int] = {}
    language = [numbers.setdefault(each.language, len(numbers)) for each in problem.meetings]
    return [np.array([one in each for one in numbers], dtype=bool)[language] for each in sets]


def _capacity(problem: Problem, sets: tuple[frozenset[str], ...]) -> Ints:
    """Slots of common tables, of who speaks any of each set, of companies; and their limits."""
    people = interpreters_free(problem)
    tables = len(problem.common_tables) * problem.slots
    spoken = [int(people[speakers(problem, one)].sum()) for one in sets]
    time = [company.parallel * company.free_slots for company in problem.participants]
    limits = [company.max_meetings for company in problem.participants]
    return ints([tables, *spoken, *time, *limits])
