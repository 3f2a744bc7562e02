"""Instances out of the published MiniZinc data files, refused by what is wrong in them.

The files count companies, meetings and slots from 1; a slot 0 means none. `meetingsxBusiness` lists
a company's meetings once more, each number one higher, behind a 1 that stands for no meeting.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from matchmaking.scheduling.b2bsop.dzn import Set, Value, assignments
from matchmaking.scheduling.b2bsop.instance import Half, Instance
from matchmaking.scheduling.formats import MalformedFile
from matchmaking.scheduling.formats.shapes import present, read_text, whole

T = TypeVar("T")

MOST_SLOTS = 500
MOST = 100_000
MOST_TABLES = 10**9


def read_instance(file: Path) -> Instance:
    """The instance of a .dzn file; `MalformedFile` names the line or the entry that is wrong."""
    given = assignments(read_text(file))
    companies = _size(given, "nBusiness")
    meetings = _size(given, "nMeetings")
    slots = _size(given, "nTotalSlots", MOST_SLOTS)
    pairs, halves = _requested(given, meetings, companies)
    instance = Instance(
        name=file.stem,
        companies=companies,
        tables=_size(given, "nTables", MOST_TABLES),
        slots=slots,
        morning_slots=_size(given, "nMorningSlots", slots),
        pairs=pairs,
        halves=halves,
        forbidden=_sets(given, "forbidden", companies, slots),
        fixed=_fixed(given, meetings, slots),
        predecessors=_sets(given, "precedences", meetings, meetings),
    )
    _refuse_contradictions(given, instance)
    return instance


def _size(given: dict[str, Value], key: str, most: int = MOST) -> int:
    return whole(present(dict(given), key, key), key, most=most)


def _requested(
    given: dict[str, Value], meetings: int, companies: int
) -> tuple[tuple[tuple[int, int], ...], tuple[Half, ...]]:
    pairs, halves = [], []
    for meeting, row in enumerate(_entries(given, "requested", meetings), 1):
        path = f"requested[{meeting}]"
        if not isinstance(row, list) or len(row) != 3:
            raise MalformedFile(path, "must be a row of two companies and 1, 2 or 3")
        a, b = (_ordinal(row[i], f"requested[{meeting},{i + 1}]", companies) for i in (0, 1))
        if a == b:
            raise MalformedFile(path, f"company {a + 1} cannot meet itself")
        pairs.append((a, b))
        halves.append(Half(whole(row[2], f"requested[{meeting},3]", least=1, most=3)))
    return tuple(pairs), tuple(halves)


def _sets(given: dict[str, Value], key: str, count: int, most: int) -> tuple[frozenset[int], ...]:
    """Sets of numbers from 1 to `most`, counted from 0 from now on; a 0 among them means none."""
    return tuple(
        frozenset(
            _ordinal(number, f"{key}[{position}]", most)
            for number in sorted(_set(value, f"{key}[{position}]") - {0})
        )
        for position, value in enumerate(_entries(given, key, count), 1)
    )


def _fixed(given: dict[str, Value], meetings: int, slots: int) -> tuple[int | None, ...]:
    return tuple(
        None if slot == 0 else _ordinal(slot, f"fixed[{meeting}]", slots)
        for meeting, slot in enumerate(_entries(given, "fixed", meetings), 1)
    )


def _refuse_contradictions(given: dict[str, Value], instance: Instance) -> None:
    """The files say twice who meets how often; where they differ one of the two is wrong."""
    meetings = instance.meetings_of
    if "nMeetingsBusiness" in given:
        counts = tuple(map(len, meetings))
        _compare(given, "nMeetingsBusiness", counts, lambda count, _: count)
    if "meetingsxBusiness" in given:
        numbers = tuple(frozenset({1, *(meeting + 2 for meeting in own)}) for own in meetings)
        _compare(given, "meetingsxBusiness", numbers, _set)


def _compare(
    given: dict[str, Value],
    key: str,
    expected: tuple[T, ...],
    read: Callable[[object, str], object],
) -> None:
    for company, value in enumerate(_entries(given, key, len(expected)), 1):
        path = f"{key}[{company}]"
        if read(value, path) != expected[company - 1]:
            raise MalformedFile(path, "differs from the meetings in requested")


def _entries(given: dict[str, Value], key: str, count: int) -> list[object]:
    value = present(dict(given), key, key)
    if not isinstance(value, list):
        raise MalformedFile(key, "must be an array")
    if len(value) != count:
        raise MalformedFile(key, f"must have {count} entries, has {len(value)}")
    return list(value)


def _set(value: object, path: str) -> Set:
    if not isinstance(value, frozenset):
        raise MalformedFile(path, "must be a set")
    return value


def _ordinal(value: object, path: str, most: int) -> int:
    return whole(value, path, least=1, most=most) - 1
