"""Several processes that do one thing in the same moment, as several web servers would."""

import multiprocessing
import warnings
from collections.abc import Callable, Sequence
from multiprocessing.synchronize import Barrier
from typing import Any

from matchmaking.core.database import db

_TOGETHER = 240


def race(act: Callable[..., Any], runs: Sequence[tuple[Any, ...]]) -> list[Any]:
    """What `act` answered in each process, each with a connection of its own."""
    db.session.commit()
    fork = multiprocessing.get_context("fork")
    start, answers = fork.Barrier(len(runs)), fork.SimpleQueue()
    processes = [
        fork.Process(target=_run, args=(start, answers, act, arguments)) for arguments in runs
    ]
    with warnings.catch_warnings():
        # Newer Pythons warn of threads; the children touch nothing a thread of ours could hold.
        warnings.simplefilter("ignore", DeprecationWarning)
        for process in processes:
            process.start()
    for process in processes:
        process.join(_TOGETHER)
    given = [answers.get() for _ in processes if not answers.empty()]
    db.session.expire_all()
    return given


def _run(start: Barrier, answers: Any, act: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    db.engine.dispose(close=False)
    db.session.remove()
    start.wait(_TOGETHER)
    answers.put(act(*arguments))
    db.session.remove()
    db.engine.dispose()
