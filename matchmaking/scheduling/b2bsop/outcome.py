"""What a worker is told, what it finds out, and what is known in the end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matchmaking.scheduling.b2bsop.instance import Instance


class Status(StrEnum):
    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Outcome:
    """`slots[meeting]` is a schedule with `breaks`; that none has fewer than `bound` is proved."""

    status: Status
    breaks: int | None = None
    bound: int | None = None
    slots: tuple[int, ...] | None = None


INFEASIBLE = Outcome(Status.INFEASIBLE)


@dataclass(frozen=True)
class Finding:
    """What a worker has found out: no schedule, a schedule, a bound."""

    infeasible: bool = False
    bound: int = 0
    slots: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Task:
    """Workers differ by `number`; one of them first finds any schedule at all."""

    instance: Instance
    fairness: int
    number: int
    finds_any: bool
