"""The best solution in fractions that is nearest to a plan, and a plan nearest to it.

A linear program of this kind has many best solutions. Each column the plan has gains a
little more, so that the one that agrees with the plan in most comes out: whole nearly
everywhere, and at odds with the plan just where value is lost (Fischetti and Monaci 2014
search near a plan by such an objective; Danna, Rothberg and Le Pape 2005 look where plan
and fractions disagree).
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from math import inf

import numpy as np

from matchmaking.scheduling.engine import linear
from matchmaking.scheduling.engine.arrays import Bools, Floats, Ints, ints
from matchmaking.scheduling.engine.fairness import Shortfalls, shortfalls
from matchmaking.scheduling.engine.linear import Effort, Program, Rows
from matchmaking.scheduling.engine.plan import UNPLACED, Field, Plan
from matchmaking.scheduling.engine.relaxation import slot_by_slot

CLOSER, CHANCE = 1.5, 1.0
IN_ALL = 0.1
NOTHING, WHOLE = 1e-3, 0.999
AT_ODDS = 0.02
SHARE, SMALLER = 0.1, 4
FEW, FEW_WITH_LONG, MANY = 1_000, 0.1, 1_500
LEEWAY, MISSING = 0.13, 7.0


@dataclass(frozen=True, slots=True)
class Fractions:
    """`values` are of the program's columns, the first of which are these `options`.

    `prices` are by resource, `leeway` is what rounding may cost at a time, and so `few`
    columns are left to branch and bound.
    """

    program: Program
    options: Ints
    values: Floats
    prices: Floats
    leeway: float
    few: int


def nearest(
    field: Field, plan: Plan, allowed: Bools, effort: Effort, *, fair: bool = False
) -> Fractions:
    """Of the best solutions with these options and the plan's own, the one nearest to the plan.

    The best are those of the greatest value; or, to be `fair`, those of the least unfairness
    that are worth as much as the plan. No values if there was no time for it; prices there
    are all the same.
    """
    packing = field.packing
    relaxed = slot_by_slot(packing)
    each = IN_ALL / max(1, packing.meetings)
    gain = CHANCE * each * np.random.default_rng(effort.seed).random(len(packing))
    gain[plan.options] += CLOSER * each
    groups, dear = [relaxed.rows, relaxed.once], np.zeros(0)
    if fair:
        missing = _missing(field)
        groups, dear = [*groups, missing.rows, _as_valuable(field, plan)], missing.cost
    else:
        gain += relaxed.gain
    kept = allowed.copy()
    kept[plan.options] = True
    options = np.flatnonzero(kept)
    whole = linear.program(np.concatenate([gain, -dear]), groups, whole=len(gain))
    columns = np.concatenate([options, np.arange(len(gain), len(whole.gain))])
    small = linear.only(whole, columns)
    values, duals = linear.interior(small, seconds=effort.seconds)
    leeway = LEEWAY * (MISSING if fair else field.typical_gain)
    has_long = bool((field.durations > 1).any()) and not fair
    few = max(FEW, int(FEW_WITH_LONG * len(packing))) if has_long else FEW
    return Fractions(small, options, values, relaxed.resource_prices(duals), leeway, few)


def _missing(field: Field) -> Shortfalls:
    """What every company might miss."""
    nothing = np.full(len(field.durations), UNPLACED, dtype=np.int64)
    everything = np.arange(len(field.packing))
    return shortfalls(field, Plan(nothing, nothing), nothing == UNPLACED, everything)


def _as_valuable(field: Field, plan: Plan) -> Rows:
    """One row: no less value than the plan has."""
    options = np.arange(len(field.packing))
    gain = field.packing.gain.astype(np.float64)
    wanted = np.array([float(gain[plan.options].sum())])
    return Rows(options, np.zeros_like(options), -gain, -wanted)


def companies_at_odds(field: Field, plan: Plan, fractions: Fractions) -> Bools:
    """Those with a meeting that the plan has otherwise than the fractions."""
    values = np.zeros(len(field.packing))
    values[fractions.options] = fractions.values[: len(fractions.options)]
    values[plan.options] -= 1
    meetings = field.packing.options.meeting[np.abs(values) > AT_ODDS]
    companies = np.zeros(len(field.held), dtype=bool)
    companies[field.companies[:, meetings].reshape(-1)] = True
    return companies


def made_whole(field: Field, fractions: Fractions, plan: Plan, effort: Effort) -> Plan:
    """A plan near to the fractions."""
    taken = fractions.options[_whole_columns(fractions, effort)]
    chosen = np.full(len(plan.chosen), UNPLACED, dtype=np.int64)
    chosen[field.packing.options.meeting[taken]] = taken
    return Plan(chosen, plan.interpreter)


@dataclass(frozen=True, slots=True)
class _Rest:
    """What is not decided yet: these columns, with the room that is left for them."""

    columns: Ints
    room: Floats
    values: Floats
    worth: float


def _whole_columns(fractions: Fractions, effort: Effort) -> Ints:
    """The largest fractions are rounded up, few at a time, and the rest is solved anew.

    If the rest is then worth too much less, fewer are. What is small in the end, or cannot
    be rounded without a loss, is left to branch and bound: more of it where meetings are long,
    since rounding costs value there though the fractions that are left do not show it.
    """
    program, until = fractions.program, time.monotonic() + effort.seconds
    worth = float(program.gain @ fractions.values)
    rest = _Rest(np.arange(len(program.gain)), program.most, fractions.values, worth)
    decided, share = ints([]), SHARE
    while len(rest.columns) > fractions.few and time.monotonic() < until:
        rising, doubtful = _rising(program, rest, share)
        if not len(rising):
            break
        after = _after(program, rest, rising, until - time.monotonic())
        if doubtful and after.worth + program.gain[rising].sum() < rest.worth - fractions.leeway:
            if doubtful == 1:
                break
            share /= SMALLER
            continue
        decided, rest, share = np.concatenate([decided, rising]), after, SHARE
    left = replace(effort, seconds=until - time.monotonic())
    return np.concatenate([decided, _branched(program, rest, left)])


def _rising(program: Program, rest: _Rest, share: float) -> tuple[Ints, int]:
    """Columns that are whole, with this share of the fractions, the largest; how many of these."""
    is_fraction = (rest.values > NOTHING) & (rest.values < WHOLE)
    is_fraction &= rest.columns < program.whole
    most = max(1, int(share * is_fraction.sum()))
    hopeful = np.flatnonzero((rest.values > NOTHING) & (rest.columns < program.whole))
    room, rising, doubtful = rest.room.copy(), [], 0
    for place in hopeful[np.argsort(-rest.values[hopeful], kind="stable")].tolist():
        if is_fraction[place] and doubtful == most:
            break
        column = int(rest.columns[place])
        entries = slice(program.first[column], program.first[column + 1])
        rows, factors = program.rows[entries], program.factors[entries]
        if ((factors <= room[rows]) | (factors < 0)).all():
            room[rows] -= factors
            rising.append(column)
            doubtful += int(is_fraction[place])
    return ints(rising), doubtful


def _after(program: Program, rest: _Rest, rising: Ints, seconds: float) -> _Rest:
    """What is left once these columns have risen, solved anew."""
    room = rest.room - linear.load(program, rising)
    columns = np.setdiff1d(rest.columns, rising)
    columns = columns[linear.fitting(program, columns, room)]
    if not len(columns):
        return _Rest(columns, room, np.zeros(0), 0.0)
    small = replace(linear.only(program, columns), most=room)
    if len(columns) > MANY:
        values, _ = linear.interior(small, seconds=seconds)
    else:
        values = linear.vertex(small, seconds=seconds)
    if not len(values):
        return _Rest(columns, room, np.zeros(len(columns)), -inf)
    return _Rest(columns, room, values, float(small.gain @ values))


def _branched(program: Program, rest: _Rest, effort: Effort) -> Ints:
    if not len(rest.columns):
        return rest.columns
    small = replace(linear.only(program, rest.columns), most=rest.room)
    nothing = np.zeros(small.whole, dtype=bool)
    return rest.columns[: small.whole][linear.best_whole(small, nothing, effort)]
