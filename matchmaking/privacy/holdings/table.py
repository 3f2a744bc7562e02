"""A table with its words in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import force_locale

from matchmaking.core import clock
from matchmaking.core.i18n import LANGUAGES
from matchmaking.web.filters import moment


@dataclass(frozen=True)
class Table:
    """`title` and `heads` are lazy; every row has a text for each head."""

    title: Any
    heads: Sequence[Any]
    rows: Sequence[Sequence[str]]


def both(words: Any) -> str:
    """Words in Vietnamese and in English."""
    said = []
    for language in LANGUAGES:
        with force_locale(language):
            said.append(str(words))
    return " / ".join(dict.fromkeys(said))


def at(value: datetime | None) -> str:
    """A moment as the office's clock showed it."""
    return moment(value, clock.HOME) if value else ""
