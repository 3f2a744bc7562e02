"""How well each company is served by a schedule, and how evenly companies are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import quantiles

from matchmaking.scheduling.problem import Assignment, Problem
from matchmaking.scheduling.score import placed_counts, requested_counts, targets


@dataclass(frozen=True, slots=True)
class Served:
    """`wanted` are all requests of a company, `target` those it could hope to hold."""

    participant: int
    side: str
    wanted: int
    target: int
    placed: int

    @property
    def shortfall(self) -> int:
        return max(0, self.target - self.placed)

    @property
    def share(self) -> float:
        """Of what it could hope for; 1 for a company that could hope for nothing."""
        return min(1.0, self.placed / self.target) if self.target else 1.0


def served(problem: Problem, assignments: Iterable[Assignment]) -> tuple[Served, ...]:
    """Every company, the worst served first."""
    figures = zip(
        requested_counts(problem),
        targets(problem),
        placed_counts(problem, assignments),
        strict=True,
    )
    companies = [
        Served(number, problem.participants[number].side, wanted, target, placed)
        for number, (wanted, target, placed) in enumerate(figures)
    ]
    return tuple(sorted(companies, key=lambda one: (-one.shortfall, one.share, one.participant)))


@dataclass(frozen=True, slots=True)
class Distribution:
    """How some companies are served, of those that could hope for a meeting at all.

    `tenths[i]` counts those whose share lies from `i` tenths up to the next, `tenths[10]`
    those that are served in full. `quartiles` are of their shares. `evenness` is Jain's
    index of the shares: 1 where all are served alike, `1 / companies` where one has all.
    `unfairness` is the objective: the sum of squared shortfalls.
    """

    label: str
    companies: int
    wanted: int
    target: int
    placed: int
    without_any: int
    tenths: tuple[int, ...]
    quartiles: tuple[float, float, float]
    evenness: float
    unfairness: int

    @property
    def in_full(self) -> int:
        return self.tenths[10]

    @property
    def share(self) -> float:
        """Of all that these companies could hope for together."""
        return min(1.0, self.placed / self.target) if self.target else 1.0


def distribution(companies: Iterable[Served], *, label: str = "") -> Distribution:
    hopeful = [one for one in companies if one.target]
    shares = [one.share for one in hopeful]
    tenths = [0] * 11
    for one in hopeful:
        tenths[min(10, one.placed * 10 // one.target)] += 1
    return Distribution(
        label=label,
        companies=len(hopeful),
        wanted=sum(one.wanted for one in hopeful),
        target=sum(one.target for one in hopeful),
        placed=sum(one.placed for one in hopeful),
        without_any=sum(not one.placed for one in hopeful),
        tenths=tuple(tenths),
        quartiles=_quartiles(shares),
        evenness=_evenness(shares),
        unfairness=sum(one.shortfall**2 for one in hopeful),
    )


def by_group(
    companies: Iterable[Served], label_of: Callable[[Served], str]
) -> tuple[Distribution, ...]:
    """A distribution for each side, country, size or whatever `label_of` says, the worst first."""
    groups: defaultdict[str, list[Served]] = defaultdict(list)
    for one in companies:
        groups[label_of(one)].append(one)
    found = (distribution(group, label=label) for label, group in groups.items())
    return tuple(sorted(found, key=lambda one: (one.share, one.label)))


def _quartiles(shares: list[float]) -> tuple[float, float, float]:
    if len(shares) < 2:
        only = shares[0] if shares else 1.0
        return only, only, only
    lower, median, upper = quantiles(shares, n=4, method="inclusive")
    return lower, median, upper


def _evenness(shares: list[float]) -> float:
    squares = sum(share * share for share in shares)
    return sum(shares) ** 2 / (len(shares) * squares) if squares else 1.0
