"""Unfairness as columns and rows of a program: each further missing meeting costs more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Floats, Ints, offsets, spans
from matchmaking.scheduling.engine.linear import Rows
from matchmaking.scheduling.engine.plan import Field, Plan


@dataclass(frozen=True, slots=True)
class Shortfalls:
    """Columns that follow the options' own: one for each meeting a company might miss.

    The `n`-th missing meeting costs `2n - 1`, so that `n` of them cost `n²`. `worth` is
    more than all unfairness that could be gained, so value times `worth` comes first.
    """

    rows: Rows
    cost: Floats
    worth: int


def shortfalls(field: Field, plan: Plan, meetings: Bools, options: Ints) -> Shortfalls:
    offered = np.unique(field.packing.options.meeting[options])
    most = np.bincount(field.companies[:, offered].reshape(-1), minlength=len(field.held))
    kept = field.counts(Plan(np.where(meetings, -1, plan.chosen), plan.interpreter))
    open_places = np.maximum(0, field.targets - kept)
    might_miss = np.minimum(open_places, most)
    companies = np.flatnonzero(might_miss)
    certain = (open_places - might_miss)[companies]
    number = np.full(len(field.held), -1)
    number[companies] = np.arange(len(companies))
    return Shortfalls(
        rows=_rows(field, options, number, might_miss[companies]),
        cost=(2 * spans(certain, might_miss[companies]) + 1).astype(np.float64),
        worth=_worth(field, plan, companies, certain),
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


def _worth(field: Field, plan: Plan, companies: Ints, certain: Ints) -> int:
    missing = np.maximum(0, field.targets - field.counts(plan))[companies]
    return 1 + int((missing**2).sum() - (certain**2).sum())
