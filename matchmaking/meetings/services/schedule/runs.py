"""Running the scheduler: start a run, solve, keep what it found as a draft."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from matchmaking.core import audit, clock, jobs
from matchmaking.core.database import db
from matchmaking.core.errors import DomainError
from matchmaking.core.i18n import _l
from matchmaking.events.models import Event
from matchmaking.meetings.models import Assignment, RunMode, RunState, ScheduleRun
from matchmaking.meetings.queries.problem import EventProblem
from matchmaking.meetings.services.schedule.reasons import relief_rows, unplaced_rows
from matchmaking.scheduling.explain import explain
from matchmaking.scheduling.problem import NO_INTERPRETER, Progress, Schedule, Unplaced
from matchmaking.scheduling.problem import Assignment as Seat
from matchmaking.scheduling.score import score
from matchmaking.scheduling.violations import violations

LONGEST_SECONDS = 600
MOST_STEPS = 200


class RunError(DomainError):
    """The scheduler cannot be run this way."""


class AlreadyRunning(RunError):
    code = "already_running"
    message = _l("The scheduler is already at work on this event.")


class NotRunning(RunError):
    code = "not_running"
    message = _l("This run has already ended.")


def start_run(
    event: Event,
    *,
    time_limit_seconds: int = 30,
    seed: int = 0,
    mode: RunMode = RunMode.FULL,
    plan: dict[str, Any] | None = None,
) -> ScheduleRun:
    """Queue a run of the scheduler. Raises AlreadyRunning.

    `plan`: {"keeps": True} to move meetings in force only for a gain, or what a "what if"
    run supposes.
    """
    _require_idle(event)
    run = ScheduleRun(
        event_id=event.id,
        mode=mode,
        plan=plan or {},
        seed=seed,
        time_limit_seconds=min(max(1, time_limit_seconds), LONGEST_SECONDS),
        based_on=event.schedule_version,
        created_by_id=audit.acting_user_id(),
    )
    db.session.add(run)
    db.session.flush()
    kind = "schedule_bottlenecks" if mode is RunMode.BOTTLENECKS else "schedule_run"
    job = jobs.enqueue(kind, event_id=event.id, run=str(run.id))
    run.job_id = job.id
    audit.record("schedule.run_started", run, time_limit_seconds=run.time_limit_seconds)
    return run


def _require_idle(event: Event) -> None:
    """Only one run at a time; of two that start at once, the second waits here for the first."""
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


def stop(run: ScheduleRun) -> None:
    """Have the run end now and keep the best it has found. Raises NotRunning."""
    if run.state not in (RunState.QUEUED, RunState.RUNNING):
        raise NotRunning(run)
    run.is_stopping = True
    audit.record("schedule.run_stopped", run)


def note_progress(run: ScheduleRun, asked: EventProblem, progress: Progress) -> None:
    """How far the run is: [seconds, value, bound, placed] whenever it has come further."""
    run.placed = max(0, progress.placed - len(asked.fixed))
    run.value = progress.value - asked.fixed_weight
    run.bound = progress.bound - asked.fixed_weight
    step = [round(progress.seconds, 1), run.value, run.bound, run.placed]
    kept = list(run.progress)
    if len(kept) >= MOST_STEPS:
        kept = kept[::2]
    run.progress = [*kept, step]


def result_of(asked: EventProblem, schedule: Schedule) -> dict[str, Any]:
    """A finished run by column: its figures, its assignments, and why the others were left out.

    To find that out takes its time, and asks no database. A schedule that breaks a hard
    constraint is a failed run and can never be published.
    """
    seats = with_own_tables(asked, schedule.assignments)
    broken = [str(violation) for violation in violations(asked.problem, seats)]
    wanted = [seat for seat in seats if seat.meeting not in asked.fixed]
    return figures_of(asked, replace(schedule, assignments=tuple(seats))) | {
        "state": RunState.FAILED if broken else RunState.DONE,
        "violations": broken,
        "assignments": [_assignment(asked, seat) for seat in wanted],
        "unplaced": unplaced_rows(asked, _every_reason(asked, schedule)),
        "reliefs": relief_rows(asked, seats),
    }


def _every_reason(asked: EventProblem, schedule: Schedule) -> Sequence[Unplaced]:
    """Here there is time to look for those that the solver's limit cut off."""
    if any(row.reason == "unexplained" for row in schedule.unplaced):
        return explain(asked.problem, schedule.assignments)
    return schedule.unplaced


def figures_of(asked: EventProblem, schedule: Schedule) -> dict[str, Any]:
    """How good a finished run is; all that is kept of one that supposes another event."""
    seats = schedule.assignments
    figures = score(asked.problem, seats)
    wanted = [seat for seat in seats if seat.meeting not in asked.fixed]
    return {
        "state": RunState.DONE,
        "requested": len(asked.requests) + len(asked.left_out),
        "value": schedule.value - asked.fixed_weight,
        "bound": schedule.bound - asked.fixed_weight,
        "proved": schedule.proved,
        "objectives": {
            "unfairness": figures.unfairness,
            "gaps": figures.gaps,
            "table_changes": figures.table_changes,
            "seconds": round(schedule.seconds, 1),
        },
        "placed": len(wanted),
        "fairness": _fairness(asked, wanted),
    }


def keep(run: ScheduleRun, result: dict[str, Any]) -> None:
    """Write a finished run."""
    for column, value in result.items():
        setattr(run, column, value)
    run.finished_at = clock.now()
    if run.progress:
        last = [run.objectives["seconds"], run.value, run.bound, run.placed]
        run.progress = [*run.progress, last]


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


def _fairness(asked: EventProblem, seats: Sequence[Seat]) -> dict[str, Any]:
    """Placed and wanted meetings of each company: {company id: [placed, wanted]}."""
    meetings = asked.problem.meetings[: len(asked.requests)]
    wanted = Counter(company for meeting in meetings for company in meeting.companies)
    placed = Counter(
        company for seat in seats for company in asked.problem.meetings[seat.meeting].companies
    )
    return {str(asked.companies[n]): [placed[n], wanted[n]] for n in sorted(wanted)}
