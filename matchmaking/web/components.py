"""What the component macros need beyond Jinja."""

from typing import Any

from flask import Flask
from markupsafe import Markup

from matchmaking.core.text import clean


def attributes(values: dict[str, Any]) -> Markup:
    """Keywords as HTML attributes: `data_module` becomes data-module, False leaves it out."""
    drawn = [
        Markup(" {}").format(name) if value is True else Markup(' {}="{}"').format(name, value)
        for name, value in ((name.replace("_", "-"), value) for name, value in values.items())
        if value is not None and value is not False
    ]
    return Markup("").join(drawn)


def initial(full_name: str) -> str:
    """The first letter of the given name, which Vietnamese people write last."""
    words = clean(full_name).split()
    return words[-1][0].upper() if words else ""


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(attributes=attributes, initial=initial)
