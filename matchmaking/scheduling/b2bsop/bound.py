"""Bounds on breaks: of one company whatever the others do, and of all where tables are scarce."""

from __future__ import annotations

from collections.abc import Sequence

import highspy
import numpy as np

from matchmaking.scheduling.b2bsop.days import Days, busy_if_any, days_of
from matchmaking.scheduling.b2bsop.instance import Instance
from matchmaking.scheduling.b2bsop.matching import match
from matchmaking.scheduling.b2bsop.propagation import Infeasible

A_BREAK = 1 << 12
LARGEST_PROGRAM = 300_000


def least_breaks(domains: Sequence[int], slots: int) -> int:
    """No choice of different slots for meetings of these domains has fewer breaks."""
    if len(domains) < 2:
        return 0
    breaks = days_of(domains, slots).least([0] * slots, 1)
    return 1 if breaks == 0 and not windows(domains, slots) else breaks


def windows(domains: Sequence[int], slots: int) -> list[int]:
    """The first slots from which all meetings of these domains can be held without a break."""
    count = len(domains)
    settled = busy_if_any([domain for domain in domains if domain & (domain - 1) == 0])
    found = []
    for first in range(slots - count + 1):
        window = (1 << count) - 1 << first
        if not settled & ~window and match([domain & window for domain in domains], slots):
            found.append(first)
    return found


def scarce_tables_bound(instance: Instance, domains: Sequence[int]) -> int:
    """No schedule has fewer breaks: Lagrangian duality over the tables. May raise `Infeasible`.

    Two companies sit at each table, so at most twice as many companies as tables are busy in a
    slot. At any price for being busy there (none is negative), the cheapest days of all companies
    less what the tables are worth bound the breaks of every schedule from below. A linear program
    only proposes prices; the sum is taken in whole numbers.
    """
    days = [
        days_of([domains[meeting] for meeting in own], instance.slots)
        for own in instance.meetings_of
        if own
    ]
    if not all(one.last for one in days):
        raise Infeasible
    free = _value(instance, days, [0] * instance.slots)
    if sum(len(one.steps) for one in days) > LARGEST_PROGRAM:
        return free
    return max(free, _value(instance, days, _prices(instance, days)))


def _value(instance: Instance, days: Sequence[Days], prices: Sequence[int]) -> int:
    cheapest = sum(one.least(prices, A_BREAK) for one in days)
    worth = 2 * instance.tables * sum(prices)
    return -((worth - cheapest) // A_BREAK)


def _prices(instance: Instance, days: Sequence[Days]) -> list[int]:
    """The duals of the slots where each company is sent along its paths as a divisible flow."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.passModel(_program(instance, days))
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return [0] * instance.slots
    duals = solver.getSolution().row_dual[: instance.slots]
    return [max(0, round(-dual * A_BREAK)) for dual in duals]


def _program(instance: Instance, days: Sequence[Days]) -> highspy.HighsLp:
    """Rows: the slots, then for each company what flows into its nodes less what flows out."""
    rows: list[tuple[float, float]] = [(0, 2 * instance.tables)] * instance.slots
    costs: list[int] = []
    starts, indices, values = [0], list[int](), list[int]()

    def column(cost: int, entries: dict[int, int]) -> None:
        costs.append(cost)
        indices.extend(entries)
        values.extend(entries.values())
        starts.append(len(indices))

    for one in days:
        first, sink = len(rows), len(rows) + one.nodes
        rows += [(-1, -1), *[(0, 0)] * (one.nodes - 1), (1, 1)]
        for step in one.steps:
            flow = {first + step.before: -1, first + step.after: 1}
            column(step.ends_break, flow | ({step.slot: 1} if step.busy else {}))
        for node in one.last:
            column(0, {first + node: -1, sink: 1})
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = len(costs), len(rows)
    program.col_cost_ = np.array(costs, float)
    program.col_lower_, program.col_upper_ = np.zeros(len(costs)), np.ones(len(costs))
    program.row_lower_, program.row_upper_ = np.array(rows, float).reshape(-1, 2).T
    program.a_matrix_.start_ = np.array(starts)
    program.a_matrix_.index_ = np.array(indices)
    program.a_matrix_.value_ = np.array(values, float)
    return program
