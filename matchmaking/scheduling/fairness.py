"""How well each company is served by a schedule."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
        return self.placed / self.target if self.target else 1.0


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
