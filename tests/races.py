"""Several processes that do one thing in the same moment, as several web servers would."""

import multiprocessing
from collections.abc import Callable, Sequence
from multiprocessing.synchronize import Barrier
from typing import Any

from matchmaking.app import create_app
from matchmaking.config import Config
from matchmaking.core.database import db

_TOGETHER = 60


def race(config: Config, act: Callable[..., Any], runs: Sequence[tuple[Any, ...]]) -> list[Any]:
    """What `act` answered in each process. `act` stands at the top of its module."""
    db.session.commit()
    spawn = multiprocessing.get_context("spawn")
    start, answers = spawn.Barrier(len(runs)), spawn.SimpleQueue()
    processes = [
        spawn.Process(target=_run, args=(config, start, answers, act, arguments))
        for arguments in runs
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(_TOGETHER)
    given = [answers.get() for _ in processes if not answers.empty()]
    db.session.expire_all()
    return given


def _run(
    config: Config,
    start: Barrier,
    answers: Any,
    act: Callable[..., Any],
    arguments: tuple[Any, ...],
) -> None:
    with create_app(config).app_context():
        db.session.connection()
        db.session.rollback()
        start.wait(_TOGETHER)
        answers.put(act(*arguments))
        db.session.remove()
        db.engine.dispose()
