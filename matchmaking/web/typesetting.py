"""How a name is set in large letters."""

import re
from functools import cache

from flask import Flask

from matchmaking.reference import countries, provinces

NO_BREAK = "\u00a0"
LONGEST = 14
"""Letters of the longest name that is kept on one line; more would not fit a phone."""


def typeset(name: str) -> str:
    """A dash between words, and no line that begins with one or parts "Thanh" from "Hóa"."""
    dashed = name.replace(" - ", " – ").replace(" – ", f"{NO_BREAK}– ")
    return _place_names().sub(lambda found: found[0].replace(" ", NO_BREAK), dashed)


@cache
def _place_names() -> re.Pattern[str]:
    labels = [one.labels for one in provinces()] + [one.labels for one in countries()]
    names = {name for label in labels for name in (label.vi, label.en) if " " in name}
    names |= {"Viet Nam", "Việt Nam", "Gặp gỡ"}
    kept = sorted((re.escape(name) for name in names if len(name) <= LONGEST), reverse=True)
    return re.compile(rf"\b(?:{'|'.join(kept)})\b")


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(typeset=typeset)
