"""Scheduling problems: small ones by hand, and seeded random ones that use every constraint."""

import random
from dataclasses import replace
from itertools import pairwise

from matchmaking.scheduling.problem import (
    Assignment,
    Interpreter,
    Meeting,
    Participant,
    Previous,
    Problem,
)


def make_company(
    *,
    side: str = "L",
    available: str = "1111",
    max_meetings: int = 9,
    parallel: int = 1,
    booth: int | None = None,
) -> Participant:
    return Participant(side, available, max_meetings, parallel, booth)


def make_meeting(
    a: int = 0,
    b: int = 1,
    *,
    weight: int = 5,
    duration: int = 1,
    language: str | None = None,
    starts: tuple[int, ...] | None = None,
) -> Meeting:
    return Meeting(a, b, weight, duration, language, starts)


def make_interpreter(*languages: str, available: str = "1111") -> Interpreter:
    return Interpreter(languages, available)


def make_problem(
    *,
    slots: int = 4,
    blocks: tuple[tuple[int, int], ...] | None = None,
    tables: int = 2,
    companies: tuple[Participant, ...] | None = None,
    interpreters: tuple[Interpreter, ...] = (),
    meetings: tuple[Meeting, ...] = (Meeting(0, 1, 5),),
    precedences: tuple[tuple[int, int], ...] = (),
    previous: Previous | None = None,
) -> Problem:
    """Two companies, free all day, who want to meet."""
    anywhere = "1" * slots
    return Problem(
        slots=slots,
        blocks=blocks or ((0, slots - 1),),
        tables=tables,
        participants=companies
        or (make_company(available=anywhere), make_company(side="F", available=anywhere)),
        interpreters=interpreters,
        meetings=meetings,
        precedences=precedences,
        previous=previous,
    )


def random_problem(
    seed: int,
    *,
    companies: int = 12,
    meetings: int = 30,
    slots: int = 8,
    tables: int = 4,
    interpreters: int = 3,
) -> Problem:
    """A tight problem that uses every kind of constraint; each seed leaves some of them out."""
    draw = random.Random(seed)
    booths = draw.sample(range(tables), draw.randint(0, tables // 2))
    participants = tuple(
        Participant(
            side="L" if number % 2 else "F",
            available=_availability(draw, slots),
            max_meetings=draw.choice([0, 2, 3, slots, slots]),
            parallel=draw.choice([1, 1, 1, 2]),
            booth=booths.pop() if booths and draw.random() < 0.3 else None,
        )
        for number in range(companies)
    )
    pairs = [draw.sample(range(companies), 2) for _ in range(meetings)]
    return Problem(
        slots=slots,
        blocks=_blocks(draw, slots),
        tables=tables,
        participants=participants,
        interpreters=_interpreters(draw, interpreters, slots),
        meetings=tuple(_meeting(draw, a, b, slots) for a, b in pairs),
        precedences=tuple(
            (pair[0], pair[1])
            for pair in (draw.sample(range(meetings), 2) for _ in range(draw.choice([0, 3])))
        )
        if meetings > 1
        else (),
    )


def with_previous(
    problem: Problem, schedule: tuple[Assignment, ...], *, now: int, move_cost: int = 2
) -> Problem:
    return replace(problem, previous=Previous(schedule, now, move_cost))


def with_lost_tables(problem: Problem, seed: int) -> Problem:
    """Some tables cannot be used in some slots."""
    draw = random.Random(seed)
    return replace(
        problem,
        table_available=tuple(_availability(draw, problem.slots) for _ in range(problem.tables)),
    )


def disturbed(problem: Problem, schedule: tuple[Assignment, ...], seed: int) -> Problem:
    """A repair: from some slot on, one company is absent and one interpreter late."""
    draw = random.Random(seed)
    now = draw.randint(0, problem.slots - 1)
    absent = draw.randrange(len(problem.participants))
    participants = list(problem.participants)
    kept = participants[absent].available[:now]
    participants[absent] = replace(participants[absent], available=kept.ljust(problem.slots, "0"))
    repaired = replace(problem, participants=tuple(participants))
    return with_previous(repaired, schedule, now=now, move_cost=draw.choice([0, 1, 5]))


def _availability(draw: random.Random, slots: int) -> str:
    share = draw.choice([0.5, 0.8, 1.0])
    return "".join("1" if draw.random() < share else "0" for _ in range(slots))


def _blocks(draw: random.Random, slots: int) -> tuple[tuple[int, int], ...]:
    if slots < 2:
        return ((0, slots - 1),) if slots else ()
    borders = sorted({0, slots, *draw.sample(range(1, slots), min(slots - 1, draw.randint(0, 2)))})
    return tuple((first, end - 1) for first, end in pairwise(borders))


def _interpreters(draw: random.Random, count: int, slots: int) -> tuple[Interpreter, ...]:
    return tuple(
        Interpreter(
            tuple(draw.sample(["ko", "ja", "zh"], draw.choice([0, 1, 1, 2, 3]))),
            _availability(draw, slots),
        )
        for _ in range(count)
    )


def _meeting(draw: random.Random, a: int, b: int, slots: int) -> Meeting:
    few_starts = tuple(sorted(draw.sample(range(slots), draw.randint(0, slots))))
    return Meeting(
        a=a,
        b=b,
        weight=draw.randint(1, 9),
        duration=draw.choice([1, 1, 1, 2, 3]),
        language=draw.choice([None, None, "ko", "ja", "zh"]),
        starts=few_starts if draw.random() < 0.2 else None,
    )
