"""Who interprets the long meetings, so that enough are left for the others in every slot.

One-slot meetings can be served if, slot by slot, those of no set of languages outnumber the
people who speak any of it (Hall's theorem). So only the long ones' interpreters are unknown,
and a small program chooses them together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matchmaking.scheduling.engine.arrays import ints
from matchmaking.scheduling.engine.linear import Effort, Program, Rows, best_whole, program

NODES, SECONDS = 100, 5.0
CANDIDATES = 24


@dataclass(frozen=True, slots=True)
class Engagements:
    """By meeting: who is able, its slots, language and weight. `sets` of languages have speakers,
    who are `free` in slots given as bits.
    """

    able: dict[int, list[int]]
    slots: dict[int, range]
    language: dict[int, str]
    weight: dict[int, int]
    sets: dict[frozenset[str], frozenset[int]]
    free: list[int]

    @property
    def long_ones(self) -> list[int]:
        return [meeting for meeting, slots in self.slots.items() if len(slots) > 1]


def engaged(wanted: Engagements) -> dict[int, int]:
    """An interpreter for the long meetings, as many and weighty ones as leave enough for others."""
    pairs = [(meeting, person) for meeting in wanted.long_ones for person in _some(wanted, meeting)]
    if not pairs:
        return {}
    effort = Effort(SECONDS, seed=0, nodes=NODES)
    taken = best_whole(_program(wanted, pairs), np.zeros(len(pairs), dtype=bool), effort)
    return dict(pairs[number] for number in np.flatnonzero(taken).tolist())


def _some(wanted: Engagements, meeting: int) -> list[int]:
    """Of many who are able some by chance, others for each meeting: more make no difference."""
    able = wanted.able[meeting]
    chance = np.random.default_rng(meeting)
    return [able[place] for place in chance.permutation(len(able))[:CANDIDATES].tolist()]


def _program(wanted: Engagements, pairs: list[tuple[int, int]]) -> Program:
    """A column a pair; each meeting once, nobody twice at a time, and every set's count kept."""
    users: dict[tuple[object, ...], list[int]] = {}
    for number, (meeting, person) in enumerate(pairs):
        keys: list[tuple[object, ...]] = [("meeting", meeting)]
        for slot in wanted.slots[meeting]:
            keys.append(("person", person, slot))
            keys += [(one, slot) for one, speakers in wanted.sets.items() if person in speakers]
        for key in keys:
            users.setdefault(key, []).append(number)
    left = dict(_left(wanted))
    most = [left.get(key, 1) for key in users]
    rows = Rows(
        column=ints([number for numbers in users.values() for number in numbers]),
        row=np.repeat(np.arange(len(users)), [len(numbers) for numbers in users.values()]),
        factor=np.ones(sum(map(len, users.values()))),
        most=np.maximum(0.0, np.array(most, dtype=np.float64)),
    )
    gain = np.array([wanted.weight[meeting] for meeting, _ in pairs], dtype=np.float64)
    return program(gain, [rows], whole=len(pairs))


def _left(wanted: Engagements) -> Iterator[tuple[tuple[object, ...], int]]:
    """By set of languages and slot: how many of its speakers the one-slot meetings can spare."""
    short = [
        (wanted.language[one], slots[0]) for one, slots in wanted.slots.items() if len(slots) == 1
    ]
    for languages, speakers in wanted.sets.items():
        for slot in {slot for one in wanted.long_ones for slot in wanted.slots[one]}:
            there = sum(wanted.free[person] >> slot & 1 for person in speakers)
            busy = sum(language in languages for language, when in short if when == slot)
            yield (languages, slot), there - busy
