"""Running the scheduler: start a run, solve, keep what it found as a draft."""

import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from matchmaking.core import audit, clock, jobs
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event
from matchmaking.meetings.models import Assignment, RunState, ScheduleRun
from matchmaking.meetings.queries.problem import EventProblem
from matchmaking.scheduling.problem import NO_INTERPRETER, Schedule, Subject
from matchmaking.scheduling.problem import Assignment as Seat
from matchmaking.scheduling.score import score
from matchmaking.scheduling.violations import violations

LONGEST_SECONDS = 600


class RunError(DomainError):
    """The scheduler cannot be run this way."""


class AlreadyRunning(RunError):
    code = "already_running"
    message = _l("The scheduler is already at work on this event.")


def start_run(
    event: Event, *, time_limit_seconds: int = 30, seed: int = 0, mode: str = "full"
) -> ScheduleRun:
    """Queue a run of the scheduler. Raises AlreadyRunning."""
    db.session.execute(select(Event.id).where(Event.id == event.id).with_for_update())
    active = (
        select(ScheduleRun.id)
        .join(jobs.Job, jobs.Job.id == ScheduleRun.job_id)
        .where(
            ScheduleRun.event_id == event.id,
            jobs.Job.state.in_((jobs.JobState.QUEUED, jobs.JobState.RUNNING)),
        )
    )
    if db.session.scalar(active):
        raise AlreadyRunning(event)
    run = ScheduleRun(
        event_id=event.id,
        mode=mode,
        seed=seed,
        time_limit_seconds=min(max(1, time_limit_seconds), LONGEST_SECONDS),
        based_on=event.schedule_version,
    )
    if audit.current_actor().kind == "user":
        run.created_by_id = audit.current_actor().id
    db.session.add(run)
    db.session.flush()
    job = jobs.enqueue("schedule_run", event_id=event.id, run=str(run.id))
    run.job_id = job.id
    audit.record("schedule.run_started", run, time_limit_seconds=run.time_limit_seconds)
    return run


def keep_result(run: ScheduleRun, asked: EventProblem, schedule: Schedule) -> None:
    """Write a finished run: its figures, its assignments, and why the others were left out.

    A schedule that breaks a hard constraint is kept as a failed run and can never be
    published.
    """
    seats = with_own_tables(asked, schedule.assignments)
    broken = [str(violation) for violation in violations(asked.problem, seats)]
    run.violations = broken
    run.state = RunState.FAILED if broken else RunState.DONE
    run.finished_at = clock.now()
    run.requested = len(asked.requests) + len(asked.left_out)
    run.value = schedule.value - asked.fixed_weight
    run.bound = schedule.bound - asked.fixed_weight
    run.proved = schedule.proved
    figures = score(asked.problem, seats)
    run.objectives = {
        "unfairness": figures.unfairness,
        "gaps": figures.gaps,
        "table_changes": figures.table_changes,
        "seconds": round(schedule.seconds, 1),
    }
    wanted = [seat for seat in seats if seat.meeting not in asked.fixed]
    run.placed = len(wanted)
    run.assignments = [_assignment(asked, seat) for seat in wanted]
    run.unplaced = _unplaced(asked, schedule)
    run.fairness = _fairness(asked, wanted)


def with_own_tables(asked: EventProblem, seats: Sequence[Seat]) -> list[Seat]:
    """The same schedule with every staying meeting at the table it already has.

    Common tables are alike and placed requests take one slot each, so whoever was given
    that table in those slots takes the stand-in's instead.
    """
    table_of = {seat.meeting: seat.table for seat in seats}
    start_of = {seat.meeting: seat.start for seat in seats}
    for stand_in, own in asked.fixed.items():
        given = table_of.get(stand_in, own)
        taken = asked.problem.meetings[stand_in].slots_from(start_of.get(stand_in, 0))
        for meeting, table in list(table_of.items()):
            if table == own and start_of[meeting] in taken:
                table_of[meeting] = given
        table_of[stand_in] = own
    return [
        Seat(seat.meeting, seat.start, table_of[seat.meeting], seat.interpreter) for seat in seats
    ]


def _assignment(asked: EventProblem, seat: Seat) -> Assignment:
    interpreter = (
        None if seat.interpreter == NO_INTERPRETER else asked.interpreters[seat.interpreter]
    )
    return Assignment(
        request_id=asked.requests[seat.meeting],
        slot_id=asked.slots[seat.start],
        length=asked.problem.meetings[seat.meeting].duration,
        table_id=asked.tables[seat.table],
        interpreter_id=interpreter,
    )


def _unplaced(asked: EventProblem, schedule: Schedule) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {
            "request": str(asked.requests[row.meeting]),
            "reason": row.reason,
            "subjects": _named(asked, row.subjects),
            "remedies": [
                {"action": remedy.action, "subjects": _named(asked, remedy.subjects)}
                for remedy in row.remedies
            ],
        }
        for row in schedule.unplaced
        if row.meeting not in asked.fixed
    ]
    return found + [
        {"request": str(request_id), "reason": reason, "subjects": [], "remedies": []}
        for request_id, reason in asked.left_out
    ]


def _named(asked: EventProblem, subjects: Sequence[Subject]) -> list[list[str]]:
    """Subjects with the ids of rows in place of numbers; stand-ins are left out."""
    owners: dict[str, Sequence[uuid.UUID]] = {
        "participant": asked.companies,
        "meeting": asked.requests,
        "slot": asked.slots,
        "table": asked.tables,
        "interpreter": asked.interpreters,
    }
    named = []
    for subject in subjects:
        ids = owners.get(subject.kind)
        if ids is None:
            named.append([subject.kind, str(subject.key)])
        elif int(subject.key) < len(ids):
            named.append([subject.kind, str(ids[int(subject.key)])])
    return named


def _fairness(asked: EventProblem, seats: Sequence[Seat]) -> dict[str, Any]:
    """Placed and wanted meetings of each company: {company id: [placed, wanted]}."""
    meetings = asked.problem.meetings[: len(asked.requests)]
    wanted = Counter(company for meeting in meetings for company in meeting.companies)
    placed = Counter(
        company for seat in seats for company in asked.problem.meetings[seat.meeting].companies
    )
    return {str(asked.companies[n]): [placed[n], wanted[n]] for n in sorted(wanted)}
