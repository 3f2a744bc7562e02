"""Putting a schedule in force: every change at once, a new number, news to those touched."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

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
    ScheduleRun,
    ScheduleVersion,
)
from matchmaking.meetings.queries.availability import Grid, calendars, grid_of, language_needed
from matchmaking.meetings.services.places import Place, occupy, release, resources_of
from matchmaking.meetings.services.schedule.comparing import (
    Comparison,
    companies_told,
    requests_of,
)


class StaleRun(DomainError):
    code = "stale_run"
    message = _l(
        "The event has changed since this run, so its schedule no longer fits. Run the scheduler again."
    )


def locked(event: Event) -> Event:
    query = select(Event).where(Event.id == event.id).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def put_in_force(
    event: Event, comparison: Comparison, *, run: ScheduleRun | None
) -> ScheduleVersion:
    """Make these changes, all or none, as the next version of a locked event. Raises StaleRun."""
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
        published_by_id=audit.acting_user_id(),
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


def _apply(event: Event, comparison: Comparison) -> None:
    """Free every slot that changes first, then take the new ones. A cancelled meeting may come back."""
    touched = [*comparison.gone, *(move.meeting for move in comparison.moved)]
    release(*touched)
    for meeting in touched:
        meeting.sequence += 1
        meeting.changed_at = clock.now()
    for move in comparison.moved:
        move.meeting.status, move.meeting.cancelled_at = MeetingStatus.SCHEDULED, None
    for meeting in comparison.gone:
        meeting.status = MeetingStatus.CANCELLED
        meeting.cancelled_at = clock.now()
    seats = [(move.meeting, move.to) for move in comparison.moved]
    requests = requests_of(comparison.new)
    seats += [(_meeting(requests[row.request_id]), row) for row in comparison.new]
    placed = _places(event, seats)
    db.session.add_all(meeting for meeting, _ in placed)
    db.session.flush()
    occupy(*placed)
    for meeting in [*comparison.gone, *(meeting for meeting, _ in placed)]:
        meeting.told = meeting.whereabouts


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
    language = language_needed(meeting.company_a, meeting.company_b, grid.interpreters)
    spoken = language if interpreter else None
    return Place(slots, (lines[0] or 0, lines[1] or 0), table, interpreter, spoken)


def _sit(meeting: Meeting, assignment: Assignment, place: Place) -> None:
    meeting.slot = place.slots[0]
    meeting.length = assignment.length
    meeting.table = place.table
    meeting.interpreter = place.interpreter
    meeting.language = place.language


def _summary(comparison: Comparison) -> dict[str, Any]:
    return {
        "new": [str(row.request_id) for row in comparison.new],
        "moved": [str(move.meeting.id) for move in comparison.moved],
        "gone": [str(meeting.id) for meeting in comparison.gone],
    }


def _counts(comparison: Comparison) -> dict[str, int]:
    return {name: len(ids) for name, ids in _summary(comparison).items()}
