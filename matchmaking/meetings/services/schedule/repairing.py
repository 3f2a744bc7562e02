"""Mending the schedule on the day: at most three ways out, one of them applied.

The ways out are kept as runs, so that what is applied is what was looked at. A repair is
a version of the schedule like any other; taking it back puts every meeting where it was,
and who was called absent is expected again.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from matchmaking.core import audit, clock
from matchmaking.core.codes import new_id
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event
from matchmaking.meetings.models import (
    Assignment,
    Meeting,
    RunMode,
    RunState,
    ScheduleRun,
    ScheduleVersion,
)
from matchmaking.meetings.queries.whole import Whole, whole_of
from matchmaking.meetings.services.schedule import facts
from matchmaking.meetings.services.schedule.comparing import Comparison, Move
from matchmaking.meetings.services.schedule.reasons import unplaced_rows_of
from matchmaking.meetings.services.schedule.switching import StaleRun, locked, put_in_force
from matchmaking.meetings.services.schedule.troubles import Trouble, What, disrupted
from matchmaking.scheduling import Change, Problem, Repair, repairs, violations
from matchmaking.scheduling.problem import NO_INTERPRETER
from matchmaking.scheduling.problem import Assignment as Seat

SECONDS, FEW_MEETINGS = 1.0, 2000


class CannotTakeBack(DomainError):
    code = "cannot_take_back"
    message = _l("Meetings of this repair have changed since, so it can no longer be taken back.")


def propose(event: Event, trouble: Trouble) -> list[ScheduleRun]:
    """At most three ways out, the smallest first; nothing is written, see `keep`.

    None when requests came that fit nowhere: then there is nothing to mend.
    """
    whole = whole_of(event)
    problem = disrupted(whole, trouble)
    group = new_id().hex
    runs = []
    for repair in repairs(problem, time_limit=_patience(problem)):
        if violations(problem, repair.schedule.assignments):
            continue
        if trouble.what is What.CHANGED and not repair.changes:
            continue
        runs.append(_way_out(whole, repair, trouble, group))
    return runs


def keep(runs: Sequence[ScheduleRun]) -> None:
    """Ways out, as they were proposed: `apply` looks whether one is still good."""
    db.session.add_all(runs)
    db.session.flush()


def _patience(problem: Problem) -> float | None:
    """Seconds to search, so that the answer is there within two; large events take their time."""
    return SECONDS if len(problem.meetings) <= FEW_MEETINGS else None


def apply(run: ScheduleRun, trouble: Trouble) -> ScheduleVersion:
    """Put a way out in force as the next version; only those it touches are told.

    Raises StaleRun when the schedule or the event has changed since it was proposed.
    """
    event = locked(run.event)
    if run.mode is not RunMode.REPAIR or run.based_on != event.schedule_version:
        raise StaleRun(run)
    whole = whole_of(event)
    changes = run.plan["changes"]
    if violations(disrupted(whole, trouble), _seats(whole, changes)):
        raise StaleRun(run)
    comparison = _comparison(whole, changes)
    before = [_state(move.meeting) for move in comparison.moved]
    before += [_state(meeting) for meeting in comparison.gone]
    version = put_in_force(event, comparison, run=run)
    fact = facts.note(whole, trouble)
    run.assignments = [_assignment(one) for one in whole_of(event).meetings if one.request_id]
    run.plan = run.plan | {"fact": fact, "before": before}
    audit.record("schedule.repaired", version, number=version.number)
    db.session.flush()
    return version


def can_be_taken_back(version: ScheduleVersion) -> bool:
    """It is a repair, not the taking back of one."""
    run = version.run
    return run is not None and run.mode is RunMode.REPAIR and version.reverts_to is None


def take_back(
    event: Event, version: ScheduleVersion, *, before: ScheduleVersion | None
) -> ScheduleVersion:
    """Put everything where it was before a repair, as a new version of a locked event.

    Raises CannotTakeBack when a meeting it touched has changed since.
    """
    plan = version.run.plan if version.run else {}
    rows = {row["meeting"]: row for row in plan["before"]}
    held = {str(one.id): one for one in _meetings(rows)}
    added = _added(event, version)
    if any(held[key].sequence != row["sequence"] + 1 for key, row in rows.items()):
        raise CannotTakeBack(version)
    facts.forget(plan["fact"])
    back = [Move(held[key], _target(held[key], row)) for key, row in rows.items()]
    comparison = Comparison(kept=[], moved=back, gone=added, new=[])
    new = put_in_force(event, comparison, run=before.run if before else None)
    for key, row in rows.items():
        held[key].is_pinned = row["pinned"]
    new.reverts_to = version.number - 1
    return new


def _way_out(whole: Whole, repair: Repair, trouble: Trouble, group: str) -> ScheduleRun:
    schedule = repair.schedule
    return ScheduleRun(
        event_id=whole.event.id,
        mode=RunMode.REPAIR,
        state=RunState.DONE,
        based_on=whole.event.schedule_version,
        placed=len(schedule.assignments),
        requested=len(whole.problem.meetings),
        value=schedule.value,
        bound=schedule.bound,
        unplaced=unplaced_rows_of(whole, schedule.unplaced),
        finished_at=clock.now(),
        created_by_id=audit.acting_user_id(),
        plan={
            "group": group,
            "name": repair.name,
            "trouble": {
                "subject": str(trouble.subject.id),
                "kind": trouble.subject.__tablename__,
                "what": trouble.what.value,
                "since": str(trouble.since.id) if trouble.since else None,
                "until": str(trouble.until.id) if trouble.until else None,
            },
            "changes": [_written(whole, change) for change in repair.changes],
            "companies": [str(whole.companies[n].id) for n in repair.companies],
            "interpreters": [str(whole.interpreters[n].id) for n in repair.interpreters],
            "gained": repair.gained,
            "lost": repair.lost,
        },
    )


def _written(whole: Whole, change: Change) -> dict[str, Any]:
    """A change by the ids of rows; `sequence` is what was known of the meeting."""
    row = whole.row(change.meeting)
    is_meeting = isinstance(row, Meeting)
    return {
        "kind": change.kind.value,
        "meeting": str(row.id) if is_meeting else None,
        "request": None if is_meeting else str(row.id),
        "sequence": row.sequence if isinstance(row, Meeting) else 0,
        "companies": [str(company.id) for company in whole.pair(change.meeting)],
        "before": _where(whole, change.before),
        "after": _where(whole, change.after),
    }


def _where(whole: Whole, seat: Seat | None) -> dict[str, Any] | None:
    if seat is None:
        return None
    person = None if seat.interpreter == NO_INTERPRETER else whole.interpreters[seat.interpreter]
    return {
        "slot": str(whole.slots[seat.start].id),
        "table": str(whole.tables[seat.table].id),
        "interpreter": str(person.id) if person else None,
    }


def _numbers(whole: Whole) -> dict[str, int]:
    """Of everything a change names."""
    kinds: list[Sequence[Any]] = [whole.slots, whole.tables, whole.interpreters]
    kinds.append([*whole.meetings, *whole.requests])
    return {str(row.id): number for rows in kinds for number, row in enumerate(rows)}


def _seats(whole: Whole, changes: Sequence[dict[str, Any]]) -> list[Seat]:
    """The schedule after the changes. Raises StaleRun when something they name has gone or moved."""
    number = _numbers(whole)
    seats = {seat.meeting: seat for seat in whole.problem.published}
    for change in changes:
        key = number.get(change["meeting"] or change["request"])
        row = None if key is None else whole.row(key)
        if key is None or (isinstance(row, Meeting) and row.sequence != change["sequence"]):
            raise StaleRun(whole.event)
        seats.pop(key, None)
        if to := change["after"]:
            if to["slot"] not in number or to["table"] not in number:
                raise StaleRun(whole.event)
            person = number.get(to["interpreter"] or "", NO_INTERPRETER)
            seats[key] = Seat(key, number[to["slot"]], number[to["table"]], person)
    return list(seats.values())


def _comparison(whole: Whole, changes: Sequence[dict[str, Any]]) -> Comparison:
    held = {str(one.id): one for one in whole.meetings}
    comparison = Comparison([], [], [], [])
    for change in changes:
        meeting = held.get(change["meeting"] or "")
        if meeting is None:
            comparison.new.append(_assigned(uuid.UUID(change["request"]), change["after"]))
        elif change["after"] is None:
            comparison.gone.append(meeting)
        else:
            key = meeting.request_id or meeting.id
            to = _assigned(key, change["after"], length=meeting.length)
            comparison.moved.append(Move(meeting, to))
    return comparison


def _assigned(request_id: uuid.UUID, to: dict[str, Any], *, length: int = 1) -> Assignment:
    """Not a row of any run: only where something is to go."""
    return Assignment(
        request_id=request_id,
        slot_id=uuid.UUID(to["slot"]),
        length=length,
        table_id=uuid.UUID(to["table"]),
        interpreter_id=uuid.UUID(to["interpreter"]) if to["interpreter"] else None,
    )


def _assignment(meeting: Meeting) -> Assignment:
    return Assignment(
        request_id=meeting.request_id,
        slot_id=meeting.slot_id,
        length=meeting.length,
        table_id=meeting.table_id,
        interpreter_id=meeting.interpreter_id,
    )


def _state(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": str(meeting.id),
        "slot": str(meeting.slot_id),
        "table": str(meeting.table_id),
        "interpreter": str(meeting.interpreter_id) if meeting.interpreter_id else None,
        "pinned": meeting.is_pinned,
        "sequence": meeting.sequence,
    }


def _meetings(rows: dict[str, Any]) -> list[Meeting]:
    return [db.session.get_one(Meeting, uuid.UUID(key)) for key in rows]


def _target(meeting: Meeting, row: dict[str, Any]) -> Assignment:
    return _assigned(meeting.request_id or meeting.id, row, length=meeting.length)


def _added(event: Event, version: ScheduleVersion) -> list[Meeting]:
    """The meetings the repair placed; gone ones among them make it too late."""
    wanted = set(version.changes["new"])
    whole = whole_of(event)
    found = [one for one in whole.meetings if str(one.request_id) in wanted]
    if len(found) != len(wanted) or any(one.sequence for one in found):
        raise CannotTakeBack(version)
    return found
