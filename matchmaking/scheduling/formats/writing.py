"""Problems and schedules into JSON."""

from __future__ import annotations

from typing import Any

from matchmaking.scheduling.formats.reading import FORMAT
from matchmaking.scheduling.problem import (
    OBJECTIVES,
    Assignment,
    Meeting,
    Previous,
    Problem,
    Schedule,
    Unplaced,
)


def problem_to_json(problem: Problem) -> dict[str, Any]:
    document = {
        "format": FORMAT,
        "name": problem.name,
        "slots": problem.slots,
        "blocks": [list(block) for block in problem.blocks],
        "tables": problem.tables,
        "participants": [
            {
                "side": company.side,
                "available": company.available,
                "max_meetings": company.max_meetings,
                "parallel": company.parallel,
                "booth": company.booth,
            }
            for company in problem.participants
        ],
        "interpreters": [
            {"langs": list(person.languages), "available": person.available}
            for person in problem.interpreters
        ],
        "meetings": [_meeting_to_json(meeting) for meeting in problem.meetings],
        "precedences": [list(pair) for pair in problem.precedences],
        "previous": _previous_to_json(problem.previous),
    }
    if problem.table_available:
        document["table_available"] = list(problem.table_available)
    return document


def schedule_to_json(schedule: Schedule) -> dict[str, Any]:
    return {
        "schedule": [_row(assignment) for assignment in schedule.assignments],
        "value": schedule.value,
        "bound": schedule.bound,
        "gap": round(schedule.gap, 6),
        "proved": schedule.proved,
        "proved_objectives": list(OBJECTIVES[: schedule.proved_objectives]),
        "unfairness": schedule.unfairness,
        "gaps": schedule.gaps,
        "table_changes": schedule.table_changes,
        "moved": schedule.moved,
        "unplaced": [_unplaced_to_json(unplaced) for unplaced in schedule.unplaced],
        "seconds": round(schedule.seconds, 3),
        "seed": schedule.seed,
    }


def _meeting_to_json(meeting: Meeting) -> dict[str, Any]:
    return {
        "a": meeting.a,
        "b": meeting.b,
        "w": meeting.weight,
        "d": meeting.duration,
        "lang": meeting.language,
        "starts": None if meeting.starts is None else list(meeting.starts),
    }


def _previous_to_json(previous: Previous | None) -> dict[str, Any] | None:
    if previous is None:
        return None
    return {
        "schedule": [_row(assignment) for assignment in previous.schedule],
        "now": previous.now,
        "move_cost": previous.move_cost,
    }


def _row(assignment: Assignment) -> list[int]:
    return [assignment.meeting, assignment.start, assignment.table, assignment.interpreter]


def _unplaced_to_json(unplaced: Unplaced) -> dict[str, Any]:
    return {
        "meeting": unplaced.meeting,
        "reason": unplaced.reason,
        "subjects": [str(subject) for subject in unplaced.subjects],
        "remedies": [str(remedy) for remedy in unplaced.remedies]
        or [" and ".join(map(str, unplaced.together))] * bool(unplaced.together),
    }
