"""What one more table, interpreter, slot or meeting is worth, kept for the report."""

from collections.abc import Sequence
from typing import Any

from matchmaking.core import clock
from matchmaking.meetings.models import RunState, ScheduleRun
from matchmaking.meetings.queries.problem import EventProblem
from matchmaking.scheduling.bottlenecks import Bottleneck


def keep_bottlenecks(run: ScheduleRun, asked: EventProblem, found: Sequence[Bottleneck]) -> None:
    run.state, run.finished_at = RunState.DONE, clock.now()
    run.requested = len(asked.requests) + len(asked.left_out)
    run.plan = {"rows": [_row(asked, one) for one in found]}


def _row(asked: EventProblem, one: Bottleneck) -> dict[str, Any]:
    """`subject`: a language, a block's number, or a company's id."""
    subjects = one.change.subjects
    key: str | int | None = subjects[0].key if subjects else None
    if subjects and subjects[0].kind == "participant":
        number = int(subjects[0].key)
        key = str(asked.companies[number]) if number < len(asked.companies) else None
    return {
        "action": one.change.action,
        "subject": key,
        "estimated": round(one.estimated, 1),
        "gained": one.gained,
        "placed": one.placed,
    }
