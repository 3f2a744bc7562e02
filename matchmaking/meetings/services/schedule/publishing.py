"""Publishing a run: comparing it with what is in force, switching in one transaction, going back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from matchmaking.companies.models import Company
from matchmaking.core import audit, clock, jobs
from matchmaking.core.codes import new_id
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event
from matchmaking.meetings.models import (
    Assignment,
    Meeting,
    MeetingOrigin,
    MeetingRequest,
    MeetingStatus,
    RunState,
    ScheduleRun,
    ScheduleVersion,
)
from matchmaking.meetings.queries.availability import Grid, calendars, grid_of
from matchmaking.meetings.queries.meetings import meetings_at
from matchmaking.meetings.queries.problem import EventProblem, is_staying, problem_for
from matchmaking.meetings.services.places import Place, occupy, release, resources_of
from matchmaking.scheduling.problem import NO_INTERPRETER
from matchmaking.scheduling.problem import Assignment as Seat
from matchmaking.scheduling.violations import violations


class StaleRun(DomainError):
    code = "stale_run"
    message = _l(
        "The event has changed since this run, so its schedule no longer fits. Run the scheduler again."
    )


class NotPublishable(DomainError):
    code = "not_publishable"
    message = _l("This run has no schedule that could be published.")


class NothingToRevert(DomainError):
    code = "nothing_to_revert"
    message = _l("No schedule was published before this one.")


@dataclass(frozen=True)
class Move:
    """A meeting that is to be held elsewhere, or with another interpreter."""

    meeting: Meeting
    to: Assignment


@dataclass(frozen=True)
class Comparison:
    """A run beside the schedule in force."""

    kept: list[Meeting]
    moved: list[Move]
    gone: list[Meeting]
    new: list[Assignment]

    @property
    def is_empty(self) -> bool:
        return not (self.moved or self.gone or self.new)


def compare(event: Event, assignments: Sequence[Assignment]) -> Comparison:
    """What publishing these assignments would change, meeting by meeting."""
    current = {m.request_id: m for m in meetings_at(event) if not is_staying(m)}
    comparison = Comparison([], [], [], [])
    for assignment in sorted(assignments, key=lambda row: row.request_id):
        meeting = current.pop(assignment.request_id, None)
        if meeting is None:
            comparison.new.append(assignment)
        elif _is_same(meeting, assignment):
            comparison.kept.append(meeting)
        else:
            comparison.moved.append(Move(meeting, assignment))
    comparison.gone.extend(current.values())
    return comparison


def companies_told(comparison: Comparison) -> list[Company]:
    """The companies with a meeting that is new, moved or gone: they are mailed, others are not."""
    touched = [move.meeting for move in comparison.moved] + comparison.gone
    ids = {c for m in touched for c in (m.company_a_id, m.company_b_id)}
    requests = _requests(comparison.new)
    ids |= {c for r in requests.values() for c in (r.from_company_id, r.to_company_id)}
    query = select(Company).where(Company.id.in_(ids)).order_by(Company.sort_name)
    return list(db.session.scalars(query))


def publish(run: ScheduleRun) -> ScheduleVersion:
    """Put a run in force as the next version: all of its meetings, or StaleRun and nothing."""
    event = _locked(run.event)
    if run.state is not RunState.DONE or run.violations:
        raise NotPublishable(run)
    if run.based_on != event.schedule_version:
        raise StaleRun(run)
    return _switch(event, run.assignments, run=run)


def revert(event: Event) -> ScheduleVersion:
    """Put the schedule before the present one in force again, as a new version."""
    event = _locked(event)
    if event.schedule_version == 0:
        raise NothingToRevert(event)
    before = _version(event, event.schedule_version - 1)
    run = before.run if before else None
    version = _switch(event, run.assignments if run else [], run=run)
    version.reverts_to = version.number - 2
    return version


def versions_of(event: Event) -> Sequence[ScheduleVersion]:
    """Published versions, newest first."""
    query = select(ScheduleVersion).where(ScheduleVersion.event_id == event.id)
    return db.session.scalars(query.order_by(ScheduleVersion.number.desc())).all()


def _locked(event: Event) -> Event:
    query = select(Event).where(Event.id == event.id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def _version(event: Event, number: int) -> ScheduleVersion | None:
    return db.session.scalar(
        select(ScheduleVersion).where(
            ScheduleVersion.event_id == event.id, ScheduleVersion.number == number
        )
    )


def _is_same(meeting: Meeting, assignment: Assignment) -> bool:
    return (meeting.slot_id, meeting.table_id, meeting.interpreter_id) == (
        assignment.slot_id,
        assignment.table_id,
        assignment.interpreter_id,
    )


def _requests(assignments: Sequence[Assignment]) -> dict[uuid.UUID, MeetingRequest]:
    ids = [assignment.request_id for assignment in assignments]
    query = select(MeetingRequest).where(MeetingRequest.id.in_(ids))
    return {request.id: request for request in db.session.scalars(query)}


def _switch(
    event: Event, assignments: Sequence[Assignment], *, run: ScheduleRun | None
) -> ScheduleVersion:
    _refuse_stale(event, assignments)
    comparison = compare(event, assignments)
    told = companies_told(comparison)
    try:
        with db.session.begin_nested():
            _apply(event, comparison)
    except IntegrityError:
        raise StaleRun(run) from None
    event.schedule_version += 1
    version = ScheduleVersion(
        event_id=event.id,
        number=event.schedule_version,
        run=run,
        changes=_summary(comparison),
        published_by_id=audit.current_actor().id,
    )
    db.session.add(version)
    db.session.flush()
    audit.record("schedule.published", version, number=version.number, **_counts(comparison))
    jobs.enqueue(
        "schedule_news",
        event_id=event.id,
        version=version.number,
        companies=[str(company.id) for company in told],
    )
    return version


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


def _apply(event: Event, comparison: Comparison) -> None:
    """Free every slot that changes first, then take the new ones."""
    touched = [*comparison.gone, *(move.meeting for move in comparison.moved)]
    release(*touched)
    for meeting in touched:
        meeting.sequence += 1
        meeting.changed_at = clock.now()
    for meeting in comparison.gone:
        meeting.status = MeetingStatus.CANCELLED
        meeting.cancelled_at = clock.now()
    seats = [(move.meeting, move.to) for move in comparison.moved]
    requests = _requests(comparison.new)
    seats += [(_meeting(requests[row.request_id]), row) for row in comparison.new]
    placed = _places(event, seats)
    db.session.add_all(meeting for meeting, _ in placed)
    db.session.flush()
    occupy(*placed)


def _places(
    event: Event, seats: Sequence[tuple[Meeting, Assignment]]
) -> list[tuple[Meeting, Place]]:
    """Where each meeting is to sit, two meetings of a company at one time on different lines."""
    companies = {c.id: c for meeting, _ in seats for c in (meeting.company_a, meeting.company_b)}
    grid = grid_of(event)
    plans = calendars(list(companies.values()), grid.slots)
    placed = []
    for meeting, assignment in seats:
        place = _place(grid, plans, meeting, assignment)
        _sit(meeting, assignment, place)
        grid.take(place.slots, resources_of(place, (meeting.company_a, meeting.company_b)))
        placed.append((meeting, place))
    return placed


def _meeting(request: MeetingRequest) -> Meeting:
    return Meeting(
        id=new_id(),
        event_id=request.event_id,
        request=request,
        company_a=request.from_company,
        company_b=request.to_company,
        origin=MeetingOrigin.SCHEDULE,
    )


def _place(grid: Grid, plans: Any, meeting: Meeting, assignment: Assignment) -> Place:
    """The place an assignment names, with the first line each company has free there."""
    first = next(slot for slot in grid.slots if slot.id == assignment.slot_id)
    slots = grid.run(first, assignment.length) or []
    lines = [
        grid.free_line(plans[company.id], slots)
        for company in (meeting.company_a, meeting.company_b)
    ]
    table = next(table for table in grid.tables if table.id == assignment.table_id)
    interpreter = next((i for i in grid.interpreters if i.id == assignment.interpreter_id), None)
    return Place(slots, (lines[0] or 0, lines[1] or 0), table, interpreter, None)


def _sit(meeting: Meeting, assignment: Assignment, place: Place) -> None:
    meeting.slot = place.slots[0]
    meeting.length = assignment.length
    meeting.table = place.table
    meeting.interpreter = place.interpreter


def _summary(comparison: Comparison) -> dict[str, Any]:
    return {
        "new": [str(row.request_id) for row in comparison.new],
        "moved": [str(move.meeting.id) for move in comparison.moved],
        "gone": [str(meeting.id) for meeting in comparison.gone],
    }


def _counts(comparison: Comparison) -> dict[str, int]:
    return {name: len(ids) for name, ids in _summary(comparison).items()}
