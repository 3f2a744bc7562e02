"""Icons, inlined so that they take the colour of the text beside them."""

import re
from functools import cache

from flask import Flask
from markupsafe import Markup

from matchmaking.config import ROOT

FOLDER = ROOT / "static" / "vendor" / "icons"
_DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
_FRAME = Markup('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>')
"""How its lines are drawn is said once, in the style of `.icon`: a page may hold a hundred."""


@cache
def icon(name: str, css_class: str = "icon") -> Markup:
    """The icon of this name, as decoration: the words beside it say what it means."""
    drawing = _DRAWING.search((FOLDER / f"{name}.svg").read_text())
    if drawing is None:
        raise ValueError(f"{name}.svg holds no drawing")
    lines = "".join(line.strip() for line in drawing[1].splitlines())
    return _FRAME.format(css_class, Markup(lines))  # noqa: S704  (our own file)


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(icon=icon)
