"""What goes wrong on the day, and what it takes out of the problem."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from matchmaking.companies.models import Company
from matchmaking.core.database import db
from matchmaking.events.models import AgendaSession, Event
from matchmaking.meetings.models import Interpreter, MeetingTable, Slot
from matchmaking.meetings.queries.availability import (
    Span,
    absences_of,
    attended_sessions,
    lines_of,
    open_lines,
)
from matchmaking.meetings.queries.meetings import agreed_requests
from matchmaking.meetings.queries.problem import staying
from matchmaking.meetings.queries.whole import Whole
from matchmaking.registration.models import SessionSignUp
from matchmaking.scheduling import (
    Assignment,
    Problem,
    absent,
    interpreters_absent,
    tables_lost,
    withdrawn,
)

Subject = Company | Interpreter | MeetingTable | AgendaSession | Event


class What(StrEnum):
    """`LONGER`: a session holds up who signed up for it; `EVERYBODY`: it holds up all."""

    ABSENT = "absent"
    AWAY = "away"
    LOST = "lost"
    LONGER = "longer"
    EVERYBODY = "everybody"
    CHANGED = "changed"


@dataclass(frozen=True)
class Trouble:
    """What has happened to whom, from a slot (else from now) until a slot (else to the end).

    Of a session that goes on longer, `until` is when its people can meet again. Of the event
    itself, requests have come or gone.
    """

    subject: Subject
    what: What
    since: Slot | None = None
    until: Slot | None = None


def lost_slots(whole: Whole, trouble: Trouble) -> range:
    """The slots of the problem it takes away; what has begun stays."""
    number = {slot.id: n for n, slot in enumerate(whole.slots)}
    first, last = whole.now, len(whole.slots)
    if isinstance(trouble.subject, AgendaSession):
        ends_at = trouble.subject.ends_at
        first = max(first, sum(slot.ends_at <= ends_at for slot in whole.slots))
    if trouble.since is not None:
        first = max(first, number[trouble.since.id])
    if trouble.until is not None:
        last = number[trouble.until.id]
    return range(first, max(first, last))


def disrupted(whole: Whole, trouble: Trouble) -> Problem:
    """The whole problem without what is missing. A pinned meeting it hits may be moved."""
    return _with_pins_loosened(whole, _without(whole, trouble))


def _without(whole: Whole, trouble: Trouble) -> Problem:
    slots, subject, problem = lost_slots(whole, trouble), trouble.subject, whole.problem
    if isinstance(subject, Event):
        return withdrawn(problem, unasked(whole))
    if isinstance(subject, Company):
        return absent(problem, [_place(whole.companies, subject)], slots=slots)
    if isinstance(subject, Interpreter):
        return interpreters_absent(problem, [_place(whole.interpreters, subject)], slots=slots)
    if isinstance(subject, MeetingTable):
        return tables_lost(problem, [_place(whole.tables, subject)], slots=slots)
    if trouble.what is What.EVERYBODY:
        return tables_lost(problem, range(len(whole.tables)), slots=slots)
    for slot, companies in _held_up(whole, subject, slots):
        problem = absent(problem, companies, slots=[slot])
    return problem


def unasked(whole: Whole) -> list[int]:
    """Meetings that nobody asks for any more and that are not kept by hand."""
    agreed = agreed_requests(whole.event)
    wanted = {request.pair for request in agreed}
    stay = {one.id for one in staying(whole.meetings, agreed)}
    return [
        number
        for number, one in enumerate(whole.meetings)
        if one.pair not in wanted and one.id not in stay
    ]


def _held_up(whole: Whole, session: AgendaSession, slots: range) -> Iterator[tuple[int, list[int]]]:
    """By slot, the companies of which a line is all at sessions or absent while it goes on."""
    lines, absences = lines_of(whole.companies), absences_of(whole.companies)
    people = {one for seats in lines.values() for line in seats.people for one in line}
    attending = attended_sessions(people)
    for person in people & set(_signed_up(session)):
        attending[person] += [Span(whole.slots[n].starts_at, whole.slots[n].ends_at) for n in slots]
    for n in slots:
        there = {
            key: open_lines(seats, absences[key], attending, whole.slots[n])
            for key, seats in lines.items()
        }
        yield (
            n,
            [i for i, one in enumerate(whole.companies) if len(there[one.id]) < one.lines],
        )


def _signed_up(session: AgendaSession) -> list[uuid.UUID]:
    query = select(SessionSignUp.registration_id).where(SessionSignUp.session_id == session.id)
    return list(db.session.scalars(query))


def _place(rows: Any, subject: Any) -> int:
    return next(number for number, row in enumerate(rows) if row.id == subject.id)


def _with_pins_loosened(whole: Whole, problem: Problem) -> Problem:
    meetings = list(problem.meetings)
    for seat in whole.problem.published:
        if seat.start >= whole.now and not _can_stay(problem, seat):
            meetings[seat.meeting] = replace(meetings[seat.meeting], starts=None)
    return replace(problem, meetings=tuple(meetings))


def _can_stay(problem: Problem, seat: Assignment) -> bool:
    meeting = problem.meetings[seat.meeting]
    slots = meeting.slots_from(seat.start)
    there = [problem.participants[company].available for company in meeting.companies]
    if seat.interpreter >= 0:
        there.append(problem.interpreters[seat.interpreter].available)
    free = all("0" not in available[slots.start : slots.stop] for available in there)
    return free and problem.is_table_available(seat.table, slots)
