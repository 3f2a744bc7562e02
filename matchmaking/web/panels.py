"""Places on a page that higher features fill: a lower feature's page never imports them.

A feature declares `@panel("my_page", order=20)` on a function that takes the page's subject
and returns its section, already rendered, or "" for none. The page asks `panels_of`.

Places and their subjects: `my_page`, `my_page_end` and `desk_delegate` (registration), `event_page` and `desk_overview` (event),
`users` (nothing: what else administrators do for people).
"""

from collections.abc import Callable
from typing import Any

from flask import Flask
from markupsafe import Markup

Renderer = Callable[[Any], str]
_panels: dict[str, dict[str, tuple[int, Renderer]]] = {}


def panel(place: str, *, order: int) -> Callable[[Renderer], Renderer]:
    """Declare a section of `place`; lower `order` stands higher on the page."""

    def declare(render: Renderer) -> Renderer:
        name = f"{render.__module__}.{render.__qualname__}"
        _panels.setdefault(place, {})[name] = (order, render)
        return render

    return declare


def panels_of(place: str, subject: Any) -> list[Markup]:
    """The sections that have something to say about `subject`, in order."""
    declared = sorted(_panels.get(place, {}).values(), key=lambda entry: entry[0])
    rendered = (render(subject) for _, render in declared)
    return [Markup(section) for section in rendered if section]  # noqa: S704  (rendered templates)


def init_app(app: Flask) -> None:
    app.jinja_env.globals.update(panels_of=panels_of)
