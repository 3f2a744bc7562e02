"""What a worker does: ask CaDiCaL whether schedules with so many breaks exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from pysat.card import ITotalizer
from pysat.solvers import Cadical195

from matchmaking.scheduling.b2bsop.formula import Literal
from matchmaking.scheduling.b2bsop.model import Model, model_of
from matchmaking.scheduling.b2bsop.outcome import Finding, Task
from matchmaking.scheduling.b2bsop.propagation import Infeasible

MANNERS: tuple[dict[str, int], ...] = (
    {},
    {"stabilizeonly": 1},  # dwells on promising assignments, better where a schedule exists
    {"seed": 1},
    {"seed": 1, "stabilizeonly": 1},
)


class Oracle:
    """Is there a schedule with at most so many breaks? One solver, which remembers what it learnt."""

    def __init__(self, model: Model, options: dict[str, int]) -> None:
        self.model = model
        self.total: ITotalizer | None = None
        self.solver = Cadical195()
        self.solver.configure(options)
        self._learn(model.formula.clauses)

    def schedule(self, most: int | None = None) -> tuple[int, ...] | None:
        """The slot of each meeting, or None if there is no such schedule."""
        assumptions = [] if most is None else self._at_most(most - self.model.base)
        if not self.solver.solve(assumptions=assumptions):
            return None
        true = set(self.solver.get_model())
        return tuple(
            next(slot for slot, literal in slots.items() if literal in true)
            for slots in self.model.held
        )

    def _at_most(self, extra: int) -> list[Literal]:
        literals = self.model.extra
        if extra >= len(literals):
            return []
        if self.total is None:
            variables = self.model.formula.variables
            self.total = ITotalizer(literals, ubound=extra, top_id=variables)
            self._learn(self.total.cnf.clauses)
        elif extra > self.total.ubound:
            self.total.increase(ubound=extra)
            self._learn(self.total.cnf.clauses[-self.total.nof_new :])
        return [-self.total.rhs[extra]]

    def _learn(self, clauses: Iterable[list[Literal]]) -> None:
        for clause in clauses:
            self.solver.add_clause(clause)


def search(task: Task, report: Callable[[Finding], None]) -> None:
    """Settles the instance in the worker's own manner, and reports all it finds out."""
    try:
        model = model_of(task.instance, task.fairness)
    except Infeasible:
        report(Finding(infeasible=True))
        return
    report(Finding(bound=model.bound))
    if task.finds_any:
        slots = Oracle(model, MANNERS[1]).schedule()
        report(Finding(infeasible=slots is None, slots=slots))
    _climb(Oracle(model, MANNERS[task.number % len(MANNERS)]), report)


def _climb(oracle: Oracle, report: Callable[[Finding], None]) -> None:
    """From the bound upwards: the first schedule that is found is the best there is."""
    model = oracle.model
    for breaks in range(model.bound, model.base + len(model.extra) + 1):
        slots = oracle.schedule(breaks)
        if slots is not None:
            report(Finding(slots=slots, bound=breaks))
            return
        report(Finding(bound=breaks + 1))
    report(Finding(infeasible=True))
