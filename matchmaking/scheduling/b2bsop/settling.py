"""Workers race to settle an instance, each a process that can be ended at any moment."""

from __future__ import annotations

import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from matchmaking.scheduling.b2bsop.instance import Instance
from matchmaking.scheduling.b2bsop.outcome import INFEASIBLE, Finding, Outcome, Status, Task
from matchmaking.scheduling.b2bsop.verification import breaks_of

MOST_WORKERS = 8
MOST_MEMORY = 3 << 29  # bytes of address space a worker
LOOK_UP_EVERY = 0.1


def settle(
    instance: Instance,
    *,
    fairness: int = 2,
    deadline: float,
    workers: int = 2,
    stopped: Callable[[], bool] = lambda: False,
) -> Outcome:
    """What is known when all is known, at `deadline` (`time.monotonic`), or once `stopped()`."""
    seconds = deadline - time.monotonic()
    number = min(workers, MOST_WORKERS) if seconds > 0 else 0
    running = [
        _start(Task(instance, fairness, one, one == number - 1), seconds) for one in range(number)
    ]
    try:
        return _listen(instance, dict(running), deadline, stopped)
    finally:
        for connection, process in running:
            process.kill()
            process.join()
            connection.close()


def _start(task: Task, seconds: float) -> tuple[Connection, BaseProcess]:
    """A copy of a process in which HiGHS has threads would hang; a clean one starts at once."""
    is_clean = "highspy" not in sys.modules
    context = get_context("fork") if is_clean else get_context("forkserver")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(task, seconds, theirs), daemon=True)
    process.start()
    theirs.close()
    return ours, process


def _work(task: Task, seconds: float, findings: Connection) -> None:
    """Runs in a process of its own; a worker whose parent is gone ends when its time is up."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # the SAT solver handles it itself
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    cpu = int(seconds) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # each thread would claim memory of its own
    from matchmaking.scheduling.b2bsop.search import search  # noqa: PLC0415  needs the SAT solver

    try:
        search(task, findings.send)
    except MemoryError:
        return


def _listen(
    instance: Instance,
    running: dict[Connection, BaseProcess],
    deadline: float,
    stopped: Callable[[], bool],
) -> Outcome:
    best = Outcome(Status.UNKNOWN, bound=0)
    while running and best.status in UNSETTLED and not stopped():
        patience = min(LOOK_UP_EVERY, deadline - time.monotonic())
        if patience <= 0:
            break
        ready = wait(list(running), patience)
        for connection in [one for one in running if one in ready]:
            try:
                best = _better(instance, best, connection.recv())
            except EOFError:
                del running[connection]
    return best


UNSETTLED = frozenset({Status.UNKNOWN, Status.FEASIBLE})


def _better(instance: Instance, best: Outcome, finding: Finding) -> Outcome:
    if finding.infeasible:
        return INFEASIBLE
    best = replace(best, bound=max(best.bound or 0, finding.bound))
    if finding.slots is not None:
        breaks = sum(breaks_of(instance, finding.slots))
        if best.breaks is None or breaks < best.breaks:
            best = replace(best, status=Status.FEASIBLE, breaks=breaks, slots=finding.slots)
    if best.breaks is not None and best.breaks == best.bound:
        best = replace(best, status=Status.OPTIMAL)
    return best
