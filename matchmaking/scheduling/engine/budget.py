"""How long a search may go on: until a moment, until it is stopped, or for an amount of work."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from threading import Event


@dataclass(slots=True)
class Work:
    """Steps that are left, where they are limited. They do not depend on the machine's speed."""

    left: int | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    deadline: float
    stop: Event = field(default_factory=Event)
    work: Work = field(default_factory=Work)
    least_work: int = 0

    @property
    def seconds(self) -> float:
        return max(0.0, self.deadline - time.monotonic())

    @property
    def is_metered(self) -> bool:
        return self.work.left is not None

    @property
    def is_spent(self) -> bool:
        if self.work.left is not None and self.work.left <= self.least_work:
            return True
        return self.stop.is_set() or self.seconds <= 0

    def spend(self, steps: int = 1) -> None:
        if self.work.left is not None:
            self.work.left -= steps

    def at_most(self, seconds: float) -> float:
        """How long one step may take. Where work is limited, time is left out of it."""
        return self.seconds if self.is_metered else min(seconds, self.seconds)

    def leaving(self, seconds: float) -> Budget:
        """This budget without its last seconds, if there are any to leave."""
        return replace(self, deadline=self.deadline - max(0.0, seconds))

    def part(self, share: float) -> Budget:
        """A budget for this share of the time and work that are left."""
        left = self.work.left or 0
        return replace(
            self,
            deadline=time.monotonic() + self.seconds * share,
            least_work=left - int((left - self.least_work) * share),
        )
