"""The instance as a formula: one variable for each meeting and slot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matchmaking.scheduling.b2bsop.bound import least_breaks, scarce_tables_bound, windows
from matchmaking.scheduling.b2bsop.formula import Formula, Literal
from matchmaking.scheduling.b2bsop.instance import Instance
from matchmaking.scheduling.b2bsop.propagation import Infeasible, bits, propagated


@dataclass
class Model:
    """`held[meeting][slot]`, `busy[company][slot]`, and one literal for each break that may be.

    A schedule has exactly `base` breaks, which none can do without, and those in `extra`; none
    has fewer than `bound` in all.
    """

    instance: Instance
    domains: list[int]
    formula: Formula = field(default_factory=Formula)
    held: list[dict[int, Literal]] = field(default_factory=list)
    busy: list[dict[int, Literal]] = field(default_factory=list)
    base: int = 0
    bound: int = 0
    extra: list[Literal] = field(default_factory=list)


def model_of(instance: Instance, fairness: int) -> Model:
    """The satisfying assignments are the schedules; may raise `Infeasible` before any search."""
    model = Model(instance, propagated(instance))
    _hold_every_meeting(model)
    _keep_companies_busy(model)
    _limit_tables(model)
    _keep_order(model)
    ends = [_ends_of_breaks(model, company) for company in range(instance.companies)]
    fewest = min(map(len, ends), default=0)
    breaks = [
        _count_breaks(model, company, ends[company], fewest + fairness)
        for company in range(instance.companies)
    ]
    _keep_breaks_even(model.formula, breaks, fairness)
    _price(model, breaks)
    model.bound = max(model.base, scarce_tables_bound(instance, model.domains))
    return model


def _hold_every_meeting(model: Model) -> None:
    formula = model.formula
    for domain in model.domains:
        slots = {slot: formula.new() for slot in bits(domain)}
        model.held.append(slots)
        formula.add(*slots.values())
        formula.at_most_one(list(slots.values()))


def _keep_companies_busy(model: Model) -> None:
    """One meeting at a time; as many busy slots as meetings, which follows, but helps."""
    formula = model.formula
    for meetings in model.instance.meetings_of:
        busy: dict[int, Literal] = {}
        for slot in range(model.instance.slots):
            here = [model.held[m][slot] for m in meetings if slot in model.held[m]]
            if here:
                formula.at_most_one(here)
                busy[slot] = formula.any_of(here)
        formula.between(len(meetings), list(busy.values()), len(meetings))
        model.busy.append(busy)


def _limit_tables(model: Model) -> None:
    """The meetings of one company exclude each other: a few groups of such are counted, not all.

    What the other slots cannot take must be held in this one. Counting the busy companies as well
    says nothing new, but lets the solver see at once when windows ask for more than the tables.
    """
    instance, formula = model.instance, model.formula
    groups = _groups(instance)
    least = len(instance.pairs) - instance.tables * (instance.slots - 1)
    for slot in range(instance.slots):
        used = []
        for group in groups:
            here = [model.held[m][slot] for m in group if slot in model.held[m]]
            if here:
                used.append(formula.any_of(here))
        formula.between(least, used, instance.tables)
        companies = [busy[slot] for busy in model.busy if slot in busy]
        formula.between(2 * least, companies, 2 * instance.tables)


def _groups(instance: Instance) -> list[list[int]]:
    """The meetings by a company they share; the largest group that is left, again and again."""
    left = set(range(len(instance.pairs)))
    groups = []
    while left:
        group = max((left.intersection(own) for own in instance.meetings_of), key=len)
        groups.append(sorted(group))
        left -= group
    return groups


def _keep_order(model: Model) -> None:
    for after, predecessors in enumerate(model.instance.predecessors):
        for before in predecessors:
            earlier, later = model.held[before], model.held[after]
            for slot, literal in later.items():
                model.formula.add(-literal, *(earlier[s] for s in earlier if s < slot))
            for slot, literal in earlier.items():
                model.formula.add(-literal, *(later[s] for s in later if s > slot))


@dataclass(frozen=True)
class Breaks:
    """A company's breaks: the least there can be, and literals for at least 1, 2, … of them."""

    least: int
    counts: Sequence[Literal]


def _count_breaks(model: Model, company: int, ends: Sequence[Literal], most: int) -> Breaks:
    """Counts up to `most`, which is more than any company may have."""
    formula = model.formula
    counts = formula.counted(ends, most + 1)
    formula.clauses.extend([-count] for count in counts[most:])
    domains = [model.domains[meeting] for meeting in model.instance.meetings_of[company]]
    least = least_breaks(domains, model.instance.slots)
    if least > len(counts[:most]):
        raise Infeasible
    formula.clauses.extend([count] for count in counts[:least])
    if counts and not least:
        _hold_a_window(model, company, counts[0])
    return Breaks(least, counts[:most])


def _ends_of_breaks(model: Model, company: int) -> list[Literal]:
    """True in the slots where a meeting follows an idle slot and an earlier meeting."""
    formula, busy = model.formula, model.busy[company]
    if len(model.instance.meetings_of[company]) < 2:
        return []
    ends: list[Literal] = []
    started: Literal | None = None
    for slot in range(model.instance.slots):
        now, just = busy.get(slot), busy.get(slot - 1)
        if now is None:
            continue
        if started is not None and started != just:
            ends.append(_all_of(formula, [now, started] + ([-just] if just else [])))
        started = now if started is None else formula.any_of([started, now])
    return ends


def _all_of(formula: Formula, literals: list[Literal]) -> Literal:
    return -formula.any_of([-literal for literal in literals])


def _hold_a_window(model: Model, company: int, broken: Literal) -> None:
    """A company without a break is busy in one window of consecutive slots and in no other."""
    formula = model.formula
    meetings = model.instance.meetings_of[company]
    firsts = windows([model.domains[meeting] for meeting in meetings], model.instance.slots)
    chosen = []
    for first in firsts:
        window = formula.new()
        chosen.append(window)
        inside = range(first, first + len(meetings))
        for slot, busy in model.busy[company].items():
            formula.add(-window, busy if slot in inside else -busy)
        formula.add(-window, -broken)
    formula.add(broken, *chosen)
    formula.at_most_one(chosen)


def _keep_breaks_even(formula: Formula, breaks: Sequence[Breaks], fairness: int) -> None:
    """Who has more than `fairness` breaks has them only if everybody has the rest of them."""
    fewest = min((len(company.counts) for company in breaks), default=0)
    everybody = [formula.new() for _ in range(fewest)]
    for level, all_have in enumerate(everybody):
        formula.implies_all(all_have, [company.counts[level] for company in breaks])
    for company in breaks:
        for level, count in enumerate(company.counts[fairness:]):
            formula.add(-count, *everybody[level : level + 1])


def _price(model: Model, breaks: Sequence[Breaks]) -> None:
    for company in breaks:
        model.base += company.least
        model.extra.extend(company.counts[company.least :])
