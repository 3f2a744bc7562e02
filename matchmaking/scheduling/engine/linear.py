"""Linear and mixed integer programs, solved by HiGHS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import highspy
import numpy as np

from matchmaking.scheduling.engine.arrays import Bools, Floats, Ints, ints, offsets

LARGEST_GAIN = 1e7
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
    solver = _solver(program, seconds)
    solver.setOptionValue("solver", "ipm" if interior else "simplex")
    solver.setOptionValue("run_crossover", "off")
    solver.run()
    duals = np.array(solver.getSolution().row_dual, dtype=np.float64)
    if len(duals) != len(program.most) or not np.isfinite(duals).all():
        return np.zeros(len(program.most))
    return np.maximum(-duals, 0.0)


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to search: a time, and a number of nodes that does not depend on the machine."""

    seconds: float
    seed: int
    nodes: int = 50


def best_whole(program: Program, start: Bools, effort: Effort) -> Bools:
    """The whole columns of the best solution found: `start` or a better one.

    Gains are taken for whole numbers but for less than a half of noise in all.
    """
    scale = min(1.0, LARGEST_GAIN / max(1.0, float(np.abs(program.gain).max(initial=0))))
    solver = _solver(replace(program, gain=program.gain * scale), effort.seconds)
    solver.setOptionValue("presolve", "off")
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.5 * scale)
    solver.setOptionValue("mip_max_nodes", effort.nodes)
    for heuristic in ("root_reduced_cost", "rens", "rins"):
        solver.setOptionValue(f"mip_heuristic_run_{heuristic}", False)
    solver.setOptionValue("random_seed", effort.seed % 2**31)
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


def _solver(program: Program, seconds: float) -> highspy.Highs:
    solver = highspy.Highs()
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
