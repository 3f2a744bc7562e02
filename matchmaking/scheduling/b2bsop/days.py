"""The days a company may have, as paths through a small graph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

State = tuple[int, bool]
IMPOSSIBLE = 1 << 60


@dataclass(frozen=True)
class Step:
    """From node to node in one slot: busy or not, and whether that ends a break."""

    before: int
    after: int
    slot: int
    busy: bool
    ends_break: bool


@dataclass(frozen=True)
class Days:
    """Every path from node 0 to one of `last`, over `steps` in the order of the slots, is a day.

    A node is a number of meetings held so far and whether one is held now. Meetings that must be
    over by a slot are over there, those that cannot have begun have not, and a slot that is some
    meeting's only one is busy. Which meeting is held is forgotten, so that every true day is a
    path, but a path need not be a true day.
    """

    nodes: int
    steps: tuple[Step, ...]
    last: tuple[int, ...]

    def least(self, prices: Sequence[int], a_break: int) -> int:
        """No path costs less, at a price for being busy in each slot and one for a break."""
        cost = [0] + [IMPOSSIBLE] * (self.nodes - 1)
        for step in self.steps:
            through = cost[step.before] + prices[step.slot] * step.busy + a_break * step.ends_break
            cost[step.after] = min(cost[step.after], through)
        return min((cost[node] for node in self.last), default=IMPOSSIBLE)


def days_of(domains: Sequence[int], slots: int) -> Days:
    """The days in which meetings of these domains are held in different slots."""
    possible = busy_if_any(domains)
    settled = busy_if_any([domain for domain in domains if domain & (domain - 1) == 0])
    nodes, steps = 1, []
    layer: dict[State, int] = {(0, False): 0}
    for slot in range(slots):
        done = (1 << slot + 1) - 1
        least = sum(domain & ~done == 0 for domain in domains)
        most = sum(domain & done != 0 for domain in domains)
        following: dict[State, int] = {}
        for (held, now), before in layer.items():
            for busy in (False, True):
                allowed = possible if busy else ~settled
                if allowed >> slot & 1 and least <= held + busy <= most:
                    after = following.setdefault((held + busy, busy), nodes + len(following))
                    steps.append(Step(before, after, slot, busy, busy and not now and held > 0))
        nodes += len(following)
        layer = following
    last = tuple(node for (held, _), node in layer.items() if held == len(domains))
    return Days(nodes, tuple(steps), last)


def busy_if_any(domains: Sequence[int]) -> int:
    """The slots of all domains together."""
    union = 0
    for domain in domains:
        union |= domain
    return union
