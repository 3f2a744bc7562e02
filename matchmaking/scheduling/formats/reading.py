"""Problems and schedules out of JSON, refused with the path of what is wrong in them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from matchmaking.scheduling.formats.shapes import (
    MalformedFile,
    dictionary,
    each,
    index,
    present,
    row,
    text,
    whole,
)
from matchmaking.scheduling.problem import (
    NO_INTERPRETER,
    Assignment,
    Interpreter,
    Meeting,
    Participant,
    Previous,
    Problem,
)

FORMAT = "b2b-1"
MOST_SLOTS = 1_000
MOST = 1_000_000
MOST_WEIGHT = 10**12


def problem_from_json(document: Any) -> Problem:
    """The problem a parsed file states; `MalformedFile` says where it states none."""
    file = dictionary(document, "")
    if present(file, "format", "format") != FORMAT:
        raise MalformedFile("format", f'must be "{FORMAT}"')
    slots = whole(present(file, "slots", "slots"), "slots", most=MOST_SLOTS)
    tables = whole(present(file, "tables", "tables"), "tables", most=MOST)
    participants = _participants(file, slots, tables)
    interpreters = _interpreters(file, slots)
    meetings = _meetings(file, slots, len(participants))
    return Problem(
        slots=slots,
        blocks=_blocks(present(file, "blocks", "blocks"), slots),
        tables=tables,
        participants=participants,
        interpreters=interpreters,
        meetings=meetings,
        precedences=_precedences(file, len(meetings)),
        previous=_previous(file.get("previous"), slots, meetings),
        name=str(file.get("name", "")),
        table_available=_table_available(file.get("table_available"), slots, tables),
    )


def schedule_from_json(document: Any) -> tuple[Assignment, ...]:
    """The rows of a schedule's file. They may break any rule: `violations` is who judges."""
    file = dictionary(document, "")
    return each(present(file, "schedule", "schedule"), "schedule", _any_assignment)


def _blocks(value: Any, slots: int) -> tuple[tuple[int, int], ...]:
    def block(item: Any, path: str) -> tuple[int, int]:
        first, last = row(item, path, 2)
        first = index(first, f"{path}[0]", kind="slot", count=slots)
        last = index(last, f"{path}[1]", kind="slot", count=slots)
        if last < first:
            raise MalformedFile(path, "ends before it starts")
        return first, last

    blocks = tuple(sorted(each(value, "blocks", block)))
    borders = [(-1, -1), *blocks, (slots, slots)]
    for (_, last), (first, _) in pairwise(borders):
        if first > last + 1:
            raise MalformedFile("blocks", f"slot {last + 1} is in no block")
        if first <= last:
            raise MalformedFile("blocks", f"slot {first} is in two blocks")
    return blocks


def _availability(value: Any, path: str, slots: int) -> str:
    available = text(value, path)
    if len(available) != slots:
        raise MalformedFile(path, f"must have {slots} characters, has {len(available)}")
    if set(available) - {"0", "1"}:
        raise MalformedFile(path, "must have only 0 and 1")
    return available


def _table_available(value: Any, slots: int, tables: int) -> tuple[str, ...]:
    """The file's `table_available`: optional, and none where every table can always be used."""
    if value is None:
        return ()

    def available(item: Any, path: str) -> str:
        return _availability(item, path, slots)

    strings = each(value, "table_available", available)
    if len(strings) != tables:
        raise MalformedFile("table_available", f"must have {tables} entries, has {len(strings)}")
    return strings


def _participants(file: dict[str, Any], slots: int, tables: int) -> tuple[Participant, ...]:
    def participant(item: Any, path: str) -> Participant:
        fields = _fields(item, path, "side", "available", "max_meetings", "parallel")
        side = text(fields["side"], f"{path}.side")
        if side not in ("L", "F"):
            raise MalformedFile(f"{path}.side", 'must be "L" or "F"')
        booth = fields.get("booth")
        if booth is not None:
            booth = index(booth, f"{path}.booth", kind="table", count=tables)
        return Participant(
            side=side,
            available=_availability(fields["available"], f"{path}.available", slots),
            max_meetings=whole(fields["max_meetings"], f"{path}.max_meetings", most=MOST),
            parallel=whole(fields["parallel"], f"{path}.parallel", most=MOST),
            booth=booth,
        )

    return each(present(file, "participants", "participants"), "participants", participant)


def _interpreters(file: dict[str, Any], slots: int) -> tuple[Interpreter, ...]:
    def interpreter(item: Any, path: str) -> Interpreter:
        fields = _fields(item, path, "langs", "available")
        return Interpreter(
            languages=each(fields["langs"], f"{path}.langs", text),
            available=_availability(fields["available"], f"{path}.available", slots),
        )

    return each(present(file, "interpreters", "interpreters"), "interpreters", interpreter)


def _meetings(file: dict[str, Any], slots: int, companies: int) -> tuple[Meeting, ...]:
    def company(fields: dict[str, Any], key: str, path: str) -> int:
        return index(fields[key], f"{path}.{key}", kind="participant", count=companies)

    def slot(item: Any, path: str) -> int:
        return index(item, path, kind="slot", count=slots)

    def meeting(item: Any, path: str) -> Meeting:
        fields = _fields(item, path, "a", "b", "w", "d")
        a, b = company(fields, "a", path), company(fields, "b", path)
        if a == b:
            raise MalformedFile(f"{path}.b", f"participant {b} cannot meet itself")
        language, starts = fields.get("lang"), fields.get("starts")
        return Meeting(
            a=a,
            b=b,
            weight=whole(fields["w"], f"{path}.w", least=1, most=MOST_WEIGHT),
            duration=whole(fields["d"], f"{path}.d", least=1, most=MOST),
            language=None if language is None else text(language, f"{path}.lang"),
            starts=None if starts is None else each(starts, f"{path}.starts", slot),
        )

    return each(present(file, "meetings", "meetings"), "meetings", meeting)


def _precedences(file: dict[str, Any], meetings: int) -> tuple[tuple[int, int], ...]:
    def pair(item: Any, path: str) -> tuple[int, int]:
        before, after = row(item, path, 2)
        before = index(before, f"{path}[0]", kind="meeting", count=meetings)
        after = index(after, f"{path}[1]", kind="meeting", count=meetings)
        if before == after:
            raise MalformedFile(path, f"meeting {after} cannot come before itself")
        return before, after

    return each(present(file, "precedences", "precedences"), "precedences", pair)


def _previous(value: Any, slots: int, meetings: Sequence[Meeting]) -> Previous | None:
    if value is None:
        return None
    fields = _fields(value, "previous", "schedule", "now", "move_cost")

    def held(item: Any, path: str) -> Assignment:
        assignment = _any_assignment(item, path)
        index(assignment.meeting, f"{path}[0]", kind="meeting", count=len(meetings))
        index(assignment.start, f"{path}[1]", kind="slot", count=slots)
        whole(assignment.table, f"{path}[2]", most=MOST)
        whole(assignment.interpreter, f"{path}[3]", least=NO_INTERPRETER, most=MOST)
        return assignment

    schedule = each(fields["schedule"], "previous.schedule", held)
    now = whole(fields["now"], "previous.now", most=MOST_SLOTS)
    _refuse_twice(schedule)
    for position, past in enumerate(schedule):
        if past.start < now and past.start + meetings[past.meeting].duration > slots:
            path = f"previous.schedule[{position}][1]"
            raise MalformedFile(path, f"meeting {past.meeting} would end after the last slot")
    return Previous(
        schedule=schedule,
        now=now,
        move_cost=whole(fields["move_cost"], "previous.move_cost", most=MOST_WEIGHT),
    )


def _refuse_twice(schedule: Sequence[Assignment]) -> None:
    seen: set[int] = set()
    for position, assignment in enumerate(schedule):
        if assignment.meeting in seen:
            path = f"previous.schedule[{position}][0]"
            raise MalformedFile(path, f"meeting {assignment.meeting} is there twice")
        seen.add(assignment.meeting)


def _any_assignment(item: Any, path: str) -> Assignment:
    least = -(10**18)
    numbers = [
        whole(value, f"{path}[{position}]", least=least)
        for position, value in enumerate(row(item, path, 4))
    ]
    return Assignment(*numbers)


def _fields(item: Any, path: str, *required: str) -> dict[str, Any]:
    fields = dictionary(item, path)
    for key in required:
        if key not in fields:
            raise MalformedFile(f"{path}.{key}", "is missing")
    return fields
