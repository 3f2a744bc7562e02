"""Seeded random problems in which every slot is like every other."""

import random

from matchmaking.scheduling.problem import Participant, Problem
from tests.factories.problems import make_meeting


def random_uniform_problem(
    seed: int, *, companies: int = 12, meetings: int = 40, slots: int = 5, tables: int = 3
) -> Problem:
    """Tight by its tables, limits or lines; some slots are nobody's, some companies never there."""
    draw = random.Random(seed)
    closed = set(draw.sample(range(slots), draw.choice([0, 0, 1])))
    available = "".join("0" if slot in closed else "1" for slot in range(slots))
    half = companies // 2
    pairs = [(draw.randrange(half), draw.randrange(half, companies)) for _ in range(meetings)]
    border = draw.randint(1, slots)
    return Problem(
        slots=slots,
        blocks=((0, border - 1), (border, slots - 1)) if border < slots else ((0, slots - 1),),
        tables=tables,
        participants=tuple(
            Participant(
                side="L" if number < half else "F",
                available="0" * slots if draw.random() < 0.05 else available,
                max_meetings=draw.choice([0, 1, 2, slots, slots, 2 * slots]),
                parallel=draw.choice([1, 1, 1, 2, 3]),
            )
            for number in range(companies)
        ),
        interpreters=(),
        meetings=tuple(
            make_meeting(*draw.sample(pair, 2), weight=draw.randint(1, 9)) for pair in pairs
        ),
    )
