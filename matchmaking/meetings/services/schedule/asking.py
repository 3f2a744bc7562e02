"""What a run asks of the scheduler."""

from collections.abc import Iterable
from dataclasses import replace

from matchmaking.meetings.models import RunMode, ScheduleRun
from matchmaking.meetings.queries.grid import slots_of
from matchmaking.meetings.queries.present import seats_at
from matchmaking.meetings.queries.problem import EventProblem, problem_for
from matchmaking.meetings.services.schedule.supposing import Supposition, shape_of, supposed
from matchmaking.scheduling.problem import Assignment, Previous, Problem, Schedule
from matchmaking.scheduling.score import moved_meetings
from matchmaking.scheduling.seats import seated

MOVE_COST = 1
"""In points: what moving a meeting in force must at least gain, when a run stays close."""


def asked_of(run: ScheduleRun) -> EventProblem:
    """The event's problem now, changed by what the run supposes or keeps."""
    asked = problem_for(run.event)
    if run.mode is RunMode.WHAT_IF:
        what = Supposition.from_json(run.plan)
        return replace(asked, problem=supposed(asked.problem, what, shape_of(slots_of(run.event))))
    if run.plan.get("keeps"):
        previous = Previous(tuple(seats_at(run.event, asked)), 0, MOVE_COST)
        return replace(asked, problem=replace(asked.problem, previous=previous))
    return asked


def staying_close(asked: EventProblem, schedule: Schedule) -> Schedule:
    """Its meetings at the tables they have; its value counts points alone, moves left aside."""
    if asked.problem.previous is None:
        return schedule
    rows = seated(asked.problem, {row.meeting: row.start for row in schedule.assignments})
    kept = rows if len(rows) == len(schedule.assignments) else schedule.assignments
    value = _weight(asked.problem, kept)
    moves = MOVE_COST * len(moved_meetings(asked.problem, kept))
    return replace(
        schedule,
        assignments=tuple(kept),
        value=value,
        bound=max(value, schedule.bound + moves),
        proved_objectives=0,
    )


def _weight(problem: Problem, rows: Iterable[Assignment]) -> int:
    return sum(problem.meetings[row.meeting].weight for row in rows)
