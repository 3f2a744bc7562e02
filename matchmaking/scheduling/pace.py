"""How much slower this process runs than if it had the cores to itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

THREADS = Path("/proc/self/task")
FADING = 0.95


def _nanoseconds_by_thread() -> dict[str, tuple[int, int]]:
    """On a core, and ready but without one; a thread may end while it is asked."""
    found = {}
    for thread in THREADS.glob("*"):
        try:
            ran, waited, _ = (thread / "schedstat").read_text().split()
        except OSError:
            continue
        found[thread.name] = int(ran), int(waited)
    return found


@dataclass(slots=True)
class Pace:
    """What its threads ran and what they waited for a core, the last seconds above all.

    Where the system does not tell, nobody is in the way.
    """

    ran: float = 0.0
    waited: float = 0.0
    seen: dict[str, tuple[int, int]] = field(default_factory=_nanoseconds_by_thread)

    @property
    def slowness(self) -> float:
        return (self.ran + self.waited) / self.ran if self.ran else 1.0

    def look(self) -> None:
        now = _nanoseconds_by_thread()
        self.ran *= FADING
        self.waited *= FADING
        for thread, (ran, waited) in now.items():
            ran_before, waited_before = self.seen.get(thread, (0, 0))
            self.ran += ran - ran_before
            self.waited += waited - waited_before
        self.seen = now
