"""Which sets of languages to count interpreters for."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Ints
from matchmaking.scheduling.problem import NO_INTERPRETER, Problem

MOST_SETS = 64


def language_sets(problem: Problem) -> tuple[frozenset[str], ...]:
    """Sets of languages whose meetings together must not outnumber who speaks any of them.

    By Hall's theorem these conditions, for every set, are exactly what lets each
    meeting of one slot have an interpreter. Sets that no interpreter ties together
    follow from smaller ones. With very many languages only some sets are kept: the
    conditions are then necessary, and seating the interpreters has the last word.
    """
    needed = frozenset(meeting.language for meeting in problem.meetings if meeting.language)
    spoken = {needed.intersection(person.languages) for person in problem.interpreters}
    sets = {frozenset({language}) for language in needed}
    frontier = sorted(sets, key=sorted)
    while frontier and len(sets) < MOST_SETS:
        tied = {grown for one in frontier for grown in _grown(one, spoken)} - sets
        frontier = sorted(tied, key=sorted)[: MOST_SETS - len(sets)]
        sets.update(frontier)
    return tuple(sorted(sets, key=lambda one: (len(one), sorted(one))))


def _grown(languages: frozenset[str], spoken: Iterable[frozenset[str]]) -> set[frozenset[str]]:
    """The set with one more language, of someone who speaks one of the set."""
    return {
        languages | {another}
        for person in spoken
        if person & languages
        for another in person - languages
    }


def interpreters_free(problem: Problem) -> Bools:
    """Interpreter by slot: available, and not in a meeting of the past that still goes on."""
    free = np.array(
        [[mark == "1" for mark in person.available] for person in problem.interpreters], dtype=bool
    ).reshape(len(problem.interpreters), problem.slots)
    for held in problem.past:
        if NO_INTERPRETER < held.interpreter < len(problem.interpreters):
            end = held.start + problem.meetings[held.meeting].duration
            free[held.interpreter, held.start : end] = False
    return free


def speakers(problem: Problem, languages: Iterable[str]) -> Ints:
    """The interpreters who speak at least one of these."""
    wanted = set(languages)
    return np.array(
        [
            number
            for number, person in enumerate(problem.interpreters)
            if wanted.intersection(person.languages)
        ],
        dtype=np.int64,
    )
