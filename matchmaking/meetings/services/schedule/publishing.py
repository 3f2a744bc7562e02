"""Publishing a run: comparing it with what is in force, switching in one transaction, going back."""

from collections.abc import Sequence

from sqlalchemy import select

from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event
from matchmaking.meetings.models import (
    Assignment,
    RunMode,
    RunState,
    ScheduleRun,
    ScheduleVersion,
)
from matchmaking.meetings.queries.problem import EventProblem, problem_for
from matchmaking.meetings.services.schedule import repairing
from matchmaking.meetings.services.schedule.comparing import compare
from matchmaking.meetings.services.schedule.switching import StaleRun, locked, put_in_force
from matchmaking.scheduling.problem import NO_INTERPRETER
from matchmaking.scheduling.problem import Assignment as Seat
from matchmaking.scheduling.violations import violations

UNPUBLISHABLE = (RunMode.WHAT_IF, RunMode.REPAIR, RunMode.BOTTLENECKS)
"""Runs of a changed problem, studies, and repairs, which are applied instead."""


class NotPublishable(DomainError):
    code = "not_publishable"
    message = _l("This run has no schedule that could be published.")


class NothingToRevert(DomainError):
    code = "nothing_to_revert"
    message = _l("No schedule was published before this one.")


def publish(run: ScheduleRun) -> ScheduleVersion:
    """Put a run in force as the next version: all of its meetings, or StaleRun and nothing."""
    event = locked(run.event)
    if run.mode in UNPUBLISHABLE or run.state is not RunState.DONE or run.violations:
        raise NotPublishable(run)
    if run.based_on != event.schedule_version:
        raise StaleRun(run)
    return _switch(event, run.assignments, run=run)


def revert(event: Event, *, of: ScheduleRun | None = None) -> ScheduleVersion:
    """Put the schedule before the present one in force again, as a new version.

    What has been pinned, booked by hand or withdrawn since stays as it is. With `of`, only if the present one was published from that run; else StaleRun.
    """
    event = locked(event)
    if event.schedule_version == 0:
        raise NothingToRevert(event)
    current = _version(event, event.schedule_version)
    if of and (current is None or current.run_id != of.id):
        raise StaleRun(of)
    before = _version(event, event.schedule_version - 1)
    if current and repairing.can_be_taken_back(current):
        return repairing.take_back(event, current, before=before)
    run = before.run if before else None
    version = _switch(event, _still_asked(event, run.assignments) if run else [], run=run)
    version.reverts_to = version.number - 2
    return version


def versions_of(event: Event) -> Sequence[ScheduleVersion]:
    """Published versions, newest first."""
    query = select(ScheduleVersion).where(ScheduleVersion.event_id == event.id)
    return db.session.scalars(query.order_by(ScheduleVersion.number.desc())).all()


def _version(event: Event, number: int) -> ScheduleVersion | None:
    return db.session.scalar(
        select(ScheduleVersion).where(
            ScheduleVersion.event_id == event.id, ScheduleVersion.number == number
        )
    )


def _switch(
    event: Event, assignments: Sequence[Assignment], *, run: ScheduleRun | None
) -> ScheduleVersion:
    _refuse_stale(event, assignments)
    return put_in_force(event, compare(event, assignments), run=run)


def _still_asked(event: Event, assignments: Sequence[Assignment]) -> list[Assignment]:
    """Those whose meeting is still the scheduler's to place."""
    asked = set(problem_for(event).requests)
    return [one for one in assignments if one.request_id in asked]


def _refuse_stale(event: Event, assignments: Sequence[Assignment]) -> None:
    """Judge the assignments against the event as it is now, by code that did not make them."""
    asked = problem_for(event)
    try:
        seats = [_seat(asked, assignment) for assignment in assignments]
    except ValueError:
        raise StaleRun(event) from None
    held = [
        Seat(index, (asked.problem.meetings[index].starts or (0,))[0], table)
        for index, table in asked.fixed.items()
    ]
    if violations(asked.problem, [*seats, *held]):
        raise StaleRun(event)


def _seat(asked: EventProblem, assignment: Assignment) -> Seat:
    """Raises ValueError when the request, slot, table or interpreter is no longer there."""
    interpreter = (
        asked.interpreters.index(assignment.interpreter_id)
        if assignment.interpreter_id
        else NO_INTERPRETER
    )
    return Seat(
        asked.requests.index(assignment.request_id),
        asked.slots.index(assignment.slot_id),
        asked.tables.index(assignment.table_id),
        interpreter,
    )
