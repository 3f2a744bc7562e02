"""How a run came to where it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from matchmaking.core import clock
from matchmaking.core.i18n import _
from matchmaking.meetings.models import RunState, ScheduleRun
from matchmaking.web.charts import Line, lines


@dataclass(frozen=True)
class Course:
    """`gap`: how much better a schedule could be at the very most, in percent of the bound."""

    lines: Sequence[Line]
    gap: float
    seconds: int


def course_of(run: ScheduleRun) -> Course:
    gap = 100 * (run.bound - run.value) / run.bound if run.bound > 0 else 0.0
    drawn = lines(run.progress, [(_("Points"), 1), (_("At most possible"), 2)])
    used = round((clock.now() - run.created_at).total_seconds())
    seconds = min(used, run.time_limit_seconds) if run.state is RunState.RUNNING else 0
    return Course(drawn if len(run.progress) > 1 else [], round(gap, 2), seconds)
