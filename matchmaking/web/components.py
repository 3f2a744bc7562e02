"""What the component macros need beyond Jinja."""

from typing import Any

from flask import Flask
from markupsafe import Markup, escape
from wtforms import Field, RadioField, SelectField, SelectMultipleField

from matchmaking.core.text import clean

_EMPTY_BY_NATURE = (RadioField, SelectMultipleField)


def attributes(values: dict[str, Any]) -> Markup:
    """Keywords as HTML attributes: `data_module` becomes data-module, False leaves it out."""
    drawn = [
        f" {escape(name)}" if value is True else f' {escape(name)}="{escape(value)}"'
        for name, value in ((name.replace("_", "-"), value) for name, value in values.items())
        if value is not None and value is not False
    ]
    return Markup("".join(drawn))  # noqa: S704  (each part is escaped)


def may_be_empty(control: Field) -> bool:
    """Whether a control can be sent with nothing in it, and says nothing at first.

    A list to choose from has to offer that.
    """
    if control.flags.required or control.default not in (None, ""):
        return False
    if isinstance(control, RadioField) and control.object_data not in (None, ""):
        return False
    if isinstance(control, SelectField) and not isinstance(control, _EMPTY_BY_NATURE):
        return any(choice.value == "" for choice in control.iter_choices())
    return True


def initial(full_name: str) -> str:
    """The first letter of the given name, which Vietnamese people write last."""
    words = clean(full_name).split()
    return words[-1][0].upper() if words else ""


def init_app(app: Flask) -> None:
    app.jinja_env.tests.update(may_be_empty=may_be_empty)
    app.jinja_env.filters.update(attributes=attributes, initial=initial)
