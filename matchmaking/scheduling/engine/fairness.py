"""Unfairness as columns and rows of a program, and how little of it there must be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

import numpy as np

from matchmaking.scheduling.engine import linear
from matchmaking.scheduling.engine.arrays import Bools, Floats, Ints, ints, offsets, spans
from matchmaking.scheduling.engine.linear import Rows, program
from matchmaking.scheduling.engine.plan import UNPLACED, Field, Plan
from matchmaking.scheduling.engine.prices import bound_by
from matchmaking.scheduling.engine.relaxation import Relaxation

FINE = 1 << 20
DEAREST = 1e6


@dataclass(frozen=True, slots=True)
class Shortfalls:
    """Columns that follow the options' own: one for each meeting a company might miss.

    `companies` have `certain` missing meetings whatever happens and `open` more that they
    might miss. The `n`-th missing meeting costs `2n - 1`, so that `n` of them cost `n²`.
    """

    rows: Rows
    companies: Ints
    certain: Ints
    open: Ints

    @property
    def cost(self) -> Floats:
        return (2 * spans(self.certain, self.open) + 1).astype(np.float64)

    def worth(self, field: Field, plan: Plan) -> int:
        """More than all unfairness that could be gained, so value times this comes first."""
        missing = np.maximum(0, field.targets - field.counts(plan))[self.companies]
        return 1 + int((missing**2).sum() - (self.certain**2).sum())


def shortfalls(field: Field, plan: Plan, meetings: Bools, options: Ints) -> Shortfalls:
    """What companies might miss when these meetings of the plan choose among these options."""
    offered = np.unique(field.packing.options.meeting[options])
    most = np.bincount(field.companies[:, offered].reshape(-1), minlength=len(field.held))
    kept = field.counts(Plan(np.where(meetings, UNPLACED, plan.chosen), plan.interpreter))
    open_places = np.maximum(0, field.targets - kept)
    might_miss = np.minimum(open_places, most)
    companies = np.flatnonzero(might_miss)
    number = np.full(len(field.held), -1)
    number[companies] = np.arange(len(companies))
    return Shortfalls(
        rows=_rows(field, options, number, might_miss[companies]),
        companies=companies,
        certain=(open_places - might_miss)[companies],
        open=might_miss[companies],
    )


def _rows(field: Field, options: Ints, number: Ints, might_miss: Ints) -> Rows:
    """Meetings held and meetings missed together reach each company's open places."""
    columns, rows = [], []
    for side in field.companies:
        row = number[side[field.packing.options.meeting[options]]]
        columns.append(np.flatnonzero(row >= 0))
        rows.append(row[row >= 0])
    missed = offsets(might_miss)
    columns.append(len(options) + np.arange(missed[-1]))
    rows.append(np.repeat(np.arange(len(might_miss)), might_miss))
    column = np.concatenate(columns)
    return Rows(
        column=column,
        row=np.concatenate(rows),
        factor=-np.ones(len(column)),
        most=-might_miss.astype(np.float64),
    )


def least_unfairness(field: Field, relaxed: Relaxation, *, value: int, seconds: float) -> int:
    """No schedule of at least this value has less.

    Let `u[c] >= 0` be a price of company `c`'s open places `q[c]`, `v >= 0` one of value, and
    `y >= 0` those of the resources. A schedule of at least this value then has at least

        sum of q[c] u[c] + v value + sum over missing meetings of min(0, cost - u[c])
        less a bound on what its options gain, each v times its own gain and u of its companies

    (Lagrangian duality), which holds for any prices. As with the bound on the value, a
    linear program finds good ones, and the sum is taken in whole numbers.
    """
    nothing = np.full(len(field.durations), UNPLACED, dtype=np.int64)
    missing = shortfalls(field, Plan(nothing, nothing), nothing == UNPLACED, relaxed.options)
    certain = field.unfairness(Plan(nothing, nothing)) - int(missing.cost.sum())
    wanted = value - field.packing.constant
    columns = np.arange(len(relaxed.options))
    valuable = Rows(columns, np.zeros_like(columns), -relaxed.gain, np.array([-wanted], np.float64))
    groups = [relaxed.rows, relaxed.once, missing.rows, valuable]
    cost = np.concatenate([np.zeros(len(columns)), -missing.cost])
    duals = np.minimum(
        linear.prices(program(cost, groups), seconds=seconds, interior=False), DEAREST
    )
    prices = _Prices(
        resources=relaxed.resource_prices(duals),
        open=np.floor(FINE * duals[-1 - len(missing.companies) : -1]).astype(np.int64),
        value=Fraction(duals[-1]),
    )
    return max(certain, certain + _certainly_missed(field, missing, prices, wanted))


@dataclass(frozen=True, slots=True)
class _Prices:
    """`open` in parts of which `FINE` make one."""

    resources: Floats
    open: Ints
    value: Fraction


def _certainly_missed(field: Field, missing: Shortfalls, prices: _Prices, wanted: int) -> int:
    packing = field.packing
    by_company = np.zeros(len(field.held), dtype=np.int64)
    by_company[missing.companies] = prices.open
    gains, which = np.unique(packing.gain, return_inverse=True)
    worth = ints([ceil(FINE * prices.value * gain) for gain in gains.tolist()])[which]
    worth += by_company[field.companies[:, packing.options.meeting]].sum(axis=0)
    priced = replace(packing, gain=worth, constant=0)
    gained = bound_by(priced, FINE * prices.resources).bound
    cost = FINE * missing.cost.astype(np.int64)
    dear = np.repeat(prices.open, missing.open)
    fixed = int((missing.open * prices.open).sum()) + int(np.minimum(0, cost - dear).sum())
    return ceil(Fraction(fixed + floor(FINE * prices.value * wanted) - gained, FINE))
