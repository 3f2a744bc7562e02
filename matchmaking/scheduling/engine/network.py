"""Cheapest flows in whole numbers, and the potentials that prove them cheapest.

A flow of whole numbers exists wherever a flow of fractions does (Ford and Fulkerson
1956), so what is argued with fractions holds for meetings, which cannot be halved.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchmaking.scheduling.engine.arrays import Ints, ints


class NoFlow(ArithmeticError):
    """No flow meets the supplies, or its cost is too large to be counted in 64 bits."""


@dataclass(frozen=True, slots=True)
class Network:
    """Arcs as arrays of one length; `supply` by node, negative where flow is wanted."""

    tail: Ints
    head: Ints
    capacity: Ints
    cost: Ints
    supply: Ints


def network(arcs: list[tuple[Ints, Ints, Ints, Ints]], supply: Ints) -> Network:
    """From groups of arcs: tails, heads, capacities, costs."""
    tail, head, capacity, cost = (
        np.concatenate([np.atleast_1d(group[part]) for group in arcs]).astype(np.int64)
        for part in range(4)
    )
    return Network(tail, head, capacity, cost, supply)


def cheapest(net: Network) -> Ints:
    """The flow on each arc of a cheapest flow that meets all supplies."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415  slow to load

    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        net.tail.astype(np.int32), net.head.astype(np.int32), net.capacity, net.cost
    )
    solver.set_nodes_supplies(np.arange(len(net.supply), dtype=np.int32), net.supply)
    if solver.solve() != SimpleMinCostFlow.OPTIMAL:
        raise NoFlow
    return ints(solver.flows(arcs))


def potentials(net: Network, flow: Ints) -> Ints:
    """Of each node, such that no arc on which flow could change lowers the cost.

    They exist exactly if the flow is cheapest (Ahuja, Magnanti and Orlin 1993, ch. 9):
    `cost + potential[tail] - potential[head]` is at least 0 where more could flow, and
    at most 0 where less could. Found by Bellman and Ford's method.
    """
    more, less = flow < net.capacity, flow > 0
    source = np.concatenate([net.tail[more], net.head[less]])
    target = np.concatenate([net.head[more], net.tail[less]])
    cost = np.concatenate([net.cost[more], -net.cost[less]])
    order = np.argsort(target, kind="stable")
    source, cost = source[order], cost[order]
    reached, first = np.unique(target[order], return_index=True)
    potential = np.zeros(len(net.supply), dtype=np.int64)
    if not len(reached):
        return potential
    for _ in range(len(net.supply) + 1):
        nearer = np.minimum(
            np.minimum.reduceat(potential[source] + cost, first), potential[reached]
        )
        if np.array_equal(nearer, potential[reached]):
            return potential
        potential[reached] = nearer
    raise NoFlow
