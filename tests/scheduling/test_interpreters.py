"""Everybody finds an interpreter where that is possible at all."""

import random

import numpy as np
import pytest

from matchmaking.scheduling.engine.arrays import Ints
from matchmaking.scheduling.engine.interpreters import interpreters_of, with_interpreters
from matchmaking.scheduling.engine.plan import field_of, plan_of
from matchmaking.scheduling.problem import NO_INTERPRETER, Assignment, Meeting, Problem
from tests.factories.problems import make_company, make_interpreter, make_problem

SLOTS = 6
LANGUAGES = ("ja", "ko", "zh")


def busy_day(seed: int) -> tuple[Problem, list[Assignment]]:
    """Every interpreter speaks from morning to evening; who speaks where is not told."""
    draw = random.Random(seed)
    people = [draw.sample(LANGUAGES, draw.choice([1, 1, 2])) for _ in range(6)]
    meetings: list[Meeting] = []
    starts: list[int] = []
    for languages in people:
        slot = 0
        while slot < SLOTS:
            duration = min(draw.choice([1, 1, 2, 3]), SLOTS - slot)
            one = 2 * len(meetings)
            meetings.append(Meeting(one, one + 1, 5, duration, draw.choice(languages), None))
            starts.append(slot)
            slot += duration
    problem = make_problem(
        slots=SLOTS,
        tables=len(people),
        companies=tuple(make_company(available="1" * SLOTS) for _ in range(2 * len(meetings))),
        interpreters=tuple(make_interpreter(*each, available="1" * SLOTS) for each in people),
        meetings=tuple(meetings),
    )
    rows = [Assignment(number, start, 0, NO_INTERPRETER) for number, start in enumerate(starts)]
    return problem, rows


@pytest.mark.parametrize("seed", range(60))
def test_no_meeting_is_dropped_when_all_interpreters_could_be_busy_all_day(seed: int) -> None:
    problem, rows = busy_day(seed)
    field = field_of(problem)

    plan = with_interpreters(
        field, interpreters_of(problem), plan_of(field, rows), range(problem.slots)
    )

    assert plan.placed.all()
    assert_nobody_is_in_two_meetings(problem, plan.interpreter, rows)


def assert_nobody_is_in_two_meetings(
    problem: Problem, interpreter: Ints, rows: list[Assignment]
) -> None:
    engaged = np.zeros((len(problem.interpreters), problem.slots), dtype=int)
    for row in rows:
        meeting, person = problem.meetings[row.meeting], interpreter[row.meeting]
        assert meeting.language in problem.interpreters[person].languages
        engaged[person, row.start : row.start + meeting.duration] += 1
    assert engaged.max() <= 1
