"""Statements that take long are logged, without what was looked for."""

import logging
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, event

from matchmaking.core.logs import fields

log = logging.getLogger(__name__)

LONGEST = 2_000


def watch(engine: Engine, threshold_ms: int) -> None:
    """Log each statement that takes `threshold_ms` or longer; 0 watches nothing."""
    if not threshold_ms:
        return

    def before(_connection: Any, _cursor: Any, *rest: Any) -> None:
        rest[2].began = perf_counter()

    def after(_connection: Any, _cursor: Any, statement: str, *rest: Any) -> None:
        milliseconds = (perf_counter() - rest[1].began) * 1000
        if milliseconds >= threshold_ms:
            log.warning(
                "slow query",
                extra=fields(milliseconds=round(milliseconds), statement=statement[:LONGEST]),
            )

    event.listen(engine, "before_cursor_execute", before)
    event.listen(engine, "after_cursor_execute", after)
