"""The same event with a little more: each takes a problem and gives the roomier one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from matchmaking.scheduling.problem import Interpreter, Meeting, Previous, Problem


def with_tables(problem: Problem, count: int = 1) -> Problem:
    """So many more tables that are nobody's booth and can always be used."""
    usable = problem.table_available
    return replace(
        problem,
        tables=problem.tables + count,
        table_available=(*usable, *("1" * problem.slots,) * count) if usable else (),
    )


def with_interpreter(
    problem: Problem, languages: Iterable[str], slots: Iterable[int] | None = None
) -> Problem:
    """One more interpreter, all day or in these slots."""
    there = range(problem.slots) if slots is None else frozenset(slots)
    available = "".join("1" if slot in there else "0" for slot in range(problem.slots))
    another = Interpreter(tuple(languages), available)
    return replace(problem, interpreters=(*problem.interpreters, another))


def with_higher_limit(problem: Problem, company: int, by: int = 1) -> Problem:
    companies = list(problem.participants)
    limit = companies[company].max_meetings + by
    companies[company] = replace(companies[company], max_meetings=limit)
    return replace(problem, participants=tuple(companies))


def with_slot(problem: Problem, block: int) -> Problem:
    """One more slot at the end of a block: whoever can meet in its last slot stays on for it.

    Blocks are counted in the order of their time. All later slots are one further on, in
    `previous`, too.
    """
    blocks = sorted(problem.blocks)
    last = blocks[block][1]
    borders = [(first + (first > last), end + (end >= last)) for first, end in blocks]
    return replace(
        _with_hours(problem, lambda available: available[: last + 1] + available[last:]),
        slots=problem.slots + 1,
        blocks=tuple(borders),
        meetings=tuple(_with_later_starts(one, last) for one in problem.meetings),
        previous=_later(problem.previous, last),
    )


def with_slot_minutes(problem: Problem, before: int, after: int) -> Problem:
    """The same hours cut into slots of another length; who is away in a part is away in the whole.

    What was published before has no place in them.
    """
    covers: list[tuple[int, int]] = []
    blocks = []
    for first, last in sorted(problem.blocks):
        count = (last - first + 1) * before // after
        start = len(covers)
        covers += [
            (first + n * after // before, first + ((n + 1) * after - 1) // before)
            for n in range(count)
        ]
        blocks.append((start, start + count - 1))

    def cut(available: str) -> str:
        return "".join("0" if "0" in available[a : b + 1] else "1" for a, b in covers)

    def moved(starts: tuple[int, ...] | None) -> tuple[int, ...] | None:
        if starts is None:
            return None
        return tuple(n for n, (a, b) in enumerate(covers) if any(a <= one <= b for one in starts))

    return replace(
        _with_hours(problem, cut),
        slots=len(covers),
        blocks=tuple(block for block in blocks if block[0] <= block[1]),
        meetings=tuple(replace(one, starts=moved(one.starts)) for one in problem.meetings),
        previous=None,
    )


def _with_hours(problem: Problem, changed: Callable[[str], str]) -> Problem:
    """The hours of everyone and everything changed in one way."""
    return replace(
        problem,
        participants=tuple(
            replace(one, available=changed(one.available)) for one in problem.participants
        ),
        interpreters=tuple(
            replace(one, available=changed(one.available)) for one in problem.interpreters
        ),
        table_available=tuple(changed(one) for one in problem.table_available),
    )


def _with_later_starts(meeting: Meeting, last: int) -> Meeting:
    if meeting.starts is None:
        return meeting
    starts = {start + (start > last) for start in meeting.starts}
    if last - meeting.duration + 1 in starts:
        starts.add(last - meeting.duration + 2)
    return replace(meeting, starts=tuple(sorted(starts)))


def _later(previous: Previous | None, last: int) -> Previous | None:
    if previous is None:
        return None
    return replace(
        previous,
        schedule=tuple(
            replace(row, start=row.start + (row.start > last)) for row in previous.schedule
        ),
        now=previous.now + (previous.now > last),
    )
