"""The gaps that a plan leaves, before anybody has a table."""

from __future__ import annotations

import numpy as np

from matchmaking.scheduling.engine.plan import Field, Plan
from matchmaking.scheduling.problem import Assignment
from matchmaking.scheduling.score import gaps


def gap_count(field: Field, plan: Plan) -> int:
    rows = [
        Assignment(meeting, field.start(plan, meeting), table=0)
        for meeting in np.flatnonzero(plan.placed).tolist()
    ]
    return gaps(field.problem, (*field.problem.past, *rows))
