"""Runs of the scheduler, and the versions published from them."""

import uuid
from typing import Annotated, Literal

from matchmaking.api.schemas.base import Bilingual, Input, Moment, Output, Whole
from matchmaking.meetings.models import RunMode, RunState


class NewRun(Input):
    """`repair` moves a meeting in force only where it cannot stay, or where that gains something."""

    mode: Literal["full", "repair"] = "full"
    time_limit_seconds: Annotated[int, Whole(1, 600)] = 30
    seed: Annotated[int, Whole(0, 2**31 - 1)] = 0


class RunQueued(Output):
    id: uuid.UUID
    state: RunState


class AssignmentOut(Output):
    """Where a run put a request. All are ids."""

    request: uuid.UUID
    slot: uuid.UUID
    table: uuid.UUID
    interpreter: uuid.UUID | None


class Remedy(Output):
    """One change that alone would give the request a meeting."""

    action: str
    text: Bilingual


class UnplacedOut(Output):
    """A request without a meeting, and why. Where no remedy alone helps, all of `together` do."""

    request: uuid.UUID
    reason: str
    explanation: Bilingual
    remedies: list[Remedy]
    together: list[Remedy]


class ReliefOut(Output):
    """What one more table or interpreter alone would do for all requests without a meeting."""

    action: str
    text: Bilingual
    requests: list[uuid.UUID]
    points: int


class Spot(Output):
    slot: uuid.UUID
    table: uuid.UUID
    interpreter: uuid.UUID | None


class ChangeOut(Output):
    """What publishing would do to one meeting; `before` is null for a new one."""

    kind: Literal["new", "moved", "gone"]
    request: uuid.UUID | None
    meeting: uuid.UUID | None
    before: Spot | None
    after: Spot | None


class Fairness(Output):
    """How much of what it wanted a company got."""

    placed: int
    wanted: int


class RunOut(RunQueued):
    """`objective` is what the schedule is worth, `bound` what none can pass, `gap` the share between.

    `version` is the number under which it was published; `changes` compare it with what is in force.
    """

    mode: RunMode
    seed: int
    time_limit_seconds: int
    placed: int
    requested: int
    objective: int
    bound: int
    gap: float
    violations: list[str]
    fairness: dict[str, Fairness]
    assignments: list[AssignmentOut]
    unplaced: list[UnplacedOut]
    reliefs: list[ReliefOut]
    changes: list[ChangeOut]
    version: int | None
    created_at: Moment
    finished_at: Moment | None


class VersionOut(Output):
    """A published schedule; `run` is null when it is the empty one before the first."""

    version: int
    reverts_to: int | None
    run: uuid.UUID | None
    published_at: Moment
