"""Every hard constraint a schedule breaks, by name.

This is the judge of the solver, so it shares nothing with it but the problem's
types. What started before `now` of a repair is history: it must stay as it is
and takes its companies, table and interpreter, but is not judged itself.

| rule | subjects |
| --- | --- |
| `no_such_meeting`, `placed_twice` | the meeting |
| `outside_the_slots`, `crosses_a_break`, `start_not_allowed` | the meeting, the slot |
| `company_unavailable` | the meeting, the participant, the slot |
| `company_double_booked` | the participant, the slot, the meetings |
| `company_over_limit` | the participant |
| `no_such_table`, `wrong_table` | the meeting, the table |
| `table_unavailable` | the meeting, the table, the slot |
| `table_double_booked` | the table, the slot, the meetings |
| `interpreter_missing` | the meeting, the language |
| `interpreter_not_needed`, `no_such_interpreter` | the meeting, the interpreter |
| `interpreter_lacks_language` | the meeting, the interpreter, the language |
| `interpreter_unavailable` | the meeting, the interpreter, the slot |
| `interpreter_double_booked` | the interpreter, the slot, the meetings |
| `precedence_broken` | the meeting that must end first, the other |
| `past_changed`, `starts_in_the_past` | the meeting |
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from matchmaking.scheduling.problem import NO_INTERPRETER, Assignment, Problem, Subject


@dataclass(frozen=True, slots=True)
class Violation:
    rule: str
    subjects: tuple[Subject, ...]

    def __str__(self) -> str:
        return " ".join((self.rule, *map(str, self.subjects)))


def violations(problem: Problem, assignments: Iterable[Assignment]) -> list[Violation]:
    rows = tuple(assignments)
    history = set(problem.past)
    found = list(_unreadable(problem, rows))
    sound = [row for row in rows if _is_on_the_grid(problem, row)]
    judged = [row for row in sound if row not in history]
    booths = {company.booth for company in problem.participants}
    for row in judged:
        found += _start(problem, row)
        found += _availability(problem, row)
        found += _table(problem, row, booths)
        found += _interpreter(problem, row)
    found += _double_bookings(problem, sound, history)
    found += _limits(problem, sound, history)
    found += _precedences(problem, sound, history)
    found += _history(problem, rows)
    return found


def _broken(rule: str, *subjects: tuple[str, int | str]) -> Violation:
    return Violation(rule, tuple(Subject(kind, key) for kind, key in subjects))


def _unreadable(problem: Problem, rows: tuple[Assignment, ...]) -> Iterator[Violation]:
    for meeting, times in Counter(row.meeting for row in rows).items():
        if not 0 <= meeting < len(problem.meetings):
            yield _broken("no_such_meeting", ("meeting", meeting))
        elif times > 1:
            yield _broken("placed_twice", ("meeting", meeting))
    for row in rows:
        if 0 <= row.meeting < len(problem.meetings) and not _is_on_the_grid(problem, row):
            yield _broken("outside_the_slots", ("meeting", row.meeting), ("slot", row.start))


def _is_on_the_grid(problem: Problem, row: Assignment) -> bool:
    if not 0 <= row.meeting < len(problem.meetings):
        return False
    duration = problem.meetings[row.meeting].duration
    return row.start >= 0 and row.start + duration <= problem.slots


def _slots(problem: Problem, row: Assignment) -> range:
    return range(row.start, row.start + problem.meetings[row.meeting].duration)


def _start(problem: Problem, row: Assignment) -> Iterator[Violation]:
    subjects = ("meeting", row.meeting), ("slot", row.start)
    allowed = problem.meetings[row.meeting].starts
    if allowed is not None and row.start not in allowed:
        yield _broken("start_not_allowed", *subjects)
    slots = _slots(problem, row)
    if not any(first <= slots[0] and slots[-1] <= last for first, last in problem.blocks):
        yield _broken("crosses_a_break", *subjects)


def _availability(problem: Problem, row: Assignment) -> Iterator[Violation]:
    meeting = problem.meetings[row.meeting]
    for company in (meeting.a, meeting.b):
        for slot in _slots(problem, row):
            if problem.participants[company].available[slot] != "1":
                yield _broken(
                    "company_unavailable",
                    ("meeting", row.meeting),
                    ("participant", company),
                    ("slot", slot),
                )


def _table(problem: Problem, row: Assignment, booths: set[int | None]) -> Iterator[Violation]:
    subjects = ("meeting", row.meeting), ("table", row.table)
    if not 0 <= row.table < problem.tables:
        yield _broken("no_such_table", *subjects)
        return
    meeting = problem.meetings[row.meeting]
    own = {problem.participants[company].booth for company in (meeting.a, meeting.b)} - {None}
    if row.table not in own if own else row.table in booths:
        yield _broken("wrong_table", *subjects)
    for slot in _slots(problem, row):
        if problem.table_available and problem.table_available[row.table][slot] != "1":
            yield _broken("table_unavailable", *subjects, ("slot", slot))


def _interpreter(problem: Problem, row: Assignment) -> Iterator[Violation]:
    language = problem.meetings[row.meeting].language
    who = ("meeting", row.meeting), ("interpreter", row.interpreter)
    if language is None:
        if row.interpreter != NO_INTERPRETER:
            yield _broken("interpreter_not_needed", *who)
        return
    if row.interpreter == NO_INTERPRETER:
        yield _broken("interpreter_missing", ("meeting", row.meeting), ("language", language))
        return
    if not 0 <= row.interpreter < len(problem.interpreters):
        yield _broken("no_such_interpreter", *who)
        return
    interpreter = problem.interpreters[row.interpreter]
    if language not in interpreter.languages:
        yield _broken("interpreter_lacks_language", *who, ("language", language))
    for slot in _slots(problem, row):
        if interpreter.available[slot] != "1":
            yield _broken("interpreter_unavailable", *who, ("slot", slot))


def _double_bookings(
    problem: Problem, rows: list[Assignment], history: set[Assignment]
) -> Iterator[Violation]:
    holders: defaultdict[tuple[str, int, int], list[Assignment]] = defaultdict(list)
    for row in rows:
        meeting = problem.meetings[row.meeting]
        for slot in _slots(problem, row):
            holders["participant", meeting.a, slot].append(row)
            holders["participant", meeting.b, slot].append(row)
            holders["table", row.table, slot].append(row)
            if row.interpreter != NO_INTERPRETER:
                holders["interpreter", row.interpreter, slot].append(row)
    for (kind, key, slot), held in holders.items():
        most = problem.participants[key].parallel if kind == "participant" else 1
        if len(held) > most and not history.issuperset(held):
            rule = "company_double_booked" if kind == "participant" else f"{kind}_double_booked"
            meetings = [("meeting", row.meeting) for row in held]
            yield _broken(rule, (kind, key), ("slot", slot), *meetings)


def _limits(
    problem: Problem, rows: list[Assignment], history: set[Assignment]
) -> Iterator[Violation]:
    held: defaultdict[int, list[Assignment]] = defaultdict(list)
    for row in rows:
        meeting = problem.meetings[row.meeting]
        held[meeting.a].append(row)
        held[meeting.b].append(row)
    for company, its_rows in sorted(held.items()):
        most = problem.participants[company].max_meetings
        if len(its_rows) > most and not history.issuperset(its_rows):
            yield _broken("company_over_limit", ("participant", company))


def _precedences(
    problem: Problem, rows: list[Assignment], history: set[Assignment]
) -> Iterator[Violation]:
    placed: defaultdict[int, list[Assignment]] = defaultdict(list)
    for row in rows:
        placed[row.meeting].append(row)
    for before, after in problem.precedences:
        duration = problem.meetings[before].duration
        pairs = product(placed.get(before, ()), placed.get(after, ()))
        if any(
            second.start < first.start + duration and not history.issuperset((first, second))
            for first, second in pairs
        ):
            yield _broken("precedence_broken", ("meeting", before), ("meeting", after))


def _history(problem: Problem, rows: tuple[Assignment, ...]) -> Iterator[Violation]:
    kept = set(rows)
    for row in problem.past:
        if row not in kept:
            yield _broken("past_changed", ("meeting", row.meeting))
    past_meetings = {row.meeting for row in problem.past}
    for row in rows:
        if 0 <= row.start < problem.now and row.meeting not in past_meetings:
            yield _broken("starts_in_the_past", ("meeting", row.meeting))
