"""A formula in conjunctive normal form that grows clause by clause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

from pysat.card import CardEnc, EncType

Literal = int
SEQUENTIAL = EncType.seqcounter


class Formula:
    """Variables are positive numbers; a negative one is their negation."""

    def __init__(self) -> None:
        self.variables = 0
        self.clauses: list[list[Literal]] = []

    def new(self) -> Literal:
        self.variables += 1
        return self.variables

    def add(self, *clause: Literal) -> None:
        self.clauses.append(list(clause))

    def implies_all(self, cause: Literal, effects: Iterable[Literal]) -> None:
        for effect in effects:
            self.add(-cause, effect)

    def any_of(self, literals: Sequence[Literal]) -> Literal:
        """A variable that is true exactly when one of them is."""
        if len(literals) == 1:
            return literals[0]
        either = self.new()
        self.add(-either, *literals)
        for literal in literals:
            self.add(-literal, either)
        return either

    def at_most_one(self, literals: Sequence[Literal]) -> None:
        for first, second in combinations(literals, 2):
            self.add(-first, -second)

    def between(self, least: int, literals: Sequence[Literal], most: int) -> None:
        """Sinz's sequential counters, one for each side that says anything."""
        if most < len(literals):
            self._take(CardEnc.atmost(list(literals), most, self.variables, encoding=SEQUENTIAL))
        if least > len(literals):
            self.add()
        elif least > 0:
            self._take(CardEnc.atleast(list(literals), least, self.variables, encoding=SEQUENTIAL))

    def _take(self, encoding: Any) -> None:
        self.variables = max(self.variables, encoding.nv)
        self.clauses.extend(encoding.clauses)

    def counted(self, literals: Sequence[Literal], most: int) -> list[Literal]:
        """Variables, the j-th true exactly when at least j+1 of the literals are; `most` of them."""
        counts: list[Literal] = []
        for literal in literals:
            counts = self._one_more(counts, literal, most)
        return counts

    def _one_more(self, counts: list[Literal], literal: Literal, most: int) -> list[Literal]:
        following = []
        for j in range(min(most, len(counts) + 1)):
            reached = self.new()
            following.append(reached)
            before = counts[j : j + 1]  # nothing where so many were impossible
            fewer = counts[j - 1 : j] if j else []
            self.add(-literal, *(-count for count in fewer), reached)
            self.add(-reached, *before, literal)
            for count in before:
                self.add(-count, reached)
            for count in fewer:
                self.add(-reached, *before, count)
        return following
