"""Linear and mixed integer programs, solved by HiGHS."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import highspy
import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Floats, Ints, ints, offsets, spans

LARGEST_GAIN = 1e7
NEARLY = 1e-6
FEW_NODES = 50
STEPS, MANY = 5, 2_000
QUICKLY = {
    "solver": "simplex",
    "presolve": "off",
    "dual_simplex_cost_perturbation_multiplier": 0.0,
    "simplex_price_strategy": 1,
}
"""For programs of some thousand columns whose gains are told apart already: half the time."""
WITH_A_SOLUTION = (
    highspy.HighsModelStatus.kOptimal,
    highspy.HighsModelStatus.kTimeLimit,
    highspy.HighsModelStatus.kInterrupt,
    highspy.HighsModelStatus.kSolutionLimit,
    highspy.HighsModelStatus.kObjectiveTarget,
)


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows, numbered from 0: `factor[k]` times column `column[k]` counts in `row[k]`."""

    column: Ints
    row: Ints
    factor: Floats
    most: Floats


@dataclass(frozen=True, slots=True)
class Program:
    """Maximize `gain · x` where every row stays within `most` and `0 <= x <= 1`.

    Column `j` has the entries `first[j]` to `first[j + 1]` of `rows` and `factors`.
    The first `whole` columns must be whole numbers where that is asked for.
    """

    gain: Floats
    first: Ints
    rows: Ints
    factors: Floats
    most: Floats
    whole: int


def program(gain: Floats, groups: Sequence[Rows], *, whole: int = 0) -> Program:
    column = np.concatenate([group.column for group in groups])
    order = np.argsort(column, kind="stable")
    starts = offsets(ints([len(group.most) for group in groups]))
    row = np.concatenate([group.row + start for group, start in zip(groups, starts, strict=False)])
    return Program(
        gain=gain,
        first=offsets(np.bincount(column, minlength=len(gain))),
        rows=row[order],
        factors=np.concatenate([group.factor for group in groups])[order],
        most=np.concatenate([group.most for group in groups]),
        whole=whole,
    )


def at_most_one(key: Ints) -> Rows:
    """Of the columns of one key, at most one; no row for keys of a single column."""
    _, each, times = np.unique(key, return_inverse=True, return_counts=True)
    column = np.flatnonzero(times[each] > 1)
    row = (np.cumsum(times > 1) - 1)[each[column]]
    return Rows(column, row, np.ones(len(column)), np.ones(int((times > 1).sum())))


def prices(program: Program, *, seconds: float, interior: bool) -> Floats:
    """What one more unit of each row is worth at the optimum; never negative.

    Stopped early the prices are only less good: any prices give a bound.
    """
    return _values_and_prices(program, seconds=seconds, interior=interior)[1]


def interior(program: Program, *, seconds: float) -> tuple[Floats, Floats]:
    """The best solution's columns, inside the face of all that are as good; and its prices.

    Stopped early there are no values.
    """
    return _values_and_prices(program, seconds=seconds, interior=True)


def vertex(program: Program, *, seconds: float) -> Floats:
    """The columns of a best solution that is a corner; none if there was no time for it."""
    return _solution(_solver(program, seconds))


def _values_and_prices(
    program: Program, *, seconds: float, interior: bool
) -> tuple[Floats, Floats]:
    solver = _solver(program, seconds)
    solver.setOptionValue("solver", "ipm" if interior else "simplex")
    solver.setOptionValue("run_crossover", "off")
    values = _solution(solver)
    duals = np.array(solver.getSolution().row_dual, dtype=np.float64)
    if len(duals) != len(program.most) or not np.isfinite(duals).all():
        return values, np.zeros(len(program.most))
    return values, np.maximum(-duals, 0.0)


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to search: a time, and a number of nodes, 0 to round instead of branching.

    Of equally good ways chance takes one. Without `luck`, meetings that wait come in only
    where something is gained, so that hands which work at once seldom want the same.
    `mending` is to branch among few columns where rounding gives up too much.
    """

    seconds: float
    seed: int
    nodes: int = 0
    luck: float = 1.0
    mending: bool = False


def best_whole(program: Program, start: Bools, effort: Effort) -> Bools:
    """The whole columns of the best solution found; of branching, `start` or a better one.

    Gains are taken for whole numbers but for less than a half of noise in all.
    """
    scale = min(1.0, LARGEST_GAIN / max(1.0, float(np.abs(program.gain).max(initial=0))))
    program = replace(program, gain=program.gain * scale)
    least = 0.5 * scale
    if effort.nodes:
        return _branched(program, start, effort, least)
    return _relaxed(program, start, effort, least)


def _relaxed(program: Program, start: Bools, effort: Effort, least: float) -> Bools:
    """Solved without asking for whole numbers; that often comes out whole.

    Else the largest fractions are rounded up. Where that gives up too much, an effort that is
    `mending` asks for whole numbers among the columns that the fractions or `start` have.
    """
    began = time.monotonic()
    solver = _solver(program, effort.seconds, seed=effort.seed)
    for option, setting in QUICKLY.items():
        solver.setOptionValue(option, setting)
    values = _solution(solver)
    if not len(values):
        return start
    most = -solver.getInfo().objective_function_value
    used = values > NEARLY
    used[: program.whole] |= start
    used[program.whole :] = True
    rounded = _dived(solver, program, values)
    if len(rounded):
        given_up = most + solver.getInfo().objective_function_value
        gained = float(program.gain[: program.whole] @ (rounded * 1.0 - start))
        is_much = given_up > gained and used.sum() <= MANY
        if not effort.mending or given_up < least or (gained >= least and not is_much):
            return rounded
    left = replace(effort, seconds=effort.seconds - (time.monotonic() - began), nodes=FEW_NODES)
    kept = np.flatnonzero(used[: program.whole])
    best = np.zeros(program.whole, dtype=bool)
    best[kept] = _branched(only(program, np.flatnonzero(used)), start[kept], left, least)
    return best


def _solution(solver: highspy.Highs) -> Floats:
    """The columns' values; none if there was no time for the best solution."""
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return np.zeros(0)
    return np.array(solver.getSolution().col_value, dtype=np.float64)


def _dived(solver: highspy.Highs, program: Program, values: Floats) -> Bools:
    """While some column is a fraction, some of the largest are rounded up and the rest solved anew."""
    while len(values):
        whole: Bools = values[: program.whole] > 1 - NEARLY
        rising = _rounded_up(program, values[: program.whole], whole)
        if not len(rising):
            return whole
        columns = np.concatenate([np.flatnonzero(whole), rising]).astype(np.int32)
        solver.changeColsBounds(len(columns), columns, np.ones(len(columns)), np.ones(len(columns)))
        values = _solution(solver)
    return np.zeros(0, dtype=bool)


def only(program: Program, columns: Ints) -> Program:
    """The program without the other columns; these are in order."""
    length = program.first[columns + 1] - program.first[columns]
    entries = spans(program.first[columns], length)
    return replace(
        program,
        gain=program.gain[columns],
        first=offsets(length),
        rows=program.rows[entries],
        factors=program.factors[entries],
        whole=int(np.searchsorted(columns, program.whole)),
    )


def _branched(program: Program, start: Bools, effort: Effort, least: float) -> Bools:
    """Branch and bound, until nothing could be better by at least `least`."""
    solver = _solver(program, effort.seconds, seed=effort.seed)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", least)
    solver.setOptionValue("mip_max_nodes", effort.nodes)
    for heuristic in ("root_reduced_cost", "rens", "rins"):
        solver.setOptionValue(f"mip_heuristic_run_{heuristic}", False)
    columns = np.arange(program.whole, dtype=np.int32)
    kinds = np.full(program.whole, int(highspy.HighsVarType.kInteger), dtype=np.uint8)
    solver.changeColsIntegrality(program.whole, columns, kinds)
    solver.setSolution(program.whole, columns, start.astype(np.float64))
    solver.run()
    values = np.array(solver.getSolution().col_value, dtype=np.float64)
    if solver.getModelStatus() not in WITH_A_SOLUTION or len(values) != len(program.gain):
        return start
    found: Bools = values[: program.whole] > 0.5
    return found


def _rounded_up(program: Program, values: Floats, whole: Bools) -> Ints:
    """A fifth of the fractions, the largest, that fit together; none where all are whole."""
    fractions = np.flatnonzero((values > NEARLY) & ~whole)
    fractions = fractions[np.argsort(-values[fractions], kind="stable")]
    room = program.most - load(program, np.flatnonzero(whole))
    rising: list[int] = []
    for column in fractions.tolist():
        entries = slice(program.first[column], program.first[column + 1])
        rows, factors = program.rows[entries], program.factors[entries]
        if (factors <= room[rows] + NEARLY).all():
            room[rows] -= factors
            rising.append(column)
        if len(rising) > len(fractions) // STEPS:
            break
    return ints(rising)


def fitting(program: Program, columns: Ints, room: Floats) -> Bools:
    """Of these columns, those there is room for, each on its own; every column has an entry.

    What a column adds to a row, by a negative factor, needs no room.
    """
    if not len(columns):
        return np.zeros(0, dtype=bool)
    length = program.first[columns + 1] - program.first[columns]
    entries = spans(program.first[columns], length)
    factors = program.factors[entries]
    fills = (factors > 0) & (factors > room[program.rows[entries]] + NEARLY)
    fits: Bools = ~np.logical_or.reduceat(fills, np.cumsum(length) - length)
    return fits


def load(program: Program, chosen: Ints) -> Floats:
    """What these columns use of each row."""
    length = program.first[chosen + 1] - program.first[chosen]
    entries = spans(program.first[chosen], length)
    load = np.bincount(
        program.rows[entries], weights=program.factors[entries], minlength=len(program.most)
    )
    return load.astype(np.float64)


def _solver(program: Program, seconds: float, *, seed: int = 0) -> highspy.Highs:
    solver = highspy.Highs()
    solver.setOptionValue("random_seed", seed % 2**31)
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("time_limit", max(0.01, seconds))
    model = highspy.HighsLp()
    columns, rows = len(program.gain), len(program.most)
    model.num_col_, model.num_row_ = columns, rows
    model.col_cost_ = -program.gain
    model.col_lower_ = np.zeros(columns)
    model.col_upper_ = np.ones(columns)
    model.row_lower_ = np.full(rows, -highspy.kHighsInf)
    model.row_upper_ = program.most
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = program.first
    model.a_matrix_.index_ = program.rows
    model.a_matrix_.value_ = program.factors
    solver.passModel(model)
    return solver
